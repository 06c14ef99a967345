#include "tools/everycall.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Which requests are sent again after a fault: what was surely not done may be, what only asks may always be.
enum class Repeated { Never, Reads, Always };

/// A fault of the sample workspace, and what an answer must say of it.
struct Fault
{
    const char *name;
    const char *parameters; ///< more of it, as the sample workspace takes it
    Repeated repeated;
    bool mayBeDone; ///< whether nobody can tell if the request it befell was done
    const char *happened;
    const char *next;
    bool intactWhenEmpty = false; ///< whether an answer without a body does not suffer
    bool lasts = false;           ///< tried for good, too: a workspace that does not come back
    bool refuses = false;         ///< what it befalls is surely not done
};

/// Where a fault befalls a call.
struct Blow
{
    const Fault *fault = nullptr;
    qsizetype position = 0; ///< of the request
    bool forGood = false;   ///< and all that follow
};

constexpr Fault Floods[] = {
    {"rate_limit", "{}", Repeated::Always, false, "Too many requests", "wait a minute", false, true, true},
    {"rate_limit", R"({"retry_after":3600})", Repeated::Never, false, "Too many requests", "wait a minute", false,
     false, true},
    {"unavailable", R"({"retry_after":0})", Repeated::Always, false, "temporarily unavailable", "try again in a few",
     false, true, true},
};
constexpr Fault Refusals[] = {
    {"unauthorized", "{}", Repeated::Never, false, "Credential|token", "create a new one", false, false, true},
    {"forbidden", "{}", Repeated::Never, false, "does not have permission", "ask the owner", false, false, true},
};
constexpr Fault Losses[] = {
    {"delay", R"({"milliseconds":20})", Repeated::Always, false, "", ""},
    {"reset", "{}", Repeated::Reads, true, "connection to 127.0.0.1 was lost", "Check the network", false, true},
    {"lost_answer", "{}", Repeated::Reads, true, "connection to 127.0.0.1 was lost", "Check the network"},
};
constexpr Fault Garbage[] = {
    {"truncated", "{}", Repeated::Reads, true, "cut short", "check the workspace's URL", true},
    {"bad_json", "{}", Repeated::Never, true, "not valid JSON", "check the workspace's URL", true},
};
constexpr Fault Silence[] = {
    {"hang", "{}", Repeated::Reads, true, "did not answer within", "try again in a few|check before repeating", false,
     true},
};
constexpr Fault Pages[] = {
    {"server_error", "{}", Repeated::Never, true, "Internal Server Error", "on the workspace's side"},
    {"login_redirect", "{}", Repeated::Never, false, "sent the request on to login.example.com", "Check the workspace",
     false, false, true},
    {"login_page", "{}", Repeated::Never, true, "a web page, not data", "check the workspace's URL"},
};

/// Patient enough for one repetition.
struct Patience
{
    std::chrono::milliseconds request;
    std::chrono::milliseconds budget;
};

bool isChange(const QString &request)
{
    // Questions that are asked by POST.
    static const QRegularExpression asks(u"^(GET |POST /api/2.1/clusters/events |POST /api/2.0/vector-search/|"
                                         "POST /api/2.0/mlflow/runs/search )"_s);
    return !asks.match(request).hasMatch();
}

/// What both have in common: times and new ids differ from call to call.
QJsonValue common(const QJsonValue &a, const QJsonValue &b)
{
    if (a.isObject() && b.isObject()) {
        QJsonObject both;
        const QJsonObject object = a.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            both.insert(member.key(), common(*member, b[member.key()]));
        return both;
    }
    if (a.isArray() && b.isArray() && a.toArray().size() == b.toArray().size()) {
        QJsonArray both;
        for (qsizetype i = 0; i < a.toArray().size(); ++i)
            both.append(common(a[i], b[i]));
        return both;
    }
    return a == b ? a : QJsonValue();
}

struct Outcome
{
    Mcp::ToolResult result;
    QStringList requests;
    std::chrono::milliseconds time;
};

/// A sample workspace for one call after the other; a new one where the last call may have changed something.
class Stage
{
public:
    Outcome play(const EveryCall &one, const QJsonObject &wish, Patience patience, Blow blow = {})
    {
        if (!m_bench || m_prepared != &one) {
            if (!m_bench)
                m_bench = std::make_unique<ToolBench>();
            be({2s, 2s});
            m_arguments = one.ready(*m_bench);
            m_prepared = &one;
        }
        be(patience);
        if (blow.fault)
            m_bench->fault(wish);
        QElapsedTimer timer;
        timer.start();
        Outcome outcome;
        outcome.result = m_bench->call(QString::fromLatin1(one.tool), m_arguments);
        outcome.time = std::chrono::milliseconds(timer.elapsed());
        outcome.requests = m_bench->requests();
        if (mayHaveChanged(one, outcome.requests, blow))
            m_bench.reset();
        return outcome;
    }

private:
    /// What was made for a call goes on meanwhile, so that one is always played anew.
    static bool mayHaveChanged(const EveryCall &one, const QStringList &requests, Blow blow)
    {
        const bool allCounted =
            std::ranges::all_of(requests, [](const QString &line) { return line.contains(" /api/"_L1); });
        const bool oneWasRefused = blow.fault && blow.fault->refuses && allCounted && !one.prepare;
        for (qsizetype i = 0; i < requests.size(); ++i) {
            const bool refused = oneWasRefused && (blow.forGood ? i >= blow.position : i == blow.position);
            if (isChange(requests.at(i)) && !refused)
                return true;
        }
        return false;
    }

    void be(Patience patience)
    {
        m_bench->requestTimeout = patience.request;
        m_bench->retryBudget = patience.budget;
        m_bench->reset();
    }

    std::unique_ptr<ToolBench> m_bench;
    const EveryCall *m_prepared = nullptr;
    QJsonObject m_arguments;
};

} // namespace

/// Every tool in a workspace with a bad day: whichever of its requests a fault befalls, nothing that changes anything
/// is sent twice, nothing hangs, what can be had is had, and an error says what happened and what to do next.
class TestBadDay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void floods_data() { rows(Floods); }
    void floods() { suffer({2s, 2s}, {2s, 20ms}); }
    void refusals_data() { rows(Refusals); }
    void refusals() { suffer({2s, 2s}, {2s, 2s}); }
    void losses_data() { rows(Losses); }
    void losses() { suffer({2s, 2s}, {2s, 2s}); }
    void garbage_data() { rows(Garbage); }
    void garbage() { suffer({2s, 2s}, {2s, 2s}); }
    void silence_data() { rows(Silence); }
    void silence() { suffer({250ms, 2s}, {50ms, 2s}); }
    void pages_data() { rows(Pages); }
    void pages() { suffer({2s, 2s}, {2s, 2s}); }

private:
    template<size_t size>
    void rows(const Fault (&faults)[size]);
    void suffer(Patience once, Patience forGood);
    static QList<qsizetype> positions(const QStringList &requests);
    void check(Blow blow, const Outcome &outcome);
    void checkWords(const Fault &fault, const QString &befallen, const QString &text);

    Stage m_stage;
    // Of the call under test, without a fault.
    const EveryCall *m_calm = nullptr;
    QJsonValue m_facts;
    QList<qsizetype> m_positions;
    bool m_readsOnly = true;
    bool m_isApi = true;
};

template<size_t size>
void TestBadDay::rows(const Fault (&faults)[size])
{
    QTest::addColumn<const EveryCall *>("one");
    QTest::addColumn<const Fault *>("fault");
    int number = 0;
    for (const EveryCall &one : everyCall()) {
        ++number;
        for (const Fault &fault : faults)
            QTest::addRow("%s %d, %s %s", one.tool, number, fault.name, fault.parameters) << &one << &fault;
    }
}

void TestBadDay::suffer(Patience once, Patience forGood)
{
    QFETCH(const EveryCall *, one);
    QFETCH(const Fault *, fault);
    if (m_calm != one) {
        const Outcome first = m_stage.play(*one, {}, {2s, 2s});
        const Outcome second = m_stage.play(*one, {}, {2s, 2s});
        QVERIFY2(!first.result.isError() && !second.result.isError(), qPrintable(first.result.text()));
        QJsonObject facts = common(first.result.structuredContent(), second.result.structuredContent()).toObject();
        facts.remove("now"_L1); // the same only within a second
        m_facts = facts;
        m_positions = positions(first.requests.first(std::min(first.requests.size(), second.requests.size())));
        m_isApi = first.requests.value(0).contains(" /api/"_L1);
        m_readsOnly = std::none_of(first.requests.begin(), first.requests.end(), isChange);
        m_calm = one;
    }
    QJsonObject wish = QJsonDocument::fromJson(fault->parameters).object();
    wish.insert("fault"_L1, QString::fromLatin1(fault->name));
    // Not the signed links of results: storage answers in its own words.
    wish.insert("path"_L1, m_isApi ? u"/api/*"_s : u"*"_s);
    for (const qsizetype position : std::as_const(m_positions)) {
        Blow blow{.fault = fault, .position = position};
        wish.insert("after"_L1, position);
        wish.insert("times"_L1, 1);
        check(blow, m_stage.play(*one, wish, once, blow));
        if (!fault->lasts || QTest::currentTestFailed())
            continue;
        blow.forGood = true;
        wish.insert("times"_L1, -1);
        check(blow, m_stage.play(*one, wish, forGood, blow));
    }
}

/// Of a question that is repeated until something is over, the first and the last: the ones between come from the same
/// line of the same loop.
QList<qsizetype> TestBadDay::positions(const QStringList &requests)
{
    QList<qsizetype> positions;
    for (qsizetype i = 0; i < requests.size(); ++i) {
        const bool between = i > 0 && i + 1 < requests.size() && requests.at(i) == requests.at(i - 1) &&
                             requests.at(i) == requests.at(i + 1);
        if (!between)
            positions.append(i);
    }
    return positions;
}

void TestBadDay::check(Blow blow, const Outcome &outcome)
{
    const Fault &fault = *blow.fault;
    const qsizetype position = blow.position;
    const bool forGood = blow.forGood;
    const QString befallen = outcome.requests.value(position);
    const QString story = u"\n%1 %2 on request %3, %4\n%5\n%6"_s.arg(
        QString::fromLatin1(fault.name), forGood ? u"for good"_s : u"once"_s, QString::number(position), befallen,
        outcome.result.text(), outcome.requests.join(u'\n'));
    QVERIFY2(outcome.time < 10s, qPrintable(story));

    const qsizetype most = fault.repeated != Repeated::Always ? 1 : forGood ? outcome.requests.size() : 2;
    for (const QString &request : outcome.requests)
        QVERIFY2(!isChange(request) || outcome.requests.count(request) <= most, qPrintable(story));

    if (befallen.isEmpty())
        return; // It came to nothing before the fault: a run that has ended, say.
    const bool repeated =
        fault.repeated == Repeated::Always || (fault.repeated == Repeated::Reads && !isChange(befallen));
    if (repeated && !forGood) {
        QVERIFY2(!outcome.result.isError(), qPrintable(story));
        QVERIFY2(!m_readsOnly || common(m_facts, outcome.result.structuredContent()) == m_facts, qPrintable(story));
        return;
    }
    if (outcome.result.isError()) {
        checkWords(fault, befallen, outcome.result.text());
        const bool changedBefore =
            !isChange(befallen) && std::any_of(outcome.requests.begin(), outcome.requests.begin() + position, isChange);
        static const QRegularExpression notAgain(u"[Dd]o not|may be running|goes on"_s);
        QVERIFY2(!changedBefore || notAgain.match(outcome.result.text()).hasMatch(), qPrintable(story));
    } else if ((isChange(befallen) && !fault.intactWhenEmpty) ||
               (m_readsOnly && common(m_facts, outcome.result.structuredContent()) != m_facts)) {
        static const QRegularExpression missing(
            u"could not be (read|listed|removed)|refused|is a web page|not valid JSON|"
            "with offset"_s);
        QVERIFY2(missing.match(outcome.result.text()).hasMatch(), qPrintable(story));
    }
}

void TestBadDay::checkWords(const Fault &fault, const QString &befallen, const QString &text)
{
    static const QRegularExpression tag(u"</?[a-zA-Z!]"_s);
    static const QRegularExpression inDoubt(u"may or may not|do not send it again"_s);
    const QString story = befallen + u'\n' + text;
    const auto says = [&](const char *words) {
        return QRegularExpression(QString::fromUtf8(words), QRegularExpression::CaseInsensitiveOption)
            .match(text)
            .hasMatch();
    };
    QVERIFY2(says(fault.happened), qPrintable(story));
    QVERIFY2(says(fault.next) || (fault.mayBeDone && inDoubt.match(text).hasMatch()), qPrintable(story));
    QVERIFY2(!fault.mayBeDone || !isChange(befallen) || inDoubt.match(text).hasMatch(), qPrintable(story));
    QVERIFY2(!text.contains("tool-bench-token"_L1) && !tag.match(text).hasMatch(), qPrintable(story));
}

QTEST_GUILESS_MAIN(TestBadDay)
#include "tst_badday.moc"
