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
    void anUnknownLevelGetsTheWordsOfTheApi();
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

void TestAccessTools::anUnknownLevelGetsTheWordsOfTheApi()
{
    const Mcp::ToolResult result = bench->call(
        u"update_permissions"_s, with({{u"group_name"_s, u"analysts"_s}, {u"permission_level"_s, u"CAN_FLY"_s}}));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("'CAN_FLY' is not a permission level"_L1), qPrintable(result.text()));
}

void TestAccessTools::tokensTellWhenTheyExpire()
{
    const Mcp::ToolResult result = bench->call(u"list_tokens"_s);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList{u"GET /api/2.0/token/list"_s});
    const QJsonArray tokens = result.structuredContent().value("tokens"_L1).toArray();
    QCOMPARE(tokens.at(0)["expiry"_L1].toString(), u"expires in 12 days"_s);
    QCOMPARE(tokens.at(2)["expiry"_L1].toString(), u"never expires"_s);
    QVERIFY(!tokens.at(2).toObject().contains("expiry_time"_L1));
    bench->fault({{u"path"_s, u"/api/2.0/token/list"_s}, {u"fault"_s, u"forbidden"_s}});
    QVERIFY(bench->call(u"list_tokens"_s).isError());
}

QTEST_GUILESS_MAIN(TestAccessTools)
#include "tst_accesstools.moc"
