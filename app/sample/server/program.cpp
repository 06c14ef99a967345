#include "program.h"

#include "common/unixsignals.h"
#include "sample/server/sampleworkspace.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

#include <csignal>
#include <cstdio>
#include <thread>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

int refuse(const QString &why)
{
    QTextStream(stderr) << "sample_workspace: " << why << Qt::endl;
    return 2;
}

Tempo faster(double factor)
{
    const Tempo usual;
    const auto scaled = [&](std::chrono::milliseconds time) {
        return std::chrono::milliseconds(qRound64(double(time.count()) / factor));
    };
    return {scaled(usual.start), scaled(usual.terminate), scaled(usual.restart), scaled(usual.step)};
}

/// Ends with whoever holds the other end of stdin, also when that one was killed. A read that blocks works on every
/// platform, a notifier does not.
void quitWhenStdinCloses(QCoreApplication *app)
{
    std::thread([app] {
        QFile input;
        char byte = 0;
        if (input.open(0, QIODevice::ReadOnly | QIODevice::Unbuffered)) {
            while (input.read(&byte, 1) > 0) {}
        }
        QMetaObject::invokeMethod(app, &QCoreApplication::quit, Qt::QueuedConnection);
    }).detach();
    // Control-C in a terminal goes to both; the one at the other end decides.
    std::signal(SIGINT, SIG_IGN);
}

} // namespace

int runProgram(int argc, char **argv, std::unique_ptr<Controls> controls)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"sample_workspace"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"A small Databricks workspace on loopback, with invented data."_s);
    parser.addHelpOption();
    const QCommandLineOption portOption(u"port"_s, u"Listen on this port; 0 takes a free one."_s, u"N"_s, u"0"_s);
    const QCommandLineOption tokenOption(
        u"token"_s, u"The bearer token that clients must send; else SAMPLE_WORKSPACE_TOKEN."_s, u"T"_s);
    const QCommandLineOption tempoOption(u"tempo"_s, u"How many times faster than usual clusters change state."_s,
                                         u"FACTOR"_s, u"1"_s);
    const QCommandLineOption lifeOption(u"until-stdin-closes"_s, u"End when the other end of stdin is closed."_s);
    parser.addOptions({portOption, tokenOption, tempoOption, lifeOption});
    parser.process(app);

    bool isNumber = false;
    const quint16 port = parser.value(portOption).toUShort(&isNumber);
    if (!isNumber)
        return refuse(u"--port takes a number from 0 to 65535."_s);
    const double factor = parser.value(tempoOption).toDouble(&isNumber);
    if (!isNumber || !(factor >= 0.01 && factor <= 10000))
        return refuse(u"--tempo takes a number from 0.01 to 10000."_s);
    const QByteArray token =
        parser.isSet(tokenOption) ? parser.value(tokenOption).toUtf8() : qgetenv("SAMPLE_WORKSPACE_TOKEN");
    if (token.isEmpty())
        return refuse(u"--token is needed; any text will do, and clients must send it."_s);

    SampleWorkspace workspace(token, faster(factor), std::move(controls));
    if (!workspace.listen(port))
        return refuse(workspace.errorString());
    const UnixSignals signals;
    QObject::connect(&signals, &UnixSignals::terminationRequested, &app, &QCoreApplication::quit);
    if (parser.isSet(lifeOption))
        quitWhenStdinCloses(&app);
    QTextStream(stdout) << "Sample workspace at " << workspace.url().toString() << Qt::endl;
    return QCoreApplication::exec();
}

} // namespace Sample
