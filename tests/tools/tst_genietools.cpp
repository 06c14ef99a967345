#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Trips = u"01f0aa11bb22cc33dd44ee55ff660001"_s;
const QString Fares = u"Where are fares highest?"_s;
const QString Spaces = u"/api/2.0/genie/spaces"_s;

} // namespace

/// The toolset genie: the REST requests its tools make, and Genie's words, SQL and rows.
class TestGenieTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void spacesAreListed();
    void aQuestionIsAnsweredWithSqlAndRows();
    void suggestedQuestionsAreAnswered();
    void unknownQuestionsAreSaidToBeUnknown_data();
    void unknownQuestionsAreSaidToBeUnknown();
    void aConversationGoesOn();
    void whatTakesLongGivesAHandle();
    void aFailureIsGeniesWords();
    void rowsThatCannotBeReadDoNotHideTheAnswer();
    void aQuestionIsSentOnce();
    void readOnlyStartsNoWarehouse();
    void halfAHandleIsRefused();
    void unknownSpacesGetTheWordsOfTheApi();
    void aListThatIsForbiddenSaysSo();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestGenieTools::spacesAreListed()
{
    const Mcp::ToolResult result = bench->call(u"list_genie_spaces"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("total"_L1).toInteger(), 2);
    QCOMPARE(bench->requests(), QStringList{u"GET %1?page_size=100"_s.arg(Spaces)});
    const Mcp::ToolResult taxi = bench->call(u"list_genie_spaces"_s, {{u"title_contains"_s, u"TAXI"_s}});
    QCOMPARE(taxi.structuredContent().value("spaces"_L1)[0]["space_id"_L1].toString(), Trips);
}

void TestGenieTools::aQuestionIsAnsweredWithSqlAndRows()
{
    const Mcp::ToolResult result =
        bench->call(u"ask_genie"_s, {{u"space_id"_s, Trips}, {u"question"_s, u"Where are fares highest?"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("status"_L1).toString(), u"COMPLETED"_s);
    const QJsonObject query = facts.value("queries"_L1)[0].toObject();
    const QString zip = query.value("rows"_L1)[0][0].toString();
    const QString fare = query.value("rows"_L1)[0][1].toString();
    QCOMPARE(facts.value("text"_L1).toString(), u"Trips from %1 cost the most on average: $%2."_s.arg(zip, fare));
    QVERIFY(query.value("sql"_L1).toString().startsWith("SELECT pickup_zip"_L1));
    QVERIFY(zip.toInt() > 10000 && fare.toDouble() > 2.5);
    QVERIFY2(result.text().contains(u"pickup_zip | average_fare\n%1 | %2"_s.arg(zip, fare)), qPrintable(result.text()));
    QVERIFY(result.text().contains("Which day had the most trips?"_L1));
    QVERIFY(!bench->progress.isEmpty());

    const QStringList requests = bench->requests();
    const QString messages = u"%1/%2/conversations/%3/messages/%4"_s.arg(
        Spaces, Trips, facts.value("conversation_id"_L1).toString(), facts.value("message_id"_L1).toString());
    QCOMPARE(requests.first(),
             u"POST %1/%2/start-conversation {\"content\":\"Where are fares highest?\"}"_s.arg(Spaces, Trips));
    QCOMPARE(requests.at(1), u"GET "_s + messages);
    QCOMPARE(requests.last(), u"GET "_s + messages + u"/attachments/01f0a77a000000000000000000000002/query-result"_s);
}

void TestGenieTools::suggestedQuestionsAreAnswered()
{
    const Mcp::ToolResult spaces = bench->call(u"list_genie_spaces"_s);
    for (const QJsonValue space : spaces.structuredContent().value("spaces"_L1).toArray()) {
        const QString id = space["space_id"_L1].toString();
        const Mcp::ToolResult whole = bench->call(u"get_genie_space"_s, {{u"space_id"_s, id}});
        const QJsonArray questions = whole.structuredContent().value("sample_questions"_L1).toArray();
        QVERIFY(questions.size() >= 2);
        for (const QJsonValue question : questions) {
            const Mcp::ToolResult answer =
                bench->call(u"ask_genie"_s, {{u"space_id"_s, id}, {u"question"_s, question}});
            const QJsonObject facts = answer.structuredContent();
            QVERIFY2(!facts.value("queries"_L1)[0]["rows"_L1].toArray().isEmpty(), qPrintable(answer.text()));
            for (const QJsonValue suggestion : facts.value("suggested_questions"_L1).toArray())
                QVERIFY(questions.contains(suggestion) && suggestion != question);
        }
    }
}

void TestGenieTools::unknownQuestionsAreSaidToBeUnknown_data()
{
    QTest::addColumn<QString>("question");
    QTest::newRow("something else") << u"How many drivers are there?"_s;
    QTest::newRow("a condition that it does not know") << u"Where are fares highest at night?"_s;
    QTest::newRow("a change") << u"Delete the trips with the highest fares"_s;
}

void TestGenieTools::unknownQuestionsAreSaidToBeUnknown()
{
    QFETCH(QString, question);
    QJsonObject arguments{{u"space_id"_s, Trips}, {u"question"_s, Fares}};
    const QJsonObject first = bench->call(u"ask_genie"_s, arguments).structuredContent();
    arguments.insert(u"question"_s, question);
    const Mcp::ToolResult fresh = bench->call(u"ask_genie"_s, arguments);
    arguments.insert(u"conversation_id"_s, first.value("conversation_id"_L1));
    const Mcp::ToolResult goingOn = bench->call(u"ask_genie"_s, arguments);
    for (const Mcp::ToolResult &result : {fresh, goingOn}) {
        QVERIFY2(result.text().contains("knows only: Where are fares highest?"_L1), qPrintable(result.text()));
        QCOMPARE(result.structuredContent().value("queries"_L1).toArray(), QJsonArray());
    }
}

void TestGenieTools::aConversationGoesOn()
{
    const QJsonObject first =
        bench->call(u"ask_genie"_s, {{u"space_id"_s, Trips}, {u"question"_s, Fares}}).structuredContent();
    bench->requests();
    const QString conversation = first.value("conversation_id"_L1).toString();
    const Mcp::ToolResult second = bench->call(
        u"ask_genie"_s, {{u"space_id"_s, Trips}, {u"conversation_id"_s, conversation}, {u"question"_s, Fares}});
    QVERIFY2(!second.isError(), qPrintable(second.text()));
    QCOMPARE(second.structuredContent().value("conversation_id"_L1).toString(), conversation);
    QVERIFY(second.structuredContent().value("message_id"_L1) != first.value("message_id"_L1));
    QCOMPARE(bench->requests().first(),
             u"POST %1/%2/conversations/%3/messages {\"content\":\"Where are fares highest?\"}"_s.arg(Spaces, Trips,
                                                                                                      conversation));
}

void TestGenieTools::whatTakesLongGivesAHandle()
{
    const Mcp::ToolResult result = bench->call(
        u"ask_genie"_s,
        {{u"space_id"_s, Trips}, {u"question"_s, u"slow: where are fares highest?"_s}, {u"wait_seconds"_s, 0}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().contains("Do not ask again"_L1), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QVERIFY(facts.value("status"_L1).toString() != u"COMPLETED"_s);
    QJsonObject handle;
    for (const auto key : {"space_id"_L1, "conversation_id"_L1, "message_id"_L1})
        handle.insert(key, facts.value(key));
    bench->requests();
    const Mcp::ToolResult late = bench->call(u"ask_genie"_s, handle);
    QVERIFY2(!late.isError(), qPrintable(late.text()));
    QCOMPARE(late.structuredContent().value("queries"_L1).toArray().size(), 1);
    QVERIFY(bench->requests().filter(u"POST "_s).isEmpty());
}

void TestGenieTools::aFailureIsGeniesWords()
{
    const Mcp::ToolResult result =
        bench->call(u"ask_genie"_s, {{u"space_id"_s, Trips}, {u"question"_s, u"The impossible"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("No table of this space can answer that."_L1), qPrintable(result.text()));
}

void TestGenieTools::rowsThatCannotBeReadDoNotHideTheAnswer()
{
    const QJsonObject handle =
        bench->call(u"ask_genie"_s, {{u"space_id"_s, Trips}, {u"question"_s, Fares}, {u"wait_seconds"_s, 0}})
            .structuredContent();
    const QString result = u"%1/%2/conversations/%3/messages/%4/attachments/*"_s.arg(
        Spaces, Trips, handle.value("conversation_id"_L1).toString(), handle.value("message_id"_L1).toString());
    bench->fault({{u"path"_s, result}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult answer =
        bench->call(u"ask_genie"_s, {{u"space_id"_s, Trips},
                                     {u"conversation_id"_s, handle.value("conversation_id"_L1)},
                                     {u"message_id"_s, handle.value("message_id"_L1)}});
    QVERIFY2(!answer.isError(), qPrintable(answer.text()));
    QVERIFY2(answer.text().contains("The rows could not be read"_L1) && answer.text().contains("SELECT pickup_zip"_L1),
             qPrintable(answer.text()));
}

void TestGenieTools::aQuestionIsSentOnce()
{
    bench->fault({{u"path"_s, QString(Spaces + u"/*"_s)}, {u"fault"_s, u"truncated"_s}});
    QVERIFY(bench->call(u"ask_genie"_s, {{u"space_id"_s, Trips}, {u"question"_s, Fares}}).isError());
    QCOMPARE(bench->requests().size(), 1);
}

void TestGenieTools::readOnlyStartsNoWarehouse()
{
    const QJsonObject question{{u"space_id"_s, Trips}, {u"question"_s, u"Where are fares highest?"_s}};
    bench->call(u"stop_warehouse"_s, {{u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}});
    bench->policy.mode = Calls::Mode::ReadOnly;
    bench->reset();
    const Mcp::ToolResult result = bench->call(u"ask_genie"_s, question);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("read-only"_L1), qPrintable(result.text()));
    QVERIFY(bench->requests().filter(u"start-conversation"_s).isEmpty());
}

void TestGenieTools::halfAHandleIsRefused()
{
    QVERIFY(bench->call(u"ask_genie"_s, {{u"space_id"_s, Trips}}).isError());
    QVERIFY(bench->call(u"ask_genie"_s, {{u"space_id"_s, Trips}, {u"message_id"_s, u"1"_s}}).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestGenieTools::unknownSpacesGetTheWordsOfTheApi()
{
    const Mcp::ToolResult result = bench->call(u"ask_genie"_s, {{u"space_id"_s, u"nowhere"_s}, {u"question"_s, Fares}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("The space does not exist"_L1), qPrintable(result.text()));
}

void TestGenieTools::aListThatIsForbiddenSaysSo()
{
    bench->fault({{u"path"_s, Spaces}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"list_genie_spaces"_s).text().contains("does not have permission"_L1));
}

QTEST_GUILESS_MAIN(TestGenieTools)
#include "tst_genietools.moc"
