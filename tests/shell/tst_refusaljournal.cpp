#include "calls/journal.h"
#include "shell/service/refusaljournal.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace {

Http::RequestHead headOf(const QByteArray &userAgent)
{
    Http::RequestHead head;
    head.headers = {{"User-Agent", userAgent}};
    return head;
}

Mcp::ToolRequest requestFor(const QString &tool, const QJsonObject &arguments)
{
    Mcp::ToolRequest request;
    request.tool = tool;
    request.arguments = arguments;
    return request;
}

const Http::Refusal WrongKey{.status = 401, .reason = u"The access key is not the right one."_s};

} // namespace

/// Who hammers the port fills neither the disk nor the journal.
class TestRefusalJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void manyLargeCallsTakeLittleRoom();
    void ofArgumentsTheNamesAreKept();
    void aReasonDoesNotTellASecret();
    void refusedRequestsLeaveRoomForRefusedCalls();
    void whatIsLeftOutIsCounted();
    void theRealCallsStay();

private:
    void refuse(const QJsonObject &arguments, const QString &reason = u"no"_s)
    {
        m_refusals->addCall(requestFor(u"execute_sql"_s, arguments), reason, nullptr);
    }
    qint64 bytesOnDisk() const
    {
        qint64 bytes = 0;
        QDirIterator files(m_dir->path(), QDir::Files);
        while (files.hasNext())
            bytes += QFileInfo(files.next()).size();
        return bytes;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Calls::CallLog> m_log;
    std::unique_ptr<RefusalJournal> m_refusals;
};

void TestRefusalJournal::init()
{
    m_refusals.reset();
    m_log.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_log = std::make_unique<Calls::CallLog>(std::make_unique<Calls::Journal>(m_dir->filePath(u"journal.sqlite"_s)));
    m_refusals = std::make_unique<RefusalJournal>(m_log.get());
}

void TestRefusalJournal::manyLargeCallsTakeLittleRoom()
{
    const QString large(250'000, u'x');
    QJsonObject many;
    for (int i = 0; i < 1000; ++i)
        many.insert(large.left(200) + QString::number(i), large.left(100));
    for (int i = 0; i < 200; ++i) {
        refuse({{u"statement"_s, large}}, large);
        refuse(many);
    }
    QVERIFY2(bytesOnDisk() < 1024 * 1024, qPrintable(QString::number(bytesOnDisk())));
    QCOMPARE(m_log->latest(1000).size(), RefusalRate::MostInAMinute);
}

void TestRefusalJournal::ofArgumentsTheNamesAreKept()
{
    refuse({{u"statement"_s, u"SELECT 'private'"_s}, {u"warehouse_id"_s, 7}});
    const Calls::Record record = m_log->latest(1).first();
    QCOMPARE(record.arguments.keys(), QStringList({u"statement"_s, u"warehouse_id"_s}));
    QVERIFY(!QJsonDocument(record.arguments).toJson().contains("private"));
    QCOMPARE(record.outcome, Calls::Outcome::Refused);
    QCOMPARE(record.message, u"no"_s);
}

void TestRefusalJournal::aReasonDoesNotTellASecret()
{
    m_refusals->addCall(requestFor(u"put_secret"_s, {{u"string_value"_s, u"correct horse"_s}}),
                        u"string_value must be a number, not correct horse"_s, nullptr);
    QVERIFY(!m_log->latest(1).first().message.contains(u"correct horse"_s));
}

void TestRefusalJournal::refusedRequestsLeaveRoomForRefusedCalls()
{
    for (int i = 0; i < 500; ++i)
        m_refusals->addRequest(headOf("scanner"), WrongKey);
    refuse({});
    QCOMPARE(m_log->latest(1).first().tool, u"execute_sql"_s);
    QCOMPARE(m_log->latest(1000).size(), RefusalRate::MostInAMinute + 1);
}

void TestRefusalJournal::whatIsLeftOutIsCounted()
{
    QList<int> told;
    RefusalRate rate([&told](int leftOut) { told << leftOut; });
    int taken = 0;
    for (int i = 0; i < RefusalRate::MostInAMinute + 123; ++i)
        taken += rate.take();
    QCOMPARE(taken, RefusalRate::MostInAMinute);
    QVERIFY(told.isEmpty());
    rate.tell();
    QCOMPARE(told, QList<int>{123});
    rate.tell();
    QCOMPARE(told.size(), 1);
}

void TestRefusalJournal::theRealCallsStay()
{
    // In as long as the journal keeps a row, at the fastest there can be, with the summaries of both kinds.
    const Calls::Retention retention;
    constexpr int SummariesInADay = 24 + RefusalRate::MostInADay / RefusalRate::MostInAMinute;
    const int rows = 2 * (RefusalRate::MostInADay + SummariesInADay) * retention.days;
    QVERIFY(rows < retention.calls * 2 / 3);
}

QTEST_GUILESS_MAIN(TestRefusalJournal)
#include "tst_refusaljournal.moc"
