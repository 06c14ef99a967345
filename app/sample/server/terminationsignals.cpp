#include "sample/server/terminationsignals.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace Sample {

namespace {

int wakePipe[2] = {-1, -1};

// Nothing of Qt is safe in a signal handler; one byte to the event loop is.
extern "C" void wake(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(wakePipe[0], &byte, 1);
}

} // namespace

void quitOnTerminationSignals(QObject *parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, wakePipe) != 0)
        qFatal("No socket pair for signals could be made.");
    auto *notifier = new QSocketNotifier(wakePipe[1], QSocketNotifier::Read, parent);
    QObject::connect(notifier, &QSocketNotifier::activated, parent, [] { QCoreApplication::quit(); });
    struct sigaction action = {};
    action.sa_handler = wake;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
}

} // namespace Sample

#else

namespace Sample {

void quitOnTerminationSignals(QObject *)
{}

} // namespace Sample

#endif
