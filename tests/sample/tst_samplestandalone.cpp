#include "sample/workspaceclient.h"

#include <QProcess>

using namespace Qt::StringLiterals;

class tst_SampleStandalone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void servesUntilItIsEnded();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void tst_SampleStandalone::servesUntilItIsEnded()
{
    QProcess program;
    program.start(QStringLiteral(SAMPLE_WORKSPACE),
                  {u"--port"_s, u"0"_s, u"--token"_s, u"sesame"_s, u"--tempo"_s, u"100"_s});
    QTRY_VERIFY_WITH_TIMEOUT(program.canReadLine(), 8000);
    const QString line = QString::fromUtf8(program.readLine()).trimmed();
    const QString start = u"Sample workspace at "_s;
    QVERIFY2(line.startsWith(start + u"http://127.0.0.1:"_s), qPrintable(line));

    WorkspaceClient client(QUrl(line.mid(start.size())), "Bearer sesame");
    QCOMPARE(client.get(u"/api/2.1/clusters/list"_s).status, 200);
    const QUrlQuery which{{u"cluster_id"_s, u"0730-172948-runts698"_s}};
    const QJsonObject body{{u"cluster_id"_s, u"0730-172948-runts698"_s}};
    QCOMPARE(client.post(u"/api/2.1/clusters/start"_s, body).status, 200);
    QTRY_COMPARE(client.get(u"/api/2.1/clusters/get"_s, which).text("state"_L1), u"RUNNING"_s);

    program.terminate();
    QVERIFY(program.waitForFinished(5000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(program.readAllStandardError(), QByteArray());
}

void tst_SampleStandalone::saysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no token") << QStringList{u"--port"_s, u"0"_s};
    QTest::newRow("port") << QStringList{u"--token"_s, u"x"_s, u"--port"_s, u"70000"_s};
    QTest::newRow("tempo") << QStringList{u"--token"_s, u"x"_s, u"--tempo"_s, u"0"_s};
}

void tst_SampleStandalone::saysWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QProcess program;
    program.start(QStringLiteral(SAMPLE_WORKSPACE), arguments);
    QVERIFY(program.waitForFinished(8000));
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(program.readAllStandardError().startsWith("sample_workspace: --"));
    QCOMPARE(program.readAllStandardOutput(), QByteArray());
}

QTEST_GUILESS_MAIN(tst_SampleStandalone)
#include "tst_samplestandalone.moc"
