#include "shell/statustext.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestStatusText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineSaysThatItIsReady();
    void stoppedAndNotSetUp();
    void servingAndConnected();
    void failed();
};

void TestStatusText::aLineSaysThatItIsReady()
{
    Gui::ServerStatus server;
    server.url = QUrl(u"http://localhost:8080/mcp"_s);
    Gui::WorkspaceStatus workspace;
    const QString serving = u"Bricktray is serving http://localhost:8080/mcp (workspace: %1)"_s;
    QCOMPARE(readyLine(server, workspace), serving.arg("not set up"_L1));
    workspace.host = QUrl(u"https://adb-1.azuredatabricks.net"_s);
    QCOMPARE(readyLine(server, workspace), serving.arg("adb-1.azuredatabricks.net"_L1));
    workspace.sample = true;
    QCOMPARE(readyLine(server, workspace), serving.arg("sample workspace, invented data"_L1));
}

void TestStatusText::stoppedAndNotSetUp()
{
    QCOMPARE(statusText({}, {}), u"Bricktray stopped\nWorkspace: not set up"_s);
    QCOMPARE(statusText({}, {}, {u"The disk is full."_s}),
             u"Bricktray stopped\nWorkspace: not set up\nProblem: The disk is full."_s);
}

void TestStatusText::servingAndConnected()
{
    Gui::ServerStatus server;
    server.state = Gui::ServerStatus::State::Running;
    server.url = QUrl(u"http://localhost:8080/mcp"_s);
    Gui::WorkspaceStatus workspace;
    workspace.host = QUrl(u"https://adb-1.azuredatabricks.net"_s);
    workspace.user = u"maria@example.com"_s;
    QCOMPARE(statusText(server, workspace), u"Bricktray running: http://localhost:8080/mcp\n"
                                            "Workspace: adb-1.azuredatabricks.net as maria@example.com"_s);
}

void TestStatusText::failed()
{
    Gui::ServerStatus server;
    server.state = Gui::ServerStatus::State::Failed;
    server.message = u"Port 8080 is taken."_s;
    Gui::WorkspaceStatus workspace;
    workspace.sample = true;
    workspace.message = u"It does not answer."_s;
    QCOMPARE(statusText(server, workspace), u"Bricktray failed: Port 8080 is taken.\n"
                                            "Workspace: sample workspace, invented data\nIt does not answer."_s);
}

QTEST_GUILESS_MAIN(TestStatusText)
#include "tst_statustext.moc"
