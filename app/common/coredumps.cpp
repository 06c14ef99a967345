#include "common/coredumps.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#include <sys/resource.h>
#endif

void forbidCoreDumps()
{
#ifdef Q_OS_LINUX
    // The limit is handed on to what is started from here; being dumpable is not.
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
