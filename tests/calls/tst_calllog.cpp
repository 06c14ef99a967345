#include "calls/calllog.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Calls::ApprovalAnswer;
using Calls::ApprovalRequest;
using Calls::Call;
using Calls::CallLog;
using Calls::Journal;
using Calls::Outcome;
using Calls::Record;
using Mcp::ToolResult;
using Answer = Calls::Approvals::Answer;

using Closing = void (*)(Calls::Call &);
using Ending = void (*)(Calls::CallLog &, Calls::Call &);

Q_DECLARE_METATYPE(Calls::Outcome)
Q_DECLARE_METATYPE(Closing)
Q_DECLARE_METATYPE(Ending)

namespace {

Mcp::ToolRequest request(const QString &tool = u"list_clusters"_s)
{
    return {tool, {{u"state"_s, u"RUNNING"_s}}, {u"cursor"_s, u"1.0"_s}, u"2025-11-25"_s};
}

const ApprovalAnswer once{true, Calls::Reach::ThisCall, {}};
const ApprovalAnswer onTarget{true, Calls::Reach::SameTarget, {}};
const ApprovalAnswer no{};
const Calls::Consequence uncounted{{u"Nobody knows."_s}, {}, Calls::RowCount{u"1"_s, u"Reporting"_s}};

struct Asked
{
    std::optional<Answer> answer;
    QString note;
    bool destroyed = false;
};

/// Proves that the frame of the one who asked is gone: nothing waits any more.
class Frame
{
public:
    explicit Frame(std::shared_ptr<Asked> asked)
        : m_asked(std::move(asked))
    {}
    ~Frame() { m_asked->destroyed = true; }
    Q_DISABLE_COPY_MOVE(Frame)

private:
    std::shared_ptr<Asked> m_asked;
};

ApprovalRequest requestFor(const Call &call, const QString &key = {})
{
    const Record &record = call.record();
    ApprovalRequest request;
    request.client = record.client;
    request.key = key;
    request.profile = record.profile;
    request.workspace = record.workspace;
    request.tool = record.tool;
    request.effects = Calls::Effect::Destroys;
    request.verb = record.tool;
    request.object = u"one"_s;
    return request;
}

QCoro::Task<> askAndNote(CallLog *log, std::shared_ptr<Call> call, std::stop_token stop, std::shared_ptr<Asked> asked,
                         ApprovalRequest request)
{
    const Frame frame(asked);
    const Calls::Approvals::Verdict verdict = co_await log->approvals().ask(call, request, stop);
    asked->answer = verdict.answer;
    asked->note = verdict.note;
}

std::shared_ptr<Asked> ask(CallLog *log, const std::shared_ptr<Call> &call, const std::stop_token &stop = {})
{
    auto asked = std::make_shared<Asked>();
    askAndNote(log, call, stop, asked, requestFor(*call));
    return asked;
}

} // namespace

class CallLogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsAndJournalsACall();
    void outcomes_data();
    void outcomes();
    void aCallIsClosedOnce();
    void droppedCallIsCancelled();
    void refusesWithoutOpening();
    void errorsFirstLineIsTheMessage();
    void longAnswersAreCut_data();
    void longAnswersAreCut();
    void answerBytesCountStructuredContent();
    void hugeArgumentsAreNotKept();
    void strangersWordsAreMadeHarmless();
    void keptSecretsAreNeverSeen();
    void progressIsThrottledAndTheLastWordShown();
    void progressAfterTheEndIsIgnored();
    void aCallGoesOnAfterItsAnswer();
    void theClientEndsNoAnsweredCall();
    void latestKnowsWhatStillRuns();
    void countsRunningCalls();

    void approved();
    void denied();
    void notAnsweredInTime();
    void stopped();
    void stoppedBeforeItWasAsked();
    void cancelledWhileWaiting();
    void answeredAtOnceByWhoHearsOfIt();
    void answerForSomeOtherCall();
    void secondQuestionIsNotEndedByTheFirstOnesTimer();
    void lateApprovalLetsTheRepeatedCallThroughOnce();
    void lateDenialEndsTheQuestion();
    void lateApprovalIsNotForEver();
    void repeatedCallReplacesTheMissedOne();
    void whatWasStoppedCanNotBeApprovedLate();
    void questionsPileUpOnlySoFar();
    void approvedForAWhile();
    void aClientThatNobodyAnswersHasToWait();
    void anotherNameIsNoOtherClient();
    void takingBackDeniesWhatWaitsAndEndsEveryGrant();
    void takingBackAKeysYesLeavesTheOthers();
    void whatCouldNotBeShownWholeCannotBeApproved();
    void aDenialCarriesItsNote();
    void cardsAreToldAsTheyChange();
    void rowsAreCountedOnce();
    void aCountEndsWithItsCard_data();
    void aCountEndsWithItsCard();
    void aCountOutlivesTheClientsPatience();
    void eitherSideStopsACall();
    void whoIsStoppedMayEndTheCallAtOnce();
    void progressIsAPartOfOne();
    void closedCallIsNotAskedAbout();

    void logGoesFirst();
    void logGoesWhileAsked();
    void prunesWhenItOpens();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    std::unique_ptr<CallLog> m_log;
    std::unique_ptr<QSignalSpy> m_opened;
    std::unique_ptr<QSignalSpy> m_changed;
    std::unique_ptr<QSignalSpy> m_running;

    std::shared_ptr<Call> open(const QString &tool = u"list_clusters"_s)
    {
        return m_log->open(request(tool), u"work"_s, u"adb-1.net"_s);
    }
    /// The log from its start, with so much time for a person.
    void begin(Calls::ApprovalTimes times = {});
    /// A call that nobody has answered in time, in a log that does not give much.
    std::shared_ptr<Call> missed(Calls::ApprovalTimes times = {.answer = 10ms});
    Record changed(int i) const { return m_changed->at(i).constFirst().value<Record>(); }
    Record lastChanged() const { return changed(int(m_changed->size()) - 1); }
    /// What a new start would find.
    QList<Record> onDisk() const { return Journal(copied()).latest(100); }
    QString copied() const
    {
        static int n = 0;
        const QString target = m_folder->filePath(u"copy%1.sqlite"_s.arg(++n));
        QFile::copy(m_file, target);
        QFile::copy(m_file + u"-wal"_s, target + u"-wal"_s);
        return target;
    }
};

void CallLogTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"journal.sqlite"_s);
    begin();
}

void CallLogTest::begin(Calls::ApprovalTimes times)
{
    m_log.reset();
    m_log = std::make_unique<CallLog>(std::make_unique<Journal>(m_file), times);
    m_opened = std::make_unique<QSignalSpy>(m_log.get(), &CallLog::opened);
    m_changed = std::make_unique<QSignalSpy>(m_log.get(), &CallLog::changed);
    m_running = std::make_unique<QSignalSpy>(m_log.get(), &CallLog::runningChanged);
}

void CallLogTest::cleanup()
{
    m_log.reset();
}

std::shared_ptr<Call> CallLogTest::missed(Calls::ApprovalTimes times)
{
    begin(times);
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    [&asked] { QTRY_COMPARE(asked->answer, Answer::NoAnswer); }();
    call->refuse(u"Nobody answered."_s);
    return call;
}

void CallLogTest::tellsAndJournalsACall()
{
    QCOMPARE(m_log->journalProblem(), QString());
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const std::shared_ptr<Call> call = open();
    QCOMPARE(m_opened->size(), 1);
    QCOMPARE(m_changed->size(), 0);
    const Record opened = m_opened->at(0).constFirst().value<Record>();
    QCOMPARE(opened.id, call->id());
    QVERIFY(opened.id > 0);
    QVERIFY(opened.started >= before.addMSecs(-1) && opened.started <= QDateTime::currentDateTimeUtc());
    QCOMPARE(opened.client, u"cursor 1.0"_s);
    QCOMPARE(opened.profile, u"work"_s);
    QCOMPARE(opened.workspace, u"adb-1.net"_s);
    QCOMPARE(opened.tool, u"list_clusters"_s);
    QCOMPARE(opened.arguments, request().arguments);
    QCOMPARE(opened.outcome, Outcome::Running);
    // In the journal before anything happens.
    QCOMPARE(onDisk().size(), 1);

    call->setTarget(u"cluster 1"_s);
    QCOMPARE(lastChanged().target, u"cluster 1"_s);
    Rest::Exchange exchange;
    exchange.method = u"GET"_s;
    exchange.path = u"/api/2.1/clusters/list"_s;
    call->addExchange(exchange);
    QCOMPARE(lastChanged().exchanges.size(), 1);
    QCOMPARE(changed(0).exchanges.size(), 0);
    call->finish(ToolResult(u"2 clusters"_s));

    const Record done = lastChanged();
    QCOMPARE(done.id, call->id());
    QCOMPARE(done.outcome, Outcome::Succeeded);
    QCOMPARE(done.answer, u"2 clusters"_s);
    QCOMPARE(done.message, QString());
    QCOMPARE(done.target, u"cluster 1"_s);
    const QList<Record> kept = onDisk();
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.constFirst().outcome, Outcome::Succeeded);
    QCOMPARE(kept.constFirst().exchanges.size(), 1);
    QCOMPARE(kept.constFirst().answerBytes, done.answerBytes);
    QCOMPARE(kept.constFirst().durationMs, done.durationMs);
}

void CallLogTest::outcomes_data()
{
    QTest::addColumn<Closing>("close");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("message");

    QTest::newRow("succeeded") << Closing([](Call &call) { call.finish(ToolResult(u"fine"_s)); }) << Outcome::Succeeded
                               << QString();
    QTest::newRow("failed") << Closing([](Call &call) { call.finish(ToolResult::error(u"no such cluster"_s)); })
                            << Outcome::Failed << u"no such cluster"_s;
    QTest::newRow("refused") << Closing([](Call &call) { call.refuse(u"read-only"_s); }) << Outcome::Refused
                             << u"read-only"_s;
    QTest::newRow("cancelled") << Closing([](Call &call) { call.cancel(); }) << Outcome::Cancelled
                               << u"Cancelled before it had an answer"_s;
}

void CallLogTest::outcomes()
{
    QFETCH(Closing, close);
    QFETCH(Outcome, outcome);
    QFETCH(QString, message);
    const std::shared_ptr<Call> call = open();
    call->setProgress(u"working"_s);
    close(*call);
    QCOMPARE(lastChanged().outcome, outcome);
    QCOMPARE(lastChanged().message, message);
    QCOMPARE(call->record().outcome, outcome);
    QCOMPARE(onDisk().constFirst().outcome, outcome);
    QCOMPARE(onDisk().constFirst().message, message);
}

void CallLogTest::aCallIsClosedOnce()
{
    std::shared_ptr<Call> call = open();
    call->finish(ToolResult(u"fine"_s));
    const qsizetype told = m_changed->size();
    call->cancel();
    call->refuse(u"no"_s);
    call->finish(ToolResult::error(u"no"_s));
    call->setTarget(u"x"_s);
    call->addExchange({});
    call.reset();
    QCOMPARE(m_changed->size(), told);
    QCOMPARE(onDisk().constFirst().outcome, Outcome::Succeeded);
}

void CallLogTest::droppedCallIsCancelled()
{
    std::shared_ptr<Call> call = open();
    call.reset();
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(lastChanged().outcome, Outcome::Cancelled);
    QVERIFY(!lastChanged().message.isEmpty());
    QCOMPARE(m_log->running(), 0);
    QCOMPARE(onDisk().constFirst().outcome, Outcome::Cancelled);
    QVERIFY(onDisk().constFirst().message != u"Bricktray stopped before this call ended"_s);
}

void CallLogTest::refusesWithoutOpening()
{
    m_log->refuse(request(u"no_such_tool"_s), u"work"_s, u"adb-1.net"_s, u"There is no such tool."_s);
    QCOMPARE(m_opened->size(), 1);
    QCOMPARE(m_changed->size(), 0);
    QCOMPARE(m_running->size(), 0);
    const Record refused = m_opened->at(0).constFirst().value<Record>();
    QCOMPARE(refused.outcome, Outcome::Refused);
    QCOMPARE(refused.message, u"There is no such tool."_s);
    QCOMPARE(onDisk().constFirst().outcome, Outcome::Refused);
    QCOMPARE(onDisk().constFirst().tool, u"no_such_tool"_s);
}

void CallLogTest::errorsFirstLineIsTheMessage()
{
    open()->finish(ToolResult::error(u"\nfirst line\nsecond line"_s));
    QCOMPARE(lastChanged().message, u"first line"_s);
    QCOMPARE(lastChanged().answer, u"\nfirst line\nsecond line"_s);
    open()->finish(ToolResult::error(u"word "_s.repeated(1000)));
    QCOMPARE(lastChanged().message.size(), 500);
    QVERIFY(lastChanged().message.startsWith("word word"_L1));
}

void CallLogTest::longAnswersAreCut_data()
{
    QTest::addColumn<QString>("unit");
    QTest::newRow("one byte") << u"x"_s;
    QTest::newRow("two bytes") << u"ä"_s;
    QTest::newRow("three bytes") << u"€"_s;
    QTest::newRow("four bytes") << u"🎉"_s;
}

void CallLogTest::longAnswersAreCut()
{
    QFETCH(QString, unit);
    const qsizetype limit = 64 * 1024;
    for (int shift = 0; shift < 4; ++shift) {
        const QString text = u"-"_s.repeated(shift) + unit.repeated(limit + 1);
        open()->finish(ToolResult(text));
        const QString answer = lastChanged().answer;
        QVERIFY(answer.toUtf8().size() <= limit);
        QVERIFY(answer.toUtf8().size() > limit - 4);
        const qsizetype note = answer.lastIndexOf(u'\n');
        QVERIFY(note > 0);
        QVERIFY(answer.mid(note).contains(u"%1 KiB"_s.arg(text.toUtf8().size() / 1024)));
        QVERIFY(text.startsWith(answer.left(note)));
        QVERIFY(answer.isValidUtf16());
    }
    const QString fits = u"x"_s.repeated(limit);
    open()->finish(ToolResult(fits));
    QCOMPARE(lastChanged().answer, fits);
}

void CallLogTest::answerBytesCountStructuredContent()
{
    const QJsonObject facts{{u"clusters"_s, QJsonArray{u"ä"_s, u"b"_s}}};
    const ToolResult result(u"2 clusters"_s, facts);
    open()->finish(result);
    const qint64 content = QJsonDocument(result.content()).toJson(QJsonDocument::Compact).size();
    QCOMPARE(lastChanged().answerBytes, content + qint64(sizeof(R"({"clusters":["ä","b"]})") - 1));
    open()->finish(ToolResult(u"2 clusters"_s));
    QCOMPARE(lastChanged().answerBytes, content);
}

void CallLogTest::hugeArgumentsAreNotKept()
{
    Mcp::ToolRequest upload = request();
    upload.arguments = {{u"path"_s, u"/x"_s}, {u"content"_s, u"y"_s.repeated(3'000'000)}};
    const std::shared_ptr<Call> call = m_log->open(upload, {}, {});
    QCOMPARE(call->record().arguments.value(u"path"_s), QJsonValue(u"/x"_s));
    QVERIFY(call->record().arguments.value(u"content"_s).toString().contains("3000014 bytes"_L1));

    for (int i = 0; i < 3'000; ++i)
        upload.arguments.insert(QString::number(i), u"0123456789"_s.repeated(10));
    const std::shared_ptr<Call> second = m_log->open(upload, {}, {});
    QCOMPARE(second->record().arguments.size(), 1);
}

void CallLogTest::strangersWordsAreMadeHarmless()
{
    const QString token = u"dapi"_s + u"0123456789abcdef"_s.repeated(2);
    Mcp::ToolRequest hostile = request(u"a\ntool "_s + token);
    hostile.client = {u"\u202eevil\u0007 "_s + token + u'x', u"v\u20661"_s + u"9"_s.repeated(500)};
    const std::shared_ptr<Call> call = m_log->open(hostile, {}, {});
    QVERIFY2(call->record().client.startsWith(u"evil •••"_s), qPrintable(call->record().client));
    QVERIFY(!call->record().client.contains(token));
    QVERIFY(!call->record().client.contains(u'\u202e') && !call->record().client.contains(u'\u2066'));
    QCOMPARE(call->record().client.size(), 120);
    QCOMPARE(call->record().tool, u"a tool •••"_s);
    call->finish(ToolResult(u"see "_s + token));
    QCOMPARE(lastChanged().answer, u"see •••"_s);
}

void CallLogTest::keptSecretsAreNeverSeen()
{
    const QString secret = u"a-token-of-another-shape"_s;
    m_log->keepSecret(secret);
    Mcp::ToolRequest asked = request(u"call_api"_s);
    asked.arguments = {{u"path"_s, QString(u"/api/2.0/x/"_s + secret)}, {secret, QJsonArray{secret}}};
    const auto call = m_log->open(asked, u"work"_s, u"adb-1.net"_s);
    Rest::Exchange exchange;
    exchange.path = u"/api/2.0/x/"_s + secret;
    exchange.error = secret;
    call->addExchange(exchange);
    call->setTarget(secret);
    call->setProgress(secret);
    call->finish(Mcp::ToolResult::error(u"No "_s + secret));
    m_log->refuse(asked, {}, {}, secret);

    for (const QString &name : {m_file, QString(m_file + u"-wal"_s)}) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(secret.toLatin1()));
    }
    for (const QSignalSpy *spy : {m_opened.get(), m_changed.get()}) {
        for (const QList<QVariant> &told : *spy) {
            const Record record = told.constFirst().value<Record>();
            const QString words = QString::fromUtf8(QJsonDocument(record.arguments).toJson()) + record.message +
                                  record.target + record.answer;
            QVERIFY2(!words.contains(secret), qPrintable(words));
        }
    }
}

void CallLogTest::progressIsThrottledAndTheLastWordShown()
{
    const std::shared_ptr<Call> call = open();
    QElapsedTimer timer;
    timer.start();
    int said = 0;
    while (timer.elapsed() < 550) {
        call->setProgress(u"step %1"_s.arg(++said));
        QCoreApplication::processEvents();
    }
    const auto allowed = timer.elapsed() / 100 + 2;
    QVERIFY(said > 20);
    QVERIFY2(m_changed->size() <= allowed, qPrintable(QString::number(m_changed->size())));
    QVERIFY(m_changed->size() >= 3);
    QCOMPARE(changed(0).message, u"step 1"_s);
    QTRY_COMPARE(lastChanged().message, u"step %1"_s.arg(said));
    QCOMPARE(call->record().message, u"step %1"_s.arg(said));
}

void CallLogTest::aCallGoesOnAfterItsAnswer()
{
    const std::shared_ptr<Call> call = open();
    call->goOn();
    call->answered(ToolResult(u"it goes on"_s));
    QCOMPARE(lastChanged().outcome, Outcome::Running);
    QCOMPARE(lastChanged().answer, u"it goes on"_s);
    QCOMPARE(m_log->running(), 1);
    call->finish(ToolResult(u"Wrote 3 rows\nand more"_s));
    QCOMPARE(lastChanged().outcome, Outcome::Succeeded);
    QCOMPARE(lastChanged().message, u"Wrote 3 rows"_s);
    QCOMPARE(lastChanged().answer, u"it goes on"_s);
    QCOMPARE(onDisk().constFirst().message, u"Wrote 3 rows"_s);
    QCOMPARE(m_log->running(), 0);
}

void CallLogTest::theClientEndsNoAnsweredCall()
{
    std::stop_source client;
    const std::shared_ptr<Call> call = m_log->open({}, {}, {}, {}, client.get_token());
    call->goOn();
    client.request_stop();
    QVERIFY(!call->stopToken().stop_requested());
    m_log->stopAll();
    QVERIFY(call->stopToken().stop_requested());
    call->cancel();
    QCOMPARE(lastChanged().message, u"Bricktray stopped before this call ended"_s);
}

void CallLogTest::progressAfterTheEndIsIgnored()
{
    const std::shared_ptr<Call> call = open();
    call->setProgress(u"one"_s);
    call->setProgress(u"two"_s);
    call->finish(ToolResult(u"fine"_s));
    call->setProgress(u"three"_s);
    const qsizetype told = m_changed->size();
    QVERIFY(!m_changed->wait(250));
    QCOMPARE(m_changed->size(), told);
    QCOMPARE(lastChanged().outcome, Outcome::Succeeded);
}

void CallLogTest::latestKnowsWhatStillRuns()
{
    open(u"first"_s)->finish(ToolResult(u"fine"_s));
    const std::shared_ptr<Call> call = open(u"second"_s);
    call->setTarget(u"cluster 1"_s);
    call->addExchange({});
    const QList<Record> records = m_log->latest(10);
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.at(0).tool, u"second"_s);
    QCOMPARE(records.at(0).outcome, Outcome::Running);
    QCOMPARE(records.at(0).target, u"cluster 1"_s);
    QCOMPARE(records.at(0).exchanges.size(), 1);
    QCOMPARE(records.at(1).tool, u"first"_s);
    QCOMPARE(m_log->latest(10, records.at(0).id).size(), 1);
}

void CallLogTest::countsRunningCalls()
{
    const std::shared_ptr<Call> one = open();
    std::shared_ptr<Call> two = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), one);
    QCOMPARE(m_log->running(), 2);
    two.reset();
    one->finish(ToolResult(u"fine"_s));
    QCOMPARE(m_log->running(), 0);
    QList<int> counts;
    for (const QVariantList &arguments : *m_running)
        counts.append(arguments.constFirst().toInt());
    QCOMPARE(counts, QList<int>({1, 2, 1, 0}));
}

void CallLogTest::approved()
{
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    QCOMPARE(lastChanged().outcome, Outcome::Waiting);
    QCOMPARE(onDisk().size(), 1);
    QVERIFY(!asked->answer);
    m_log->approvals().answer(call->id(), once);
    QCOMPARE(asked->answer, Answer::Approved);
    QVERIFY(asked->destroyed);
    QCOMPARE(lastChanged().outcome, Outcome::Running);
    call->finish(ToolResult(u"fine"_s));
    QCOMPARE(lastChanged().outcome, Outcome::Succeeded);
}

void CallLogTest::denied()
{
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    m_log->approvals().answer(call->id(), no);
    QCOMPARE(asked->answer, Answer::Denied);
    m_log->approvals().answer(call->id(), once);
    QCOMPARE(asked->answer, Answer::Denied);
    QCOMPARE(call->record().outcome, Outcome::Waiting);
    call->refuse(u"The person denied this call."_s);
    QCOMPARE(lastChanged().outcome, Outcome::Refused);
}

void CallLogTest::notAnsweredInTime()
{
    begin({.answer = 30ms});
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    QVERIFY(!asked->answer);
    QTRY_COMPARE(asked->answer, Answer::NoAnswer);
    QVERIFY(asked->destroyed);
    QCOMPARE(call->record().outcome, Outcome::Waiting);
}

void CallLogTest::stopped()
{
    std::stop_source stop;
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call, stop.get_token());
    stop.request_stop();
    // Not inside the one who stops.
    QVERIFY(!asked->answer);
    QTRY_COMPARE(asked->answer, Answer::NoAnswer);
    QVERIFY(asked->destroyed);
}

void CallLogTest::stoppedBeforeItWasAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call, stop.get_token());
    QCOMPARE(asked->answer, Answer::NoAnswer);
    QCOMPARE(m_changed->size(), 0);
}

void CallLogTest::cancelledWhileWaiting()
{
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    call->cancel();
    QCOMPARE(asked->answer, Answer::NoAnswer);
    QCOMPARE(lastChanged().outcome, Outcome::Cancelled);
}

void CallLogTest::answeredAtOnceByWhoHearsOfIt()
{
    connect(m_log.get(), &CallLog::changed, this, [this](const Record &record) {
        if (record.outcome == Outcome::Waiting)
            m_log->approvals().answer(record.id, once);
    });
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    QCOMPARE(asked->answer, Answer::Approved);
    QCOMPARE(call->record().outcome, Outcome::Running);
}

void CallLogTest::answerForSomeOtherCall()
{
    const std::shared_ptr<Call> one = open();
    const std::shared_ptr<Call> two = open();
    const std::shared_ptr<Asked> first = ask(m_log.get(), one);
    const std::shared_ptr<Asked> second = ask(m_log.get(), two);
    m_log->approvals().answer(12345, once);
    QVERIFY(!first->answer && !second->answer);
    m_log->approvals().answer(two->id(), once);
    QVERIFY(!first->answer);
    QCOMPARE(second->answer, Answer::Approved);
    m_log->approvals().answer(one->id(), no);
    QCOMPARE(first->answer, Answer::Denied);
}

void CallLogTest::secondQuestionIsNotEndedByTheFirstOnesTimer()
{
    begin({.answer = 1s});
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> first = ask(m_log.get(), call);
    m_log->approvals().answer(call->id(), once);
    QCOMPARE(first->answer, Answer::Approved);
    QTest::qWait(600);
    const std::shared_ptr<Asked> second = ask(m_log.get(), call);
    QTest::qWait(600);
    QVERIFY(!second->answer);
    m_log->approvals().answer(call->id(), once);
    QCOMPARE(second->answer, Answer::Approved);
}

void CallLogTest::lateApprovalLetsTheRepeatedCallThroughOnce()
{
    const std::shared_ptr<Call> call = missed();
    QCOMPARE(lastChanged().outcome, Outcome::Refused);
    QVERIFY(lastChanged().canApproveLate);
    QVERIFY(m_log->latest(1).constFirst().canApproveLate);
    m_log->approvals().answer(call->id(), once);
    QVERIFY(!lastChanged().canApproveLate);
    QCOMPARE(lastChanged().id, call->id());
    QCOMPARE(lastChanged().outcome, Outcome::Refused);
    QVERIFY(onDisk().constFirst().message.contains("approved later"_L1));

    const std::shared_ptr<Call> other = open(u"stop_cluster"_s);
    QVERIFY(!ask(m_log.get(), other)->answer);
    const std::shared_ptr<Call> repeated = open();
    QCOMPARE(ask(m_log.get(), repeated)->answer, Answer::Approved);
    QCOMPARE(repeated->record().outcome, Outcome::Running);
    const std::shared_ptr<Call> again = open();
    QVERIFY(!ask(m_log.get(), again)->answer);
    QCOMPARE(again->record().outcome, Outcome::Waiting);
}

void CallLogTest::lateDenialEndsTheQuestion()
{
    const std::shared_ptr<Call> call = missed();
    m_log->approvals().answer(call->id(), no);
    QVERIFY(!lastChanged().canApproveLate);
    QVERIFY(onDisk().constFirst().message.contains("denied later"_L1));
    const qsizetype told = m_changed->size();
    m_log->approvals().answer(call->id(), once);
    QCOMPARE(m_changed->size(), told);
    QVERIFY(!ask(m_log.get(), open())->answer);
}

void CallLogTest::lateApprovalIsNotForEver()
{
    const std::shared_ptr<Call> call = missed({.answer = 10ms, .late = 20ms});
    QVERIFY(lastChanged().canApproveLate);
    QTRY_VERIFY(!lastChanged().canApproveLate);
    QCOMPARE(lastChanged().id, call->id());
}

void CallLogTest::repeatedCallReplacesTheMissedOne()
{
    const std::shared_ptr<Call> call = missed();
    const std::shared_ptr<Call> repeated = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), repeated);
    QVERIFY(!m_log->latest(2).at(1).canApproveLate);
    QCOMPARE(repeated->record().outcome, Outcome::Waiting);
    m_log->approvals().answer(repeated->id(), once);
    QCOMPARE(asked->answer, Answer::Approved);
}

void CallLogTest::whatWasStoppedCanNotBeApprovedLate()
{
    std::stop_source stop;
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call, stop.get_token());
    stop.request_stop();
    QTRY_COMPARE(asked->answer, Answer::NoAnswer);
    call->cancel();
    QVERIFY(!lastChanged().canApproveLate);
}

void CallLogTest::questionsPileUpOnlySoFar()
{
    begin({.answer = 0ms, .quiet = 0ms});
    QSet<qint64> late;
    connect(m_log.get(), &CallLog::changed, this, [&late](const Record &record) {
        if (record.canApproveLate)
            late.insert(record.id);
        else
            late.remove(record.id);
    });
    qint64 newest = 0;
    for (int i = 0; i < 60; ++i) {
        const std::shared_ptr<Call> call = open(u"tool%1"_s.arg(i));
        const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
        QTRY_COMPARE(asked->answer, Answer::NoAnswer);
        call->refuse(u"Nobody answered."_s);
        newest = call->id();
    }
    QCOMPARE(late.size(), 50);
    QVERIFY(late.contains(newest));
}

void CallLogTest::approvedForAWhile()
{
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    m_log->approvals().answer(call->id(), onTarget);
    QCOMPARE(asked->answer, Answer::Approved);
    for (int i = 0; i < 3; ++i) {
        const std::shared_ptr<Call> next = open();
        QCOMPARE(ask(m_log.get(), next)->answer, Answer::Approved);
    }
    QVERIFY(!ask(m_log.get(), open(u"stop_cluster"_s))->answer);
    const std::shared_ptr<Call> elsewhere = m_log->open(request(), u"work"_s, u"adb-2.net"_s);
    QVERIFY(!ask(m_log.get(), elsewhere)->answer);
}

void CallLogTest::aClientThatNobodyAnswersHasToWait()
{
    begin({.answer = 10s, .quiet = 300ms});
    const std::shared_ptr<Call> first = open(u"one"_s);
    const std::shared_ptr<Call> second = open(u"two"_s);
    const std::shared_ptr<Asked> one = ask(m_log.get(), first);
    const std::shared_ptr<Asked> two = ask(m_log.get(), second);
    QVERIFY(!one->answer && !two->answer);
    QCOMPARE(ask(m_log.get(), open(u"three"_s))->answer, Answer::TooMany);
    QCOMPARE(m_log->approvals().requests().size(), 2);
    // Not another client's fault.
    Mcp::ToolRequest stranger = request(u"four"_s);
    stranger.client.name = u"other"_s;
    QVERIFY(!ask(m_log.get(), m_log->open(stranger, u"work"_s, u"adb-1.net"_s))->answer);
    // One a while, and as soon as somebody answers.
    QVERIFY(QTest::qWaitFor([this] { return !ask(m_log.get(), open(u"five"_s))->answer; }));
    QCOMPARE(ask(m_log.get(), open(u"six"_s))->answer, Answer::TooMany);
    m_log->approvals().answer(first->id(), no);
    QVERIFY(!ask(m_log.get(), open(u"seven"_s))->answer);
}

void CallLogTest::anotherNameIsNoOtherClient()
{
    begin({.answer = 10s, .quiet = 10s});
    QList<std::shared_ptr<Call>> calls;
    const auto asked = [this, &calls](const QString &name, const QString &key) {
        Mcp::ToolRequest call = request(u"stop_cluster"_s);
        call.client.name = name;
        calls << m_log->open(call, u"work"_s, u"adb-1.net"_s);
        const auto answered = std::make_shared<Asked>();
        askAndNote(m_log.get(), calls.last(), {}, answered, requestFor(*calls.last(), key));
        return answered->answer;
    };
    QVERIFY(!asked(u"one"_s, u"laptop"_s));
    QVERIFY(!asked(u"two"_s, u"laptop"_s));
    QCOMPARE(asked(u"three"_s, u"laptop"_s), Answer::TooMany);
    QVERIFY(!asked(u"three"_s, u"desktop"_s));
}

void CallLogTest::takingBackDeniesWhatWaitsAndEndsEveryGrant()
{
    QSignalSpy grants(&m_log->approvals(), &Calls::Approvals::grantsChanged);
    const std::shared_ptr<Call> granted = open();
    const std::shared_ptr<Asked> first = ask(m_log.get(), granted);
    m_log->approvals().answer(granted->id(), onTarget);
    QCOMPARE(first->answer, Answer::Approved);
    QCOMPARE(m_log->approvals().grants().size(), 1);
    const std::shared_ptr<Call> waiting = open(u"stop_cluster"_s);
    const std::shared_ptr<Asked> asked = ask(m_log.get(), waiting);

    m_log->approvals().takeBack();
    QCOMPARE(asked->answer, Answer::Denied);
    QVERIFY(m_log->approvals().grants().isEmpty());
    QVERIFY(grants.constLast().constFirst().value<QList<Calls::Grant>>().isEmpty());
    QVERIFY(m_log->approvals().requests().isEmpty());
    QVERIFY(!ask(m_log.get(), open())->answer);
}

void CallLogTest::takingBackAKeysYesLeavesTheOthers()
{
    begin({.answer = 200ms});
    const auto askBy = [this](const QString &key, const QString &tool) {
        const std::shared_ptr<Call> call = open(tool);
        const auto asked = std::make_shared<Asked>();
        askAndNote(m_log.get(), call, {}, asked, requestFor(*call, key));
        return std::pair(call, asked);
    };
    QHash<QString, std::shared_ptr<Asked>> waiting;
    for (const QString &key : {u"laptop"_s, u"desk"_s}) {
        const auto [granted, answered] = askBy(key, u"grant "_s + key);
        m_log->approvals().answer(granted->id(), onTarget);
        QCOMPARE(answered->answer, Answer::Approved);
        const auto [missed, unanswered] = askBy(key, u"miss "_s + key);
        QTRY_COMPARE(unanswered->answer, Answer::NoAnswer);
        missed->refuse(u"Nobody answered."_s);
    }
    for (const QString &key : {u"laptop"_s, u"desk"_s})
        waiting.insert(key, askBy(key, u"wait "_s + key).second);
    QCOMPARE(m_log->approvals().requests().size(), 4);

    m_log->approvals().takeBackOf(u"laptop"_s);
    QCOMPARE(waiting.value(u"laptop"_s)->answer, Answer::Denied);
    QVERIFY(!waiting.value(u"desk"_s)->answer);
    QCOMPARE(m_log->approvals().grants().size(), 1);
    QCOMPARE(m_log->approvals().grants().constFirst().verb, u"grant desk"_s);
    const QList<ApprovalRequest> left = m_log->approvals().requests();
    QCOMPARE(left.size(), 2);
    QVERIFY(std::ranges::all_of(left, [](const ApprovalRequest &request) { return request.key == "desk"_L1; }));
    QCOMPARE(askBy(u"desk"_s, u"grant desk"_s).second->answer, Answer::Approved);
    QVERIFY(!askBy(u"laptop"_s, u"grant laptop"_s).second->answer);
}

void CallLogTest::whatCouldNotBeShownWholeCannotBeApproved()
{
    const std::shared_ptr<Call> call = open();
    ApprovalRequest request = requestFor(*call);
    request.isTooLarge = true;
    const auto asked = std::make_shared<Asked>();
    askAndNote(m_log.get(), call, {}, asked, request);
    m_log->approvals().answer(call->id(), once);
    m_log->approvals().answer(call->id(), onTarget);
    QVERIFY(!asked->answer);
    m_log->approvals().answer(call->id(), no);
    QCOMPARE(asked->answer, Answer::Denied);
}

void CallLogTest::aDenialCarriesItsNote()
{
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    m_log->approvals().answer(call->id(), {false, Calls::Reach::ThisCall, u"use staging instead"_s});
    QCOMPARE(asked->answer, Answer::Denied);
    QCOMPARE(asked->note, u"use staging instead"_s);
}

void CallLogTest::cardsAreToldAsTheyChange()
{
    begin({.answer = 200ms});
    QSignalSpy requested(&m_log->approvals(), &Calls::Approvals::requested);
    QSignalSpy settled(&m_log->approvals(), &Calls::Approvals::settled);
    const auto last = [&requested] { return requested.constLast().constFirst().value<ApprovalRequest>(); };
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(last().callId, call->id());
    QVERIFY(!last().isConsequenceKnown);
    m_log->approvals().explain(call->id(), {{u"Deletes 5 rows."_s}, {}});
    QVERIFY(last().isConsequenceKnown);
    QCOMPARE(last().consequence.facts, QStringList{u"Deletes 5 rows."_s});
    QTRY_COMPARE(asked->answer, Answer::NoAnswer);
    call->refuse(u"Nobody answered."_s);
    QVERIFY(last().isLate);
    QCOMPARE(last().consequence.facts, QStringList{u"Deletes 5 rows."_s});
    QCOMPARE(settled.size(), 0);
    m_log->approvals().answer(call->id(), once);
    QCOMPARE(settled.size(), 1);
    QCOMPARE(settled.constFirst().constFirst().toLongLong(), call->id());
}

void CallLogTest::rowsAreCountedOnce()
{
    QSignalSpy requested(&m_log->approvals(), &Calls::Approvals::requested);
    const auto last = [&requested] { return requested.constLast().constFirst().value<ApprovalRequest>(); };
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    int counts = 0;
    const auto count = [&counts](const std::stop_token &) { ++counts; };
    m_log->approvals().count(call->id());
    m_log->approvals().explain(call->id(), uncounted, count);
    QCOMPARE(counts, 0);
    for (int i = 0; i < 3; ++i)
        m_log->approvals().count(call->id());
    m_log->approvals().count(12345);
    QCOMPARE(counts, 1);
    QVERIFY(last().isCounting);
    m_log->approvals().explain(call->id(), {{u"It matches 5 rows."_s}, {}});
    m_log->approvals().count(call->id());
    QCOMPARE(counts, 1);
    QCOMPARE(last().consequence.facts, QStringList{u"It matches 5 rows."_s});
    QVERIFY(!asked->answer);
    QCOMPARE(call->record().outcome, Outcome::Waiting);
}

void CallLogTest::aCountEndsWithItsCard_data()
{
    QTest::addColumn<Ending>("ending");
    const auto row = [](const char *name, Ending ending) { QTest::newRow(name) << ending; };
    row("approved", [](CallLog &log, Call &call) { log.approvals().answer(call.id(), once); });
    row("denied", [](CallLog &log, Call &call) { log.approvals().answer(call.id(), no); });
    row("taken back", [](CallLog &log, Call &) { log.approvals().takeBack(); });
    row("cancelled", [](CallLog &log, Call &call) { log.cancel(call.id()); });
    row("closed", [](CallLog &, Call &call) { call.cancel(); });
    row("at the end", [](CallLog &log, Call &) { log.approvals().end(); });
}

void CallLogTest::aCountEndsWithItsCard()
{
    QFETCH(const Ending, ending);
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call, call->stopToken());
    std::stop_token stop;
    m_log->approvals().explain(call->id(), uncounted, [&stop](const std::stop_token &given) { stop = given; });
    m_log->approvals().count(call->id());
    QVERIFY(stop.stop_possible() && !stop.stop_requested());
    ending(*m_log, *call);
    QTRY_VERIFY(stop.stop_requested());
    QVERIFY(asked->answer);
    // What comes too late changes no card.
    QSignalSpy requested(&m_log->approvals(), &Calls::Approvals::requested);
    m_log->approvals().explain(call->id(), {{u"It matches 5 rows."_s}, {}});
    QCOMPARE(requested.size(), 0);
}

void CallLogTest::aCountOutlivesTheClientsPatience()
{
    begin({.answer = 100ms});
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    std::stop_token stop;
    m_log->approvals().explain(call->id(), uncounted, [&stop](const std::stop_token &given) { stop = given; });
    m_log->approvals().count(call->id());
    QTRY_COMPARE(asked->answer, Answer::NoAnswer);
    call->refuse(u"Nobody answered."_s);
    QVERIFY(!stop.stop_requested());
    Rest::Exchange exchange;
    exchange.path = u"/api/2.0/sql/statements"_s;
    m_log->approvals().addExchange(*call, exchange);
    QCOMPARE(onDisk().constFirst().exchanges.size(), 1);
    QVERIFY(onDisk().constFirst().message.contains("Nobody answered"_L1));
    m_log->approvals().answer(call->id(), once);
    QVERIFY(stop.stop_requested());
    QCOMPARE(onDisk().constFirst().exchanges.size(), 1);
}

void CallLogTest::eitherSideStopsACall()
{
    std::stop_source client;
    const std::shared_ptr<Call> one = m_log->open(request(), {}, {}, {}, client.get_token());
    const std::shared_ptr<Call> two = m_log->open(request(), {}, {}, {}, client.get_token());
    m_log->cancel(two->id());
    QVERIFY(two->stopToken().stop_requested() && two->isCancelledByPerson());
    QVERIFY(!one->stopToken().stop_requested());
    QVERIFY(!client.stop_requested());
    client.request_stop();
    QVERIFY(one->stopToken().stop_requested() && !one->isCancelledByPerson());
    two->cancel();
    QCOMPARE(lastChanged().message, u"Cancelled in Bricktray's window"_s);
    m_log->cancel(two->id());
    m_log->cancel(4711);
}

void CallLogTest::whoIsStoppedMayEndTheCallAtOnce()
{
    std::stop_source client;
    for (const bool byClient : {true, false}) {
        std::shared_ptr<Call> call = m_log->open(request(), {}, {}, {}, client.get_token());
        const qint64 id = call->id();
        const std::stop_callback ending(call->stopToken(), [&call] {
            call->cancel();
            call.reset();
        });
        if (byClient)
            client.request_stop();
        else
            m_log->cancel(id);
        QVERIFY(!call);
        QCOMPARE(lastChanged().outcome, Outcome::Cancelled);
        client = std::stop_source();
    }
}

void CallLogTest::progressIsAPartOfOne()
{
    const std::shared_ptr<Call> call = open();
    QCOMPARE(call->record().progress, -1.0);
    call->setProgress(u"half"_s, 0.5);
    QCOMPARE(lastChanged().progress, 0.5);
    call->setProgress(u"more"_s, 7);
    QCOMPARE(call->record().progress, 1.0);
    call->setProgress(u"who knows"_s);
    QCOMPARE(call->record().progress, -1.0);
}

void CallLogTest::closedCallIsNotAskedAbout()
{
    const std::shared_ptr<Call> call = open();
    call->cancel();
    const std::shared_ptr<Asked> asked = ask(m_log.get(), call);
    QCOMPARE(asked->answer, Answer::NoAnswer);
    QCOMPARE(call->record().outcome, Outcome::Cancelled);
}

void CallLogTest::logGoesFirst()
{
    const std::shared_ptr<Call> call = open();
    const std::shared_ptr<Call> other = open();
    call->setProgress(u"one"_s);
    call->setProgress(u"two"_s);
    m_log.reset();
    call->setProgress(u"three"_s);
    call->setTarget(u"x"_s);
    call->addExchange({});
    call->finish(ToolResult(u"fine"_s));
    other->cancel();
    QCOMPARE(call->record().outcome, Outcome::Cancelled);
    const QList<Record> kept = Journal(m_file).latest(10);
    QCOMPARE(kept.size(), 2);
    for (const Record &record : kept) {
        QCOMPARE(record.outcome, Outcome::Cancelled);
        QCOMPARE(record.message, u"Bricktray stopped before this call ended"_s);
    }
}

void CallLogTest::logGoesWhileAsked()
{
    std::stop_source stop;
    std::shared_ptr<Call> call = open();
    const std::shared_ptr<Asked> one = ask(m_log.get(), call, stop.get_token());
    // Nobody but the question holds this one.
    const std::shared_ptr<Asked> two = ask(m_log.get(), open(), stop.get_token());
    stop.request_stop();
    m_log.reset();
    QCOMPARE(one->answer, Answer::NoAnswer);
    QCOMPARE(two->answer, Answer::NoAnswer);
    QVERIFY(one->destroyed && two->destroyed);
    QCoreApplication::processEvents();
    call.reset();
}

void CallLogTest::prunesWhenItOpens()
{
    m_log.reset();
    {
        Journal journal(m_file);
        Record old;
        old.started = QDateTime::currentDateTimeUtc().addDays(-10);
        old.outcome = Outcome::Succeeded;
        for (int i = 0; i < Journal::PruneChunk + 10; ++i)
            journal.insert(old);
    }
    m_log = std::make_unique<CallLog>(std::make_unique<Journal>(m_file, Calls::Retention{.days = 5, .calls = 0}));
    QCOMPARE(m_log->latest(1000).size(), Journal::PruneChunk + 10);
    QTRY_COMPARE(m_log->latest(1000).size(), 0);
}

QTEST_GUILESS_MAIN(CallLogTest)
#include "tst_calllog.moc"
