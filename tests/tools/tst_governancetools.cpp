#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString PageViews = u"main.default.page_views"_s;
const QString Grants = u"/api/2.1/unity-catalog/permissions/table/main.default.page_views"_s;

QJsonObject about(const QString &type, const QString &name, QJsonObject more)
{
    more.insert(u"securable_type"_s, type);
    more.insert(u"full_name"_s, name);
    return more;
}

QJsonObject grants(const QJsonArray &changes)
{
    return about(u"table"_s, PageViews, {{u"changes"_s, changes}});
}

QJsonObject tags(const QJsonObject &values, const QJsonArray &remove = {})
{
    QJsonArray list;
    for (auto tag = values.begin(); tag != values.end(); ++tag)
        list.append(QJsonObject{{u"key"_s, tag.key()}, {u"value"_s, *tag}});
    return about(u"table"_s, PageViews, {{u"tags"_s, list}, {u"remove"_s, remove}});
}

} // namespace

/// Grants, tags and comments as tools, and lineage without a warehouse.
class TestGovernanceTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void grantsAndRevokes();
    void grantsToNobodyAndOfWhatCannotBeHeldAreRefused();
    void grantsOfAUserNameTheOwnerAndTheGroups();
    void privilegesAreSpelledAsTheApiDoes();
    void changesThatSayNothingAreRefused_data();
    void changesThatSayNothingAreRefused();
    void cardSaysWhoGainsWhat();
    void tagsAreMadeChangedAndRemoved();
    void tagsSayWhatWasDoneBeforeAFailure();
    void tagThatASignInPageAnsweredIsNoSuccess();
    void commentsOfSchemasGoByRest();
    void commentsOfTablesAndColumnsGoBySql();
    void aCommentThatFailedChangedNothing();
    void tagsAreSeenAfterwards();
    void tagsOfWhatIsMissingAreRefused();
    void commentsCannotLeaveTheirQuotes_data();
    void commentsCannotLeaveTheirQuotes();
    void namesNeedTheirParts();
    void columnLineageShowsBothSides();
    void columnThatIsMissingIsSaid();
    void tableWithoutLineageIsNoMissingOne();
    void dependentsNameTablesAndWhatReads();
    void everyKindOfDependentIsNamedOnce();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestGovernanceTools::grantsAndRevokes()
{
    const QJsonArray changes{
        QJsonObject{{u"principal"_s, u"analysts"_s}, {u"add"_s, QJsonArray{u"SELECT"_s}}},
        QJsonObject{{u"principal"_s, u"maria.santos@example.com"_s}, {u"remove"_s, QJsonArray{u"MODIFY"_s}}}};
    const Mcp::ToolResult result = bench->call(u"update_grants"_s, grants(changes));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString words = u"analysts gains SELECT; maria.santos@example.com loses MODIFY"_s;
    QVERIFY2(result.text().contains(words), qPrintable(result.text()));
    QVERIFY(result.structuredContent().value("summary"_L1).toString().contains(words));
    QCOMPARE(
        result.structuredContent().value("grants"_L1).toArray(),
        (QJsonArray{QJsonObject{{u"principal"_s, u"analysts"_s}, {u"privileges"_s, u"SELECT"_s}},
                    QJsonObject{{u"principal"_s, u"maria.santos@example.com"_s}, {u"privileges"_s, u"SELECT"_s}}}));
    const QString body = uR"({"changes":[{"add":["SELECT"],"principal":"analysts"},)"_s
                         uR"({"principal":"maria.santos@example.com","remove":["MODIFY"]}]})"_s;
    const QString effective = u"GET /api/2.1/unity-catalog/effective-permissions/table/main.default.page_views"
                              "?max_results=0"_s;
    const QString before = u"GET %1?max_results=0"_s.arg(Grants);
    QCOMPARE(bench->requests(), (QStringList{before, u"PATCH %1 %2"_s.arg(Grants, body), effective}));
    // USE_SCHEMA is theirs, and everybody in the account has USE_CATALOG.
    QVERIFY2(!result.text().contains("also needs"_L1), qPrintable(result.text()));
    // Once more, it changes nothing, and that is said.
    const QString again = bench->call(u"update_grants"_s, grants(changes)).text();
    QVERIFY2(again.contains("nothing for analysts, who held that already"_L1), qPrintable(again));
    QVERIFY2(again.contains("nothing was taken of MODIFY, which maria.santos@example.com was not granted"_L1),
             qPrintable(again));
    const QJsonArray other{QJsonObject{{u"principal"_s, u"li.wei@example.com"_s}, {u"add"_s, QJsonArray{u"SELECT"_s}}}};
    const Mcp::ToolResult useless = bench->call(u"update_grants"_s, grants(other));
    QVERIFY2(useless.text().contains("li.wei@example.com also needs USE_SCHEMA on schema main.default, which"_L1),
             qPrintable(useless.text()));
}

void TestGovernanceTools::grantsToNobodyAndOfWhatCannotBeHeldAreRefused()
{
    const auto granting = [this](const QString &principal, const QString &privilege) {
        const QJsonObject change{{u"principal"_s, principal}, {u"add"_s, QJsonArray{privilege}}};
        return bench->call(u"update_grants"_s, grants({change}));
    };
    const Mcp::ToolResult nobody = granting(u"no-such-group"_s, u"SELECT"_s);
    QVERIFY2(nobody.isError() && nobody.text().contains("PRINCIPAL_DOES_NOT_EXIST"_L1), qPrintable(nobody.text()));
    const Mcp::ToolResult odd = granting(u"analysts"_s, u"USE_CATALOG"_s);
    QVERIFY2(odd.isError() && odd.text().contains("not applicable"_L1), qPrintable(odd.text()));
    QVERIFY(!bench->call(u"list_grants"_s, about(u"table"_s, PageViews, {})).text().contains("analysts"_L1));
}

void TestGovernanceTools::grantsOfAUserNameTheOwnerAndTheGroups()
{
    const QJsonObject asked{{u"principal"_s, u"li.wei@example.com"_s}};
    const Mcp::ToolResult result = bench->call(u"list_grants"_s, about(u"schema"_s, u"main.default"_s, asked));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY2(result.text().startsWith("li.wei@example.com, under that name, holds no privileges"_L1),
             qPrintable(result.text()));
    QVERIFY2(result.text().contains("analysts (USE_SCHEMA, SELECT)"_L1), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("owner"_L1).toString(), u"data-platform"_s);
}

void TestGovernanceTools::privilegesAreSpelledAsTheApiDoes()
{
    bench->call(u"update_grants"_s,
                grants({QJsonObject{{u"principal"_s, u"analysts"_s}, {u"add"_s, QJsonArray{u" apply  tag"_s}}}}));
    QVERIFY(bench->requests().filter(u"PATCH"_s).first().contains("\"APPLY_TAG\""_L1));
}

void TestGovernanceTools::changesThatSayNothingAreRefused_data()
{
    QTest::addColumn<QJsonArray>("changes");
    QTest::newRow("none") << QJsonArray();
    QTest::newRow("nothing gained or lost") << QJsonArray{QJsonObject{{u"principal"_s, u"analysts"_s}}};
    QTest::newRow("nobody") << QJsonArray{QJsonObject{{u"principal"_s, u""_s}, {u"add"_s, QJsonArray{u"SELECT"_s}}}};
}

void TestGovernanceTools::changesThatSayNothingAreRefused()
{
    QFETCH(QJsonArray, changes);
    QVERIFY(bench->call(u"update_grants"_s, grants(changes)).isError());
    QCOMPARE(bench->requests(), QStringList());
}

void TestGovernanceTools::cardSaysWhoGainsWhat()
{
    bench->policy = {};
    bench->reset();
    QStringList facts;
    connect(
        &bench->log().approvals(), &Calls::Approvals::requested, this,
        [&](const Calls::ApprovalRequest &request) {
            if (!request.isConsequenceKnown)
                return;
            facts = request.consequence.facts;
            bench->log().approvals().answer(request.callId, {});
        },
        Qt::QueuedConnection);
    const QJsonArray changes{
        QJsonObject{{u"principal"_s, u"account users"_s}, {u"add"_s, QJsonArray{u"SELECT"_s}}},
        QJsonObject{{u"principal"_s, u"Maria.Santos@example.com"_s}, {u"remove"_s, QJsonArray{u"SELECT"_s}}}};
    QVERIFY(bench->call(u"update_grants"_s, grants(changes)).isError());
    QCOMPARE(facts, (QStringList{u"account users gains SELECT on table main.default.page_views."_s,
                                 u"account users is everybody in the account, in all of its workspaces."_s,
                                 u"Maria.Santos@example.com loses SELECT on table main.default.page_views."_s,
                                 u"maria.santos@example.com holds SELECT, MODIFY directly already."_s}));
    for (const QString &request : bench->requests())
        QVERIFY2(request.startsWith("GET "_L1), qPrintable(request));
}

void TestGovernanceTools::tagsAreMadeChangedAndRemoved()
{
    const Mcp::ToolResult made =
        bench->call(u"set_tags"_s, tags({{u"domain"_s, u"web"_s}, {u"cost/center"_s, u"7"_s}}));
    QVERIFY2(!made.isError(), qPrintable(made.text()));
    QCOMPARE(made.structuredContent().value("tags"_L1).toString(), u"cost/center=7, domain=web"_s);
    bench->requests();
    const Mcp::ToolResult changed =
        bench->call(u"set_tags"_s, tags({{u"domain"_s, u"shop"_s}}, {u"cost/center"_s, u"unknown"_s}));
    QVERIFY2(!changed.isError(), qPrintable(changed.text()));
    QCOMPARE(changed.structuredContent().value("tags"_L1).toString(), u"domain=shop"_s);
    QVERIFY2(changed.text().contains("set domain; removed cost/center"_L1), qPrintable(changed.text()));
    QStringList methods;
    for (const QString &request : bench->requests())
        methods.append(request.section(u' ', 0, 0));
    QCOMPARE(methods, (QStringList{u"GET"_s, u"PATCH"_s, u"DELETE"_s}));
}

void TestGovernanceTools::tagsSayWhatWasDoneBeforeAFailure()
{
    bench->fault({{u"path"_s, u"/api/2.1/unity-catalog/entity-tag-assignments"_s},
                  {u"method"_s, u"POST"_s},
                  {u"fault"_s, u"forbidden"_s},
                  {u"after"_s, 1}});
    const Mcp::ToolResult result = bench->call(u"set_tags"_s, tags({{u"a"_s, u"1"_s}, {u"b"_s, u"2"_s}}));
    QVERIFY2(result.isError() && result.text().contains("Done before it failed: set a."_L1), qPrintable(result.text()));
}

void TestGovernanceTools::tagThatASignInPageAnsweredIsNoSuccess()
{
    bench->call(u"set_tags"_s, tags({{u"domain"_s, u"web"_s}}));
    bench->fault(
        {{u"path"_s, u"/api/2.1/unity-catalog/*"_s}, {u"method"_s, u"PATCH"_s}, {u"fault"_s, u"login_page"_s}});
    const Mcp::ToolResult result = bench->call(u"set_tags"_s, tags({{u"domain"_s, u"shop"_s}}));
    QVERIFY2(result.isError() && result.text().contains("web page"_L1), qPrintable(result.text()));
}

void TestGovernanceTools::commentsOfSchemasGoByRest()
{
    const Mcp::ToolResult result =
        bench->call(u"set_comment"_s, about(u"schema"_s, u"`main`.default"_s, {{u"comment"_s, u"Shared."_s}}));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(),
             QStringList{u"PATCH /api/2.1/unity-catalog/schemas/main.default {\"comment\":\"Shared.\"}"_s});
}

void TestGovernanceTools::commentsOfTablesAndColumnsGoBySql()
{
    const QJsonObject running{{u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}, {u"comment"_s, u"Ann's \\ views"_s}};
    const Mcp::ToolResult table = bench->call(u"set_comment"_s, about(u"table"_s, PageViews, running));
    QVERIFY2(!table.isError(), qPrintable(table.text()));
    const Mcp::ToolResult column = bench->call(u"set_comment"_s, about(u"column"_s, PageViews + u".page"_s, running));
    QVERIFY2(!column.isError(), qPrintable(column.text()));
    const QJsonObject now = bench->call(u"get_table"_s, {{u"full_name"_s, PageViews}}).structuredContent();
    QCOMPARE(now.value("comment"_L1).toString(), u"Ann's \\ views"_s);
    bool found = false;
    for (const QJsonValue one : now.value("columns"_L1).toArray())
        found = found || (one["name"_L1] == "page"_L1 && one["comment"_L1] == "Ann's \\ views"_L1);
    QVERIFY(found);
}

void TestGovernanceTools::aCommentThatFailedChangedNothing()
{
    const QJsonObject running{{u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}, {u"comment"_s, u"x"_s}};
    const Mcp::ToolResult result = bench->call(u"set_comment"_s, about(u"table"_s, u"main.default.nowhere"_s, running));
    QVERIFY2(result.isError() && result.text().contains("Nothing was changed"_L1), qPrintable(result.text()));
    QVERIFY2(!result.text().contains("Before that was done"_L1), qPrintable(result.text()));
}

void TestGovernanceTools::tagsAreSeenAfterwards()
{
    QVERIFY(!bench->call(u"set_tags"_s, tags({{u"domain"_s, u"web"_s}})).isError());
    const QJsonArray pii{QJsonObject{{u"key"_s, u"pii"_s}}};
    const Mcp::ToolResult column =
        bench->call(u"set_tags"_s, about(u"column"_s, PageViews + u".user_id"_s, {{u"tags"_s, pii}}));
    QVERIFY2(!column.isError() && column.text().contains("information_schema.column_tags"_L1),
             qPrintable(column.text()));
    const Mcp::ToolResult table = bench->call(u"get_table"_s, {{u"full_name"_s, PageViews}});
    QCOMPARE(table.structuredContent().value("tags"_L1).toString(), u"domain=web"_s);
    const Mcp::ToolResult rows =
        bench->call(u"query_sql"_s, {{u"statement"_s, u"SELECT table_name, column_name, tag_name FROM "
                                                      "system.information_schema.column_tags"_s}});
    QVERIFY2(rows.text().contains("page_views | user_id | pii"_L1), qPrintable(rows.text()));
    // Who may not see them sees the table all the same.
    bench->fault({{u"path"_s, u"/api/2.1/unity-catalog/entity-tag-assignments/*"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(!bench->call(u"get_table"_s, {{u"full_name"_s, PageViews}}).isError());
}

void TestGovernanceTools::tagsOfWhatIsMissingAreRefused()
{
    const QJsonObject some{{u"tags"_s, QJsonArray{QJsonObject{{u"key"_s, u"pii"_s}}}}};
    QVERIFY(bench->call(u"set_tags"_s, about(u"table"_s, u"main.default.nowhere"_s, some)).isError());
    QVERIFY(bench->call(u"set_tags"_s, about(u"column"_s, PageViews + u".nowhere"_s, some)).isError());
}

void TestGovernanceTools::commentsCannotLeaveTheirQuotes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("comment");
    QTest::newRow("a quote") << PageViews << u"x'; DROP TABLE main.default.page_views; --"_s;
    QTest::newRow("a backslash and a quote") << PageViews << u"x\\'; DROP TABLE main.default.page_views; --"_s;
    QTest::newRow("a back quote in a name")
        << u"main.default.`x`` IS 'a'; DROP TABLE main.default.page_views; --`"_s << u"x"_s;
    QTest::newRow("a variable") << PageViews << u"${spark.x}"_s;
}

void TestGovernanceTools::commentsCannotLeaveTheirQuotes()
{
    QFETCH(QString, name);
    QFETCH(QString, comment);
    const Mcp::ToolResult result =
        bench->call(u"set_comment"_s,
                    about(u"table"_s, name, {{u"comment"_s, comment}, {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}}));
    const QJsonObject now = bench->call(u"get_table"_s, {{u"full_name"_s, PageViews}}).structuredContent();
    QCOMPARE(now.value("full_name"_L1).toString(), PageViews);
    if (!result.isError())
        QCOMPARE(now.value("comment"_L1).toString(), comment);
}

void TestGovernanceTools::namesNeedTheirParts()
{
    for (const QString &name :
         {u"page_views"_s, u"main.default.page_views.page"_s, u"main..page_views"_s, u"main.`default.page_views"_s}) {
        const Mcp::ToolResult result = bench->call(u"set_comment"_s, about(u"table"_s, name, {{u"comment"_s, u"x"_s}}));
        QVERIFY2(result.isError() && result.text().contains("has 3 parts"_L1), qPrintable(result.text()));
    }
    QCOMPARE(bench->requests(), QStringList());
}

void TestGovernanceTools::columnLineageShowsBothSides()
{
    const Mcp::ToolResult result = bench->call(
        u"get_column_lineage"_s, {{u"full_name"_s, u"Main.default.`sales_targets`"_s}, {u"column"_s, u"target"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonObject facts = result.structuredContent();
    QCOMPARE(facts.value("upstream"_L1)[0]["column"_L1].toString(), u"samples.tpch.orders.o_totalprice"_s);
    QVERIFY2(result.text().contains("samples.tpch.orders.o_totalprice | TABLE"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/lineage-tracking/column-lineage?"
                                            "table_name=main.default.sales_targets&column_name=target"_s});
    // A view's columns come from what its text reads.
    const Mcp::ToolResult amount = bench->call(
        u"get_column_lineage"_s, {{u"full_name"_s, u"finance.ledger.postings"_s}, {u"column"_s, u"amount"_s}});
    QCOMPARE(amount.structuredContent().value("downstream"_L1)[0]["column"_L1].toString(),
             u"finance.reporting.month_end.balance"_s);
}

void TestGovernanceTools::columnThatIsMissingIsSaid()
{
    const Mcp::ToolResult result = bench->call(
        u"get_column_lineage"_s, {{u"full_name"_s, u"main.default.sales_targets"_s}, {u"column"_s, u"targets"_s}});
    QVERIFY2(result.isError() && result.text().contains("Its columns: region, quarter, target"_L1),
             qPrintable(result.text()));
    const Mcp::ToolResult none =
        bench->call(u"get_column_lineage"_s, {{u"full_name"_s, u"main.default.nowhere"_s}, {u"column"_s, u"a"_s}});
    QVERIFY2(none.isError() && none.text().contains("does not exist"_L1), qPrintable(none.text()));
}

void TestGovernanceTools::tableWithoutLineageIsNoMissingOne()
{
    const Mcp::ToolResult result = bench->call(u"list_dependents"_s, {{u"full_name"_s, u"samples.tpch.region"_s}});
    QVERIFY2(!result.isError() && result.text().startsWith("None recorded: "_L1), qPrintable(result.text()));
    QVERIFY(bench->call(u"list_dependents"_s, {{u"full_name"_s, u"main.default.nowhere"_s}}).isError());
}

void TestGovernanceTools::dependentsNameTablesAndWhatReads()
{
    const QString dashboard = bench->control("GET", u"/api/2.0/lakeview/dashboards"_s)
                                  .value("dashboards"_L1)[0]["dashboard_id"_L1]
                                  .toString();
    const Mcp::ToolResult result =
        bench->call(u"list_dependents"_s, {{u"full_name"_s, u"main.default.sales_targets"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(
        result.structuredContent().value("dependents"_L1).toArray(),
        (QJsonArray{QJsonObject{{u"kind"_s, u"view"_s}, {u"name"_s, u"finance.reporting.month_end"_s}},
                    QJsonObject{{u"kind"_s, u"pipeline"_s},
                                {u"name"_s, u"finance_ledger_100%_checks"_s},
                                {u"id"_s, u"69cebad9-93a4-3397-6974-279163d41a5c"_s}},
                    QJsonObject{{u"kind"_s, u"dashboard"_s}, {u"name"_s, u"Sales overview"_s}, {u"id"_s, dashboard}}}));
    QVERIFY2(result.text().contains("recorded lineage only"_L1), qPrintable(result.text()));
}

void TestGovernanceTools::everyKindOfDependentIsNamedOnce()
{
    const QJsonObject job{{u"workspace_id"_s, 1}, {u"job_id"_s, qint64(576952145895090)}};
    const QJsonObject entry{
        {u"jobInfos"_s, QJsonArray{job, job}},
        {u"notebookInfos"_s, QJsonArray{QJsonObject{{u"workspace_id"_s, 1}, {u"notebook_id"_s, 77}}}},
        {u"dashboardV3Infos"_s, QJsonArray{QJsonObject{{u"workspace_id"_s, 1}, {u"dashboardV3_id"_s, u"ab"_s}}}},
        {u"queryInfos"_s, QJsonArray{QJsonObject{{u"workspace_id"_s, 1}, {u"query_id"_s, u"cd"_s}}}}};
    bench->fault({{u"path"_s, u"/api/2.0/lineage-tracking/table-lineage"_s},
                  {u"fault"_s, u"answer"_s},
                  {u"json"_s, QJsonObject{{u"downstreams"_s, QJsonArray{entry, entry}}}}});
    const Mcp::ToolResult result = bench->call(u"list_dependents"_s, {{u"full_name"_s, PageViews}});
    QStringList rows;
    for (const QJsonValue row : result.structuredContent().value("dependents"_L1).toArray())
        rows.append(row["kind"_L1].toString() + u' ' + row["id"_L1].toString());
    rows.sort();
    QCOMPARE(rows, (QStringList{u"dashboard ab"_s, u"job 576952145895090"_s, u"notebook 77"_s, u"query cd"_s}));
}

QTEST_GUILESS_MAIN(TestGovernanceTools)
#include "tst_governancetools.moc"
