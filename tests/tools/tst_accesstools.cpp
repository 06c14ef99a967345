#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QJsonObject Warehouse{{u"object_type"_s, u"warehouses"_s}, {u"object_id"_s, u"8f3b2c1d90e47a65"_s}};
const QString Path = u"/api/2.0/permissions/warehouses/8f3b2c1d90e47a65"_s;

QJsonObject with(const QJsonObject &change)
{
    QJsonObject arguments = Warehouse;
    arguments.insert(u"changes"_s, QJsonArray{change});
    return arguments;
}

} // namespace

/// The tools of the toolset access.
class TestAccessTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void permissionsAreShown();
    void permissionsAreChanged();
    void aChangeNamesOnePrincipal();
    void aLevelIsTakenAway();
    void anUnknownLevelGetsTheWordsOfTheApi();
    void pathsAreTakenForIds();
    void typesAreTakenAsTheyAreSpelt_data();
    void typesAreTakenAsTheyAreSpelt();
    void unknownTypesNameThoseThereAre();
    void tablesHaveGrants();
    void groupsThatDoNotExistAreRefused();
    void thereIsOneOwnerWhoExists();
    void aSingleTokenHasNoPermissions();
    void tokensTellWhenTheyExpire();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestAccessTools::permissionsAreShown()
{
    const Mcp::ToolResult result = bench->call(u"get_permissions"_s, Warehouse);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{"GET "_L1 + Path});
    QCOMPARE(result.structuredContent().value("permissions"_L1).toArray().size(), 3);
    QVERIFY2(result.text().contains("users | group | CAN_VIEW | false"_L1), qPrintable(result.text()));
    bench->fault({{u"path"_s, Path}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"get_permissions"_s, Warehouse).isError());
}

void TestAccessTools::permissionsAreChanged()
{
    const Mcp::ToolResult result = bench->call(
        u"update_permissions"_s, with({{u"group_name"_s, u"analysts"_s}, {u"permission_level"_s, u"CAN_USE"_s}}));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"PATCH %1 {\"access_control_list\":[{\"group_name\":\"analysts\","
                                            "\"permission_level\":\"CAN_USE\"}]}"_s.arg(Path)});
    QVERIFY(result.text().contains("analysts | group | CAN_USE | false"_L1));
    QVERIFY(bench->call(u"get_permissions"_s, Warehouse).text().contains("analysts"_L1));
}

void TestAccessTools::aChangeNamesOnePrincipal()
{
    for (const QJsonObject &change :
         {QJsonObject{{u"permission_level"_s, u"CAN_USE"_s}},
          QJsonObject{{u"permission_level"_s, u"CAN_USE"_s}, {u"group_name"_s, u"a"_s}, {u"user_name"_s, u"b"_s}}}) {
        const Mcp::ToolResult result = bench->call(u"update_permissions"_s, with(change));
        QVERIFY(result.isError());
        QVERIFY2(result.text().contains("exactly one"_L1), qPrintable(result.text()));
    }
    QCOMPARE(bench->requests(), QStringList());
}

void TestAccessTools::aLevelIsTakenAway()
{
    bench->call(u"update_permissions"_s,
                with({{u"group_name"_s, u"analysts"_s}, {u"permission_level"_s, u"CAN_USE"_s}}));
    bench->requests();
    const Mcp::ToolResult result = bench->call(
        u"update_permissions"_s, with({{u"group_name"_s, u"Analysts"_s}, {u"permission_level"_s, u"NONE"_s}}));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.first(), u"GET "_s + Path);
    QVERIFY2(requests.last().startsWith(u"PUT "_s + Path), qPrintable(requests.last()));
    QVERIFY2(!result.text().contains("analysts"_L1), qPrintable(result.text()));
    // What others have stays, and what is inherited is not given anew.
    QVERIFY2(result.text().contains("IS_OWNER"_L1) && requests.last().contains("\"users\""_L1),
             qPrintable(requests.last()));
    QVERIFY2(!requests.last().contains("admins"_L1), qPrintable(requests.last()));
}

void TestAccessTools::anUnknownLevelGetsTheWordsOfTheApi()
{
    const Mcp::ToolResult result = bench->call(
        u"update_permissions"_s, with({{u"group_name"_s, u"analysts"_s}, {u"permission_level"_s, u"CAN_FLY"_s}}));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("'CAN_FLY' is not a permission level"_L1), qPrintable(result.text()));
}

void TestAccessTools::pathsAreTakenForIds()
{
    const Mcp::ToolResult shown = bench->call(
        u"get_permissions"_s, {{u"object_type"_s, u"notebook"_s}, {u"object_id"_s, u"/Shared/etl/load_orders"_s}});
    QVERIFY2(!shown.isError(), qPrintable(shown.text()));
    QVERIFY2(shown.text().contains("/Shared/etl/load_orders)"_L1), qPrintable(shown.text()));
    const QStringList requests = bench->requests();
    QCOMPARE(requests.first(), u"GET /api/2.0/workspace/get-status?path=/Shared/etl/load_orders"_s);
    QVERIFY2(requests.last().startsWith("GET /api/2.0/permissions/notebooks/"_L1), qPrintable(requests.last()));
    const QJsonObject change{{u"group_name"_s, u"analysts"_s}, {u"permission_level"_s, u"CAN_READ"_s}};
    const Mcp::ToolResult changed = bench->call(
        u"update_permissions"_s,
        {{u"object_type"_s, u"directories"_s}, {u"object_id"_s, u"/Shared/etl"_s}, {u"changes"_s, QJsonArray{change}}});
    QVERIFY2(!changed.isError(), qPrintable(changed.text()));
    QVERIFY(bench->requests().last().startsWith("PATCH /api/2.0/permissions/directories/"_L1));
}

void TestAccessTools::typesAreTakenAsTheyAreSpelt_data()
{
    QTest::addColumn<QString>("spelt");
    QTest::addColumn<QString>("type");
    QTest::newRow("the API's") << u"warehouses"_s << u"warehouses"_s;
    QTest::newRow("one") << u"job"_s << u"jobs"_s;
    QTest::newRow("one, with y") << u"Cluster Policy"_s << u"cluster-policies"_s;
    QTest::newRow("underscores") << u"serving_endpoint"_s << u"serving-endpoints"_s;
    QTest::newRow("another word") << u"SQL warehouse"_s << u"warehouses"_s;
    QTest::newRow("a dashboard") << u"dashboard"_s << u"dashboards"_s;
    QTest::newRow("a Genie space") << u"genie space"_s << u"genie"_s;
    QTest::newRow("alerts") << u"alerts"_s << u"alertsv2"_s;
}

void TestAccessTools::typesAreTakenAsTheyAreSpelt()
{
    QFETCH(QString, spelt);
    QFETCH(QString, type);
    bench->fault({{u"path"_s, u"/api/2.0/permissions/*"_s},
                  {u"fault"_s, u"answer"_s},
                  {u"json"_s, QJsonObject{{u"object_id"_s, u"/x/1"_s}}}});
    bench->call(u"get_permissions"_s, {{u"object_type"_s, spelt}, {u"object_id"_s, u"1"_s}});
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/permissions/%1/1"_s.arg(type)});
}

void TestAccessTools::unknownTypesNameThoseThereAre()
{
    const Mcp::ToolResult result =
        bench->call(u"get_permissions"_s, {{u"object_type"_s, u"spaceships"_s}, {u"object_id"_s, u"1"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("pipelines, queries, registered-models"_L1), qPrintable(result.text()));
    const Mcp::ToolResult near =
        bench->call(u"get_permissions"_s, {{u"object_type"_s, u"notbooks"_s}, {u"object_id"_s, u"1"_s}});
    QVERIFY2(near.text().contains("Did you mean notebooks?"_L1), qPrintable(near.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestAccessTools::tablesHaveGrants()
{
    const Mcp::ToolResult result =
        bench->call(u"get_permissions"_s, {{u"object_type"_s, u"table"_s}, {u"object_id"_s, u"a.b.c"_s}});
    QVERIFY2(result.isError() && result.text().contains("list_grants"_L1), qPrintable(result.text()));
}

void TestAccessTools::groupsThatDoNotExistAreRefused()
{
    const Mcp::ToolResult result = bench->call(
        u"update_permissions"_s, with({{u"group_name"_s, u"nobodies"_s}, {u"permission_level"_s, u"CAN_USE"_s}}));
    QVERIFY2(result.isError() && result.text().contains("GroupName(nobodies) does not exist"_L1),
             qPrintable(result.text()));
    const QJsonArray dashboards =
        bench->call(u"list_dashboards"_s).structuredContent().value("dashboards"_L1).toArray();
    const Mcp::ToolResult dashboard =
        bench->call(u"get_permissions"_s,
                    {{u"object_type"_s, u"dashboards"_s}, {u"object_id"_s, dashboards.first()["dashboard_id"_L1]}});
    QVERIFY2(dashboard.text().contains("CAN_MANAGE"_L1), qPrintable(dashboard.text()));
}

void TestAccessTools::thereIsOneOwnerWhoExists()
{
    const QJsonObject job{{u"object_type"_s, u"warehouses"_s}, {u"object_id"_s, Warehouse.value("object_id"_L1)}};
    const auto owner = [&job](const QString &user) {
        QJsonObject arguments = job;
        arguments.insert(u"changes"_s,
                         QJsonArray{QJsonObject{{u"user_name"_s, user}, {u"permission_level"_s, u"IS_OWNER"_s}}});
        return arguments;
    };
    const Mcp::ToolResult changed = bench->call(u"update_permissions"_s, owner(u"tom.whitaker@example.com"_s));
    QVERIFY2(changed.text().contains("had IS_OWNER and has nothing of its own now"_L1), qPrintable(changed.text()));
    QCOMPARE(changed.text().count("| IS_OWNER |"_L1), 1);
    const Mcp::ToolResult ghost = bench->call(u"update_permissions"_s, owner(u"nobody.here@example.com"_s));
    QVERIFY2(ghost.isError() && ghost.text().contains("does not exist"_L1) && ghost.text().contains("scim/v2/Users"_L1),
             qPrintable(ghost.text()));
}

void TestAccessTools::aSingleTokenHasNoPermissions()
{
    const Mcp::ToolResult one =
        bench->call(u"get_permissions"_s, {{u"object_type"_s, u"token"_s}, {u"object_id"_s, u"5c9e1f"_s}});
    QVERIFY2(one.isError() && one.text().contains("object_id \"tokens\""_L1), qPrintable(one.text()));
    QCOMPARE(bench->requests(), QStringList());
    const Mcp::ToolResult all =
        bench->call(u"get_permissions"_s, {{u"object_type"_s, u"token"_s}, {u"object_id"_s, u"tokens"_s}});
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/permissions/authorization/tokens"_s});
}

void TestAccessTools::tokensTellWhenTheyExpire()
{
    const Mcp::ToolResult result = bench->call(u"list_tokens"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/token/list"_s});
    const QJsonArray tokens = result.structuredContent().value("tokens"_L1).toArray();
    const QString day = tokens.at(0)["expiry_time"_L1].toString().left(10);
    QCOMPARE(tokens.at(0)["expiry"_L1].toString(), u"expires in 12 days, %1 UTC"_s.arg(day));
    QVERIFY2(result.text().contains(day), qPrintable(result.text()));
    QCOMPARE(tokens.at(2)["expiry"_L1].toString(), u"never expires"_s);
    QVERIFY(!tokens.at(2).toObject().contains("expiry_time"_L1));
    bench->fault({{u"path"_s, u"/api/2.0/token/list"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"list_tokens"_s).isError());
}

QTEST_GUILESS_MAIN(TestAccessTools)
#include "tst_accesstools.moc"
