#include "console.h"

#include <QTextStream>
#include <QtGlobal>

int say(FILE *stream, const QString &text, int exitCode)
{
    QTextStream(stream) << text << (text.endsWith(u'\n') ? "" : "\n");
    return exitCode;
}

bool hasDisplay()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}
