#include "common/secretvariable.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <cstdlib>
#include <cstring>
#endif

QByteArray takeSecretVariable(const char *name)
{
    const QByteArray value = qgetenv(name);
#ifdef Q_OS_UNIX
    // unsetenv() only forgets where it stands.
    if (char *place = std::getenv(name))
        std::memset(place, 0, std::strlen(place));
#endif
    qunsetenv(name);
    return value;
}
