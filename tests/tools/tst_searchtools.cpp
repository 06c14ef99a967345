#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Reviews = u"main.default.reviews_index"_s;
const QString Indexes = u"/api/2.0/vector-search/indexes"_s;

} // namespace

/// The toolset search: the REST requests its tools make and what they find.
class TestSearchTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void indexesOfAllEndpointsAreListed();
    void indexesComeInPages();
    void aTextFindsTheNearestRows();
    void columnsFiltersAndVectors();
    void exactlyOneKindOfQuestion();
    void whatIsNotThereGetsTheWordsOfTheApi();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestSearchTools::indexesOfAllEndpointsAreListed()
{
    const Mcp::ToolResult result = bench->call(u"list_vector_indexes"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().startsWith("Found 3 vector indexes on 2 endpoints:"_L1), qPrintable(result.text()));
    const QStringList requests = bench->requests();
    QCOMPARE(requests.first(), u"GET /api/2.0/vector-search/endpoints"_s);
    QVERIFY(requests.at(1).startsWith("GET /api/2.0/vector-search/endpoints?page_token="_L1));
    QCOMPARE(requests.mid(2), (QStringList{u"GET %1?endpoint_name=search-main"_s.arg(Indexes),
                                           u"GET %1?endpoint_name=search-trial"_s.arg(Indexes)}));
}

void TestSearchTools::indexesComeInPages()
{
    QStringList names;
    QJsonObject arguments{{u"endpoint_name"_s, u"search-main"_s}, {u"limit"_s, 1}};
    do {
        const Mcp::ToolResult result = bench->call(u"list_vector_indexes"_s, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        names.append(result.structuredContent().value("indexes"_L1)[0]["name"_L1].toString());
        arguments.insert("page_token"_L1, result.structuredContent().value("next_page_token"_L1));
    } while (!arguments.value("page_token"_L1).isUndefined());
    QCOMPARE(names, (QStringList{Reviews, u"main.default.manuals_index"_s}));
    QVERIFY(bench->call(u"list_vector_indexes"_s, {{u"page_token"_s, u"none"_s}}).isError());
}

void TestSearchTools::aTextFindsTheNearestRows()
{
    const Mcp::ToolResult result =
        bench->call(u"query_vector_index"_s,
                    {{u"index_name"_s, Reviews}, {u"query_text"_s, u"broken delivery"_s}, {u"num_results"_s, 2}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(),
             (QStringList{u"GET %1/%2"_s.arg(Indexes, Reviews),
                          u"POST %1/%2/query {\"columns\":[\"review_id\",\"stars\",\"text\"],\"num_results\":2,"
                          "\"query_text\":\"broken delivery\"}"_s.arg(Indexes, Reviews)}));
    const QJsonObject best = result.structuredContent().value("matches"_L1)[0].toObject();
    QCOMPARE(best.value("review_id"_L1).toString(), u"2"_s);
    QCOMPARE(best.value("score"_L1).toString(), u"1"_s);
    QCOMPARE(result.structuredContent().value("total"_L1).toInteger(), 2);
}

void TestSearchTools::columnsFiltersAndVectors()
{
    const Mcp::ToolResult result = bench->call(u"query_vector_index"_s, {{u"index_name"_s, Reviews},
                                                                         {u"query_vector"_s, QJsonArray{0.25, 1}},
                                                                         {u"columns"_s, QJsonArray{u"text"_s}},
                                                                         {u"query_type"_s, u"ANN"_s},
                                                                         {u"filters"_s, QJsonObject{{u"stars"_s, 4}}}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(),
             (QStringList{
                 u"GET %1/%2"_s.arg(Indexes, Reviews),
                 u"POST %1/%2/query {\"columns\":[\"text\"],\"filters_json\":\"{\\\"stars\\\":4}\",\"num_results\":10,"
                 "\"query_type\":\"ANN\",\"query_vector\":[0.25,1]}"_s.arg(Indexes, Reviews)}));
    QVERIFY2(result.text().contains("Good chair, a little hard"_L1), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("total"_L1).toInteger(), 1);
}

void TestSearchTools::exactlyOneKindOfQuestion()
{
    QVERIFY(bench->call(u"query_vector_index"_s, {{u"index_name"_s, Reviews}}).isError());
    QVERIFY(bench
                ->call(u"query_vector_index"_s,
                       {{u"index_name"_s, Reviews}, {u"query_text"_s, u"a"_s}, {u"query_vector"_s, QJsonArray{1}}})
                .isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestSearchTools::whatIsNotThereGetsTheWordsOfTheApi()
{
    const Mcp::ToolResult index =
        bench->call(u"query_vector_index"_s, {{u"index_name"_s, u"main.default.none"_s}, {u"query_text"_s, u"a"_s}});
    QVERIFY(index.isError());
    QVERIFY2(index.text().contains("main.default.none not found"_L1), qPrintable(index.text()));
    const Mcp::ToolResult endpoint = bench->call(u"list_vector_indexes"_s, {{u"endpoint_name"_s, u"nowhere"_s}});
    QVERIFY(endpoint.isError());
    QVERIFY2(endpoint.text().contains("endpoint nowhere not found"_L1), qPrintable(endpoint.text()));
}

QTEST_GUILESS_MAIN(TestSearchTools)
#include "tst_searchtools.moc"
