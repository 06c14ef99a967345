#include "fixtures.h"

#include "http/accessrules.h"
#include "http/server.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Serves the fixtures of the MCP conformance suite, without an access key."_s);
    parser.addHelpOption();
    parser.addOption({u"port"_s, u"Where to listen; 0 for a free port."_s, u"port"_s, u"0"_s});
    parser.process(application);

    Mcp::Server mcp({.name = u"mcp_conformance_server"_s,
                     .title = u"Conformance fixtures"_s,
                     .version = u"1.0.0"_s,
                     .instructions = u"For tests."_s});
    mcp.setTools(Fixtures::contentTools() + Fixtures::inputTools() + Fixtures::eventTools(&mcp));
    mcp.setPrompts(Fixtures::prompts());
    mcp.setResources(Fixtures::resources());
    mcp.setLogging(true);

    QTimer changes;
    QObject::connect(&changes, &QTimer::timeout, &mcp, [&mcp] { mcp.announceResource(Fixtures::WatchedResource); });
    changes.start(3s);

    const Http::AccessRules rules{.path = u"/mcp"_s, .requiresKey = false};
    Http::Server http(
        Http::Limits(), [rules](Http::RequestHead &head) { return rules.check(head); },
        [&mcp](Http::ExchangePtr exchange) { mcp.handle(std::move(exchange)); });
    const QList<QHostAddress> loopback{QHostAddress(QHostAddress::LocalHost),
                                       QHostAddress(QHostAddress::LocalHostIPv6)};
    if (!http.listen(loopback, parser.value(u"port"_s).toUShort())) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(http.errorString()));
        return 1;
    }
    std::printf("Serving http://localhost:%d/mcp\n", http.port());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
