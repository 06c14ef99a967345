#include "instance/serveraccess.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Instance::ServerAccess;
using State = Instance::ServerAccess::State;

/// What the running application says of its server, on the line that its owner's programs read.
class TestServerAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesTheLine();
    void refusesOtherLines();
};

void TestServerAccess::survivesTheLine()
{
    const QList<ServerAccess> servers{
        {.state = State::Running, .url = QUrl(u"http://localhost:8080/mcp"_s), .accessKey = "bricktray_key"},
        {.state = State::Running, .url = QUrl(u"http://[::1]:8080/mcp"_s)},
        {.state = State::Failed, .message = u"Port 8080 is taken:\n\"someone\""_s},
        {.state = State::Starting},
        {},
    };
    for (const ServerAccess &server : servers) {
        const QString line = server.toLine();
        QVERIFY(!line.contains(u'\n'));
        const std::optional<ServerAccess> again = ServerAccess::fromLine(line);
        QVERIFY2(again, qPrintable(line));
        QCOMPARE(*again, server);
    }
}

void TestServerAccess::refusesOtherLines()
{
    const QStringList lines{
        {},
        u"Unknown request."_s,
        u"{}"_s,
        uR"({"state":"dreaming"})"_s,
        uR"({"state":"running"})"_s,
        uR"({"state":"running","url":"https://localhost:8080/mcp"})"_s,
        uR"({"state":"running","url":"http://localhost/mcp"})"_s,
        uR"({"state":"running","url":"http://:8080/mcp"})"_s,
    };
    for (const QString &line : lines)
        QVERIFY2(!ServerAccess::fromLine(line), qPrintable(line));
}

QTEST_GUILESS_MAIN(TestServerAccess)
#include "tst_serveraccess.moc"
