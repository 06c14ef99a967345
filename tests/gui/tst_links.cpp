#include "gui/widgets/links.h"

#include <QDesktopServices>
#include <QTest>

using namespace Qt::StringLiterals;

class TestLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyPagesOfTheWorkspaceOpen_data();
    void onlyPagesOfTheWorkspaceOpen();

public Q_SLOTS:
    void open(const QUrl &url) { m_opened << url; }

private:
    QList<QUrl> m_opened;
};

void TestLinks::onlyPagesOfTheWorkspaceOpen_data()
{
    QTest::addColumn<QUrl>("page");
    QTest::addColumn<QUrl>("workspace");
    QTest::addColumn<bool>("opens");
    const QUrl remote(u"https://adb-1.azuredatabricks.net"_s);
    const QUrl local(u"http://127.0.0.1:4444"_s);
    QTest::newRow("its own") << QUrl(u"https://adb-1.azuredatabricks.net/compute/clusters/1"_s) << remote << true;
    QTest::newRow("a loopback workspace's own") << QUrl(u"http://127.0.0.1:4444/jobs/1"_s) << local << true;
    QTest::newRow("loopback") << QUrl(u"http://localhost:8080/mcp"_s) << remote << false;
    QTest::newRow("loopback by number") << QUrl(u"https://127.0.0.1/"_s) << remote << false;
    QTest::newRow("another port of this machine") << QUrl(u"http://127.0.0.1:631/"_s) << local << false;
    QTest::newRow("elsewhere") << QUrl(u"https://example.com/"_s) << remote << false;
    QTest::newRow("a name before the host") << QUrl(u"https://x@adb-1.azuredatabricks.net/"_s) << remote << false;
    QTest::newRow("a file") << QUrl(u"file:///etc/passwd"_s) << remote << false;
    QTest::newRow("a file of no workspace") << QUrl(u"file:///etc/passwd"_s) << QUrl() << false;
}

void TestLinks::onlyPagesOfTheWorkspaceOpen()
{
    QFETCH(const QUrl, page);
    QFETCH(const QUrl, workspace);
    QFETCH(const bool, opens);
    m_opened.clear();
    for (const QString &scheme : {u"http"_s, u"https"_s, u"file"_s})
        QDesktopServices::setUrlHandler(scheme, this, "open");
    QCOMPARE(Gui::openPage(page, workspace), opens);
    for (const QString &scheme : {u"http"_s, u"https"_s, u"file"_s})
        QDesktopServices::unsetUrlHandler(scheme);
    QCOMPARE(m_opened, opens ? QList<QUrl>{page} : QList<QUrl>());
}

QTEST_MAIN(TestLinks)
#include "tst_links.moc"
