#include "tools/toolbench.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString Base = u"GET /api/2.1/unity-catalog/"_s;
const QJsonObject InTpch{{u"catalog"_s, u"samples"_s}, {u"schema"_s, u"tpch"_s}};

QJsonObject named(const QString &fullName)
{
    return {{u"full_name"_s, fullName}};
}

QStringList column(const Mcp::ToolResult &result, const QString &rows, const QString &key)
{
    QStringList texts;
    for (const QJsonValue row : result.structuredContent().value(rows).toArray())
        texts.append(row[key].toString());
    return texts;
}

} // namespace

/// The tools of the toolsets unity_catalog and catalog_admin.
class TestCatalogTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { bench = std::make_unique<ToolBench>(); }
    void cleanup() { bench.reset(); }

    void listsCatalogsAndSchemas();
    void listsTablesBehindAnEmptyPage();
    void listsPageByPage();
    void listsVolumesWithTheirPath();
    void listsFunctionsWithTheirParameters();
    void whatIsMissingGetsTheWordsOfTheApi_data();
    void whatIsMissingGetsTheWordsOfTheApi();
    void getTableShowsColumnsAndConstraints();
    void getTableShowsAViewsTextFilterAndMask();
    void searchGoesOverTheCatalogs();
    void searchTakesUpWhereItStopped();
    void searchNamesCatalogsThatRefuse();
    void searchInOneCatalogFailsWithIt();
    void searchFindsColumns();
    void describesTablesWithTheirRows();
    void describesWithoutStartingAWarehouse();
    void lineageShowsBothSides();
    void lineageOfNoTableIsAnError();
    void lineageSaysThatItIsOff();
    void getsFunctionAndVolume();
    void listsGrantsDirectAndInherited();
    void listGrantsOfWhatIsMissingFails();
    void createsSchemaAndVolume();
    void sqlAndCatalogAreOneWorkspace();
    void createsNothingTwice();
    void externalVolumesNeedAPlace();
    void deletesTableAndVolume();
    void deleteSchemaWantsForceForAFullOne();
    void deletingIsForbiddenInAShare();
    void approvalNamesWhatIsDeleted();
    void aBadDayIsSaid();

private:
    std::unique_ptr<ToolBench> bench;
};

void TestCatalogTools::listsCatalogsAndSchemas()
{
    const Mcp::ToolResult catalogs = bench->call(u"list_catalogs"_s);
    QVERIFY2(!catalogs.isError(), qPrintable(catalogs.text()));
    QCOMPARE(column(catalogs, u"catalogs"_s, u"name"_s),
             (QStringList{u"finance"_s, u"logistics"_s, u"main"_s, u"samples"_s, u"system"_s}));
    QVERIFY2(catalogs.text().startsWith("Found 5 catalogs:"_L1), qPrintable(catalogs.text()));
    QCOMPARE(bench->requests(), QStringList{Base + "catalogs?max_results=0"_L1});

    const Mcp::ToolResult schemas = bench->call(u"list_schemas"_s, {{u"catalog"_s, u"samples"_s}});
    QVERIFY(column(schemas, u"schemas"_s, u"full_name"_s).contains(u"samples.nyctaxi"_s));
    QCOMPARE(bench->requests(), QStringList{Base + "schemas?max_results=0&catalog_name=samples"_L1});
}

void TestCatalogTools::listsTablesBehindAnEmptyPage()
{
    const Mcp::ToolResult result = bench->call(u"list_tables"_s, InTpch);
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(column(result, u"tables"_s, u"full_name"_s).contains(u"samples.tpch.orders"_s));
    const QStringList requests = bench->requests();
    const QString first = Base + "tables?max_results=0&catalog_name=samples&schema_name=tpch&omit_columns=true&"
                                 "omit_properties=true&omit_username=true"_L1;
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.first(), first);
    QVERIFY2(requests.last().startsWith(first + "&page_token="_L1), qPrintable(requests.last()));
}

void TestCatalogTools::listsPageByPage()
{
    QJsonObject arguments = InTpch;
    arguments.insert("limit"_L1, 2);
    arguments.insert("name_contains"_L1, u"N"_s);
    const Mcp::ToolResult all = bench->call(
        u"list_tables"_s, {{u"catalog"_s, u"samples"_s}, {u"schema"_s, u"tpch"_s}, {u"name_contains"_s, u"N"_s}});
    QStringList names;
    do {
        const Mcp::ToolResult result = bench->call(u"list_tables"_s, arguments);
        QVERIFY2(!result.isError(), qPrintable(result.text()));
        QCOMPARE(result.structuredContent().value("total"_L1), all.structuredContent().value("total"_L1));
        names += column(result, u"tables"_s, u"full_name"_s);
        arguments.insert("page_token"_L1, result.structuredContent().value("next_page_token"_L1));
    } while (!arguments.value("page_token"_L1).isUndefined());
    QVERIFY(names.size() >= 3);
    QCOMPARE(names, column(all, u"tables"_s, u"full_name"_s));
}

void TestCatalogTools::listsVolumesWithTheirPath()
{
    const Mcp::ToolResult result =
        bench->call(u"list_volumes"_s, {{u"catalog"_s, u"main"_s}, {u"schema"_s, u"default"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(column(result, u"volumes"_s, u"path"_s).contains(u"/Volumes/main/default/landing"_s));
    QCOMPARE(bench->requests().first(), Base + "volumes?max_results=0&catalog_name=main&schema_name=default"_L1);
}

void TestCatalogTools::listsFunctionsWithTheirParameters()
{
    const Mcp::ToolResult result =
        bench->call(u"list_functions"_s, {{u"catalog"_s, u"main"_s}, {u"schema"_s, u"default"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(column(result, u"functions"_s, u"parameters"_s)
                .contains(u"(revenue DECIMAL(18,2), cost DECIMAL(18,2) DEFAULT 0)"_s));
    QCOMPARE(bench->requests().first(), Base + "functions?max_results=0&catalog_name=main&schema_name=default"_L1);
}

void TestCatalogTools::whatIsMissingGetsTheWordsOfTheApi_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QJsonObject>("arguments");
    QTest::addColumn<QString>("words");
    const QJsonObject noSchema{{u"catalog"_s, u"main"_s}, {u"schema"_s, u"nothere"_s}};
    const QString schema = u"Schema 'main.nothere' does not exist"_s;
    QTest::newRow("schemas") << u"list_schemas"_s << QJsonObject{{u"catalog"_s, u"nothere"_s}}
                             << u"Catalog 'nothere' does not exist"_s;
    QTest::newRow("tables") << u"list_tables"_s << noSchema << schema;
    QTest::newRow("volumes") << u"list_volumes"_s << noSchema << schema;
    QTest::newRow("functions") << u"list_functions"_s << noSchema << schema;
    QTest::newRow("table") << u"get_table"_s << named(u"main.default.nothere"_s)
                           << u"Table 'main.default.nothere' does not exist"_s;
    QTest::newRow("function") << u"get_function"_s << named(u"main.default.nothere"_s)
                              << u"Function 'main.default.nothere' does not exist"_s;
    QTest::newRow("volume") << u"get_volume"_s << named(u"main.default.nothere"_s)
                            << u"Volume 'main.default.nothere' does not exist"_s;
    QTest::newRow("delete table") << u"delete_table"_s << named(u"main.default.nothere"_s)
                                  << u"Table 'main.default.nothere' does not exist"_s;
    QTest::newRow("delete volume") << u"delete_volume"_s << named(u"main.default.nothere"_s)
                                   << u"Volume 'main.default.nothere' does not exist"_s;
    QTest::newRow("delete schema") << u"delete_schema"_s << named(u"main.nothere"_s) << schema;
    QTest::newRow("create schema") << u"create_schema"_s
                                   << QJsonObject{{u"catalog"_s, u"nothere"_s}, {u"name"_s, u"new"_s}}
                                   << u"Catalog 'nothere' does not exist"_s;
}

void TestCatalogTools::whatIsMissingGetsTheWordsOfTheApi()
{
    QFETCH(QString, tool);
    QFETCH(QJsonObject, arguments);
    QFETCH(QString, words);
    const Mcp::ToolResult result = bench->call(tool, arguments);
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains(words), qPrintable(result.text()));
}

void TestCatalogTools::getTableShowsColumnsAndConstraints()
{
    const Mcp::ToolResult result = bench->call(u"get_table"_s, named(u"samples.tpch.orders"_s));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QString tags = Base + "entity-tag-assignments/tables/samples.tpch.orders/tags?max_results=0"_L1;
    QCOMPARE(bench->requests(), (QStringList{Base + "tables/samples.tpch.orders"_L1, tags}));
    const QJsonObject table = result.structuredContent();
    QCOMPARE(table.value("column_count"_L1).toInt(), 7);
    const QJsonObject key = table.value("columns"_L1).toArray().first().toObject();
    QCOMPARE(key.value("name"_L1).toString(), u"o_orderkey"_s);
    QCOMPARE(key.value("type"_L1).toString(), u"bigint"_s);
    QCOMPARE(key.value("nullable"_L1).toBool(true), false);
    QCOMPARE(table.value("constraints"_L1).toArray(),
             (QJsonArray{u"primary key (o_orderkey)"_s,
                         u"foreign key (o_custkey) references samples.tpch.customer (c_custkey)"_s}));
    QVERIFY2(result.text().contains("o_totalprice | decimal(18,2) | true"_L1), qPrintable(result.text()));

    const Mcp::ToolResult last =
        bench->call(u"get_table"_s, {{u"full_name"_s, u"samples.tpch.orders"_s}, {u"first_column"_s, 7}});
    QCOMPARE(column(last, u"columns"_s, u"name"_s), QStringList{u"o_clerk"_s});
    const Mcp::ToolResult beyond =
        bench->call(u"get_table"_s, {{u"full_name"_s, u"samples.tpch.orders"_s}, {u"first_column"_s, 8}});
    QVERIFY(beyond.isError());
}

void TestCatalogTools::getTableShowsAViewsTextFilterAndMask()
{
    const Mcp::ToolResult view = bench->call(u"get_table"_s, named(u"finance.reporting.month_end"_s));
    QCOMPARE(view.structuredContent().value("table_type"_L1).toString(), u"VIEW"_s);
    QVERIFY2(view.text().contains("FROM finance.ledger.postings\nGROUP BY"_L1), qPrintable(view.text()));

    const Mcp::ToolResult filtered = bench->call(u"get_table"_s, named(u"finance.ledger.postings"_s));
    QCOMPARE(filtered.structuredContent().value("row_filter"_L1).toString(), u"finance.ledger.own_region (region)"_s);
    QVERIFY2(filtered.text().contains("finance.ledger.mask_iban"_L1), qPrintable(filtered.text()));
    QVERIFY(filtered.text().contains("partition_index"_L1));
}

void TestCatalogTools::searchGoesOverTheCatalogs()
{
    const Mcp::ToolResult result = bench->call(u"search_tables"_s, {{u"pattern"_s, u"ORDERS"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(column(result, u"tables"_s, u"full_name"_s),
             (QStringList{u"logistics.shipments.orders"_s, u"samples.tpch.orders"_s}));
    QCOMPARE(result.structuredContent().value("total"_L1).toInt(), 2);
    const QStringList requests = bench->requests();
    QCOMPARE(requests.size(), 6);
    QCOMPARE(requests.at(0), Base + "catalogs?max_results=0"_L1);
    QCOMPARE(requests.at(1),
             Base + "table-summaries?max_results=0&catalog_name=finance&table_name_pattern=%ORDERS%"_L1);

    const Mcp::ToolResult one = bench->call(
        u"search_tables"_s, {{u"pattern"_s, u"p%s"_s}, {u"catalog"_s, u"main"_s}, {u"schema_pattern"_s, u"def%"_s}});
    QCOMPARE(column(one, u"tables"_s, u"full_name"_s), QStringList{u"main.default.page_views"_s});
    QCOMPARE(bench->requests(),
             QStringList{Base + "table-summaries?max_results=0&catalog_name=main&schema_name_pattern=def%&"
                                "table_name_pattern=p%s"_L1});
}

void TestCatalogTools::searchTakesUpWhereItStopped()
{
    const QStringList all =
        column(bench->call(u"search_tables"_s, {{u"pattern"_s, u"s"_s}}), u"tables"_s, u"full_name"_s);
    QVERIFY(all.size() > 6);
    QJsonObject arguments{{u"pattern"_s, u"s"_s}, {u"limit"_s, 2}};
    QStringList found;
    Mcp::ToolResult last;
    do {
        last = bench->call(u"search_tables"_s, arguments);
        QVERIFY2(!last.isError(), qPrintable(last.text()));
        found += column(last, u"tables"_s, u"full_name"_s);
        arguments.insert("page_token"_L1, last.structuredContent().value("next_page_token"_L1));
    } while (!arguments.value("page_token"_L1).isUndefined());
    QCOMPARE(found, all);
    QCOMPARE(last.structuredContent().value("total"_L1).toInt(), all.size());
    QVERIFY(last.structuredContent().contains("total"_L1));

    const Mcp::ToolResult wrong = bench->call(u"search_tables"_s, {{u"pattern"_s, u"s"_s}, {u"page_token"_s, u"?"_s}});
    QVERIFY(wrong.isError());
    QVERIFY2(wrong.text().contains("page_token"_L1), qPrintable(wrong.text()));
}

void TestCatalogTools::searchNamesCatalogsThatRefuse()
{
    bench->fault({{u"path"_s, u"/api/2.1/unity-catalog/table-summaries"_s}, {u"fault"_s, u"forbidden"_s}});
    const Mcp::ToolResult result = bench->call(u"search_tables"_s, {{u"pattern"_s, u"orders"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(result.structuredContent().value("catalogs_not_searched"_L1).toArray(), QJsonArray{u"finance"_s});
    QVERIFY2(result.text().contains("Not searched"_L1), qPrintable(result.text()));
}

void TestCatalogTools::searchInOneCatalogFailsWithIt()
{
    const Mcp::ToolResult result =
        bench->call(u"search_tables"_s, {{u"pattern"_s, u"orders"_s}, {u"catalog"_s, u"nothere"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Catalog 'nothere' does not exist"_L1), qPrintable(result.text()));
}

void TestCatalogTools::searchFindsColumns()
{
    const Mcp::ToolResult result = bench->call(u"search_tables"_s, {{u"column"_s, u"o_custkey"_s}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(column(result, u"tables"_s, u"full_name"_s).contains("samples.tpch.orders"_L1));
    QVERIFY2(result.text().contains("o_custkey bigint"_L1), qPrintable(result.text()));
    const Mcp::ToolResult named =
        bench->call(u"search_tables"_s, {{u"column"_s, u"o_custkey"_s}, {u"pattern"_s, u"orders"_s}});
    QCOMPARE(column(named, u"tables"_s, u"full_name"_s), QStringList{u"samples.tpch.orders"_s});
    for (const auto &like : {u"%_custkey"_s, u"O_%KEY"_s, u"%custkey%"_s}) {
        const Mcp::ToolResult found = bench->call(u"search_tables"_s, {{u"column"_s, like}});
        QVERIFY2(found.text().contains("samples.tpch.orders"_L1), qPrintable(like + found.text()));
    }
    QVERIFY(!bench->call(u"search_tables"_s, {{u"column"_s, u"%custke"_s}}).text().contains("samples.tpch.orders"_L1));
}

void TestCatalogTools::describesTablesWithTheirRows()
{
    const QJsonArray names{u"samples.tpch.orders"_s, u"samples.tpch.customer"_s, u"samples.tpch.nothing"_s};
    const Mcp::ToolResult result = bench->call(u"describe_tables"_s, {{u"tables"_s, names}, {u"sample_rows"_s, 2}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    const QJsonArray tables = result.structuredContent().value("tables"_L1).toArray();
    QCOMPARE(tables.size(), 3);
    QVERIFY(tables[0]["columns"_L1][0].toString().startsWith("o_orderkey bigint"_L1));
    QVERIFY(tables[0]["rows"_L1].toString().toInt() > 0);
    QCOMPARE(tables[0]["sample"_L1].toArray().size(), 3);
    QVERIFY(!tables[2]["problem"_L1].toString().isEmpty());
    QVERIFY2(result.text().contains("  o_orderkey bigint"_L1), qPrintable(result.text()));
}

void TestCatalogTools::describesWithoutStartingAWarehouse()
{
    bench->call(u"stop_warehouse"_s, {{u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}});
    QTRY_VERIFY(!bench->call(u"list_warehouses"_s).text().contains("| RUNNING"_L1));
    bench->requests();
    const QJsonArray names{u"samples.tpch.orders"_s};
    const Mcp::ToolResult result = bench->call(u"describe_tables"_s, {{u"tables"_s, names}});
    QVERIFY2(result.text().contains("not known: no SQL warehouse runs"_L1), qPrintable(result.text()));
    QVERIFY(bench->requests().filter(u"POST"_s).isEmpty());
}

void TestCatalogTools::lineageShowsBothSides()
{
    const Mcp::ToolResult result =
        bench->call(u"get_table_lineage"_s, {{u"full_name"_s, u"Main.default.sales_targets"_s}, {u"days"_s, 30}});
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QCOMPARE(column(result, u"upstream"_s, u"name"_s),
             (QStringList{u"samples.tpch.orders"_s, u"samples.tpch.nation"_s}));
    QCOMPARE(column(result, u"downstream"_s, u"name"_s), QStringList{u"finance.reporting.month_end"_s});
    const QString checks = u"finance.reporting.month_end | PIPELINE | finance_ledger_100%_checks | "
                           "69cebad9-93a4-3397-6974-279163d41a5c"_s;
    QVERIFY2(result.text().contains(checks), qPrintable(result.text()));
    QVERIFY2(result.text().contains("DASHBOARD_V3 | Sales overview | "_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("a person opens one at http"_L1) && result.text().contains("/#notebook/ID."_L1),
             qPrintable(result.text()));
    QVERIFY(column(result, u"downstream"_s, u"last_seen"_s).first().endsWith(" UTC"_L1));
    const QStringList submissions = bench->requests().filter(u"POST /api/2.0/sql/statements {"_s);
    QCOMPARE(submissions.size(), 1);
    const QString since = QDateTime::currentDateTimeUtc().addDays(-30).date().toString(Qt::ISODate);
    const QString parameters =
        u"\"parameters\":[{\"name\":\"table\",\"type\":\"STRING\",\"value\":"
        "\"main.default.sales_targets\"},{\"name\":\"since\",\"type\":\"DATE\",\"value\":\"%1\"}]"_s.arg(since);
    QVERIFY2(submissions.first().contains(parameters), qPrintable(submissions.first()));

    const Mcp::ToolResult files = bench->call(u"get_table_lineage"_s, named(u"main.default.page_views"_s));
    const QJsonArray upstream = files.structuredContent().value("upstream"_L1).toArray();
    QCOMPARE(upstream.size(), 1);
    QCOMPARE(upstream.first()["name"_L1].toString(), u"/Volumes/main/default/landing"_s);
    QCOMPARE(upstream.first()["events"_L1].toInt(), 2);
    QVERIFY2(files.text().contains("0 downstream, 1 that only read it."_L1), qPrintable(files.text()));
    QCOMPARE(column(files, u"readers"_s, u"entity_name"_s), QStringList{u"web_clickstream_live"_s});
    // A notebook's id leads a model nowhere; a person, somewhere.
    QVERIFY2(!files.text().contains("#notebook"_L1), qPrintable(files.text()));
}

void TestCatalogTools::lineageOfNoTableIsAnError()
{
    const Mcp::ToolResult none = bench->call(u"get_table_lineage"_s, named(u"main.default.nowhere"_s));
    QVERIFY2(none.isError() && none.text().contains("does not exist"_L1), qPrintable(none.text()));
    const Mcp::ToolResult empty = bench->call(u"get_table_lineage"_s, named(u"samples.tpch.region"_s));
    QVERIFY2(!empty.isError() && empty.text().contains("0 upstream"_L1), qPrintable(empty.text()));
}

void TestCatalogTools::lineageSaysThatItIsOff()
{
    bench->control("DELETE", u"/api/2.1/unity-catalog/metastores/primary/systemschemas/access"_s);
    const Mcp::ToolResult result = bench->call(u"get_table_lineage"_s, named(u"samples.tpch.orders"_s));
    QVERIFY(result.isError());
    QVERIFY2(result.text().startsWith("Lineage is off here"_L1), qPrintable(result.text()));
    QVERIFY2(result.text().contains("TABLE_OR_VIEW_NOT_FOUND"_L1), qPrintable(result.text()));
}

void TestCatalogTools::getsFunctionAndVolume()
{
    const Mcp::ToolResult function = bench->call(u"get_function"_s, named(u"logistics.shipments.geohash"_s));
    QVERIFY2(!function.isError(), qPrintable(function.text()));
    QCOMPARE(function.structuredContent().value("external_language"_L1).toString(), u"Python"_s);
    QVERIFY2(function.text().contains("import pygeohash\nreturn"_L1), qPrintable(function.text()));
    QCOMPARE(bench->requests(), QStringList{Base + "functions/logistics.shipments.geohash"_L1});

    const Mcp::ToolResult volume = bench->call(u"get_volume"_s, named(u"logistics.shipments.photos"_s));
    QCOMPARE(volume.structuredContent().value("volume_type"_L1).toString(), u"EXTERNAL"_s);
    QCOMPARE(bench->requests(), QStringList{Base + "volumes/logistics.shipments.photos"_L1});
}

void TestCatalogTools::listsGrantsDirectAndInherited()
{
    const QJsonObject table{{u"securable_type"_s, u"table"_s}, {u"full_name"_s, u"main.default.page_views"_s}};
    const Mcp::ToolResult direct = bench->call(u"list_grants"_s, table);
    QVERIFY2(!direct.isError(), qPrintable(direct.text()));
    QCOMPARE(column(direct, u"grants"_s, u"privileges"_s), QStringList{u"SELECT, MODIFY"_s});
    const QString owner = Base + "tables/main.default.page_views"_L1;
    QCOMPARE(bench->requests(),
             (QStringList{Base + "permissions/table/main.default.page_views?max_results=0"_L1, owner}));
    QVERIFY(direct.text().contains("owner: "_L1));

    QJsonObject inherited = table;
    inherited.insert("effective"_L1, true);
    inherited.insert("principal"_L1, u"analysts"_s);
    const Mcp::ToolResult effective = bench->call(u"list_grants"_s, inherited);
    QCOMPARE(column(effective, u"grants"_s, u"privileges"_s),
             QStringList{u"USE_SCHEMA (from schema main.default), SELECT (from schema main.default)"_s});
    const QString table0 = Base + "effective-permissions/table/main.default.page_views?max_results=0&principal="_L1;
    QCOMPARE(bench->requests(), (QStringList{table0 + "analysts"_L1, owner, table0 + "account users"_L1}));
    // What everybody has is not missing.
    QVERIFY2(!effective.text().contains("also needs"_L1), qPrintable(effective.text()));
}

void TestCatalogTools::listGrantsOfWhatIsMissingFails()
{
    const Mcp::ToolResult result =
        bench->call(u"list_grants"_s, {{u"securable_type"_s, u"schema"_s}, {u"full_name"_s, u"main.nothere"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("Schema 'main.nothere' does not exist"_L1), qPrintable(result.text()));
}

void TestCatalogTools::createsSchemaAndVolume()
{
    const Mcp::ToolResult schema = bench->call(
        u"create_schema"_s, {{u"catalog"_s, u"main"_s}, {u"name"_s, u"trial"_s}, {u"comment"_s, u"To try"_s}});
    QVERIFY2(!schema.isError(), qPrintable(schema.text()));
    QCOMPARE(schema.structuredContent().value("full_name"_L1).toString(), u"main.trial"_s);
    const Mcp::ToolResult volume = bench->call(
        u"create_volume"_s, {{u"catalog"_s, u"main"_s}, {u"schema"_s, u"trial"_s}, {u"name"_s, u"files"_s}});
    QVERIFY2(!volume.isError(), qPrintable(volume.text()));
    QCOMPARE(volume.structuredContent().value("path"_L1).toString(), u"/Volumes/main/trial/files"_s);
    const QString volumeBody =
        u"{\"catalog_name\":\"main\",\"name\":\"files\",\"schema_name\":\"trial\",\"volume_type\":\"MANAGED\"}"_s;
    QCOMPARE(bench->requests(), (QStringList{u"POST /api/2.1/unity-catalog/schemas "
                                             "{\"catalog_name\":\"main\",\"comment\":\"To try\",\"name\":\"trial\"}"_s,
                                             u"POST /api/2.1/unity-catalog/volumes "_s + volumeBody}));
    QVERIFY(!bench->call(u"get_volume"_s, named(u"main.trial.files"_s)).isError());
}

void TestCatalogTools::sqlAndCatalogAreOneWorkspace()
{
    const auto execute = [this](const QString &statement) {
        const Mcp::ToolResult result =
            bench->call(u"execute_sql"_s, {{u"statement"_s, statement}, {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}});
        return result.isError() ? result.text() : QString();
    };
    QVERIFY(!bench->call(u"create_schema"_s, {{u"catalog"_s, u"main"_s}, {u"name"_s, u"lab"_s}}).isError());
    QCOMPARE(execute(u"CREATE TABLE main.lab.fares AS SELECT pickup_zip, fare_amount FROM samples.nyctaxi.trips"_s),
             QString());
    const Mcp::ToolResult table = bench->call(u"get_table"_s, named(u"main.lab.fares"_s));
    QCOMPARE(column(table, u"columns"_s, u"name"_s), (QStringList{u"pickup_zip"_s, u"fare_amount"_s}));
    QCOMPARE(column(table, u"columns"_s, u"type"_s), (QStringList{u"int"_s, u"double"_s}));
    QCOMPARE(column(bench->call(u"search_tables"_s, {{u"pattern"_s, u"fares"_s}}), u"tables"_s, u"full_name"_s),
             QStringList{u"main.lab.fares"_s});
    QVERIFY(!bench->call(u"delete_table"_s, named(u"main.lab.fares"_s)).isError());
    QVERIFY(execute(u"SELECT * FROM main.lab.fares"_s).contains("TABLE_OR_VIEW_NOT_FOUND"_L1));
}

void TestCatalogTools::createsNothingTwice()
{
    const QJsonObject landing{{u"catalog"_s, u"main"_s}, {u"schema"_s, u"default"_s}, {u"name"_s, u"landing"_s}};
    const Mcp::ToolResult again = bench->call(u"create_volume"_s, landing);
    QVERIFY(again.isError());
    QVERIFY2(again.text().contains("Volume 'main.default.landing' already exists"_L1), qPrintable(again.text()));
    bench->requests();

    bench->fault({{u"path"_s, u"*"_s}, {u"method"_s, u"POST"_s}, {u"fault"_s, u"truncated"_s}, {u"times"_s, -1}});
    const Mcp::ToolResult lost = bench->call(u"create_schema"_s, {{u"catalog"_s, u"main"_s}, {u"name"_s, u"once"_s}});
    QVERIFY(lost.isError());
    QCOMPARE(bench->requests().size(), 1);
}

void TestCatalogTools::externalVolumesNeedAPlace()
{
    const Mcp::ToolResult result = bench->call(u"create_volume"_s, {{u"catalog"_s, u"main"_s},
                                                                    {u"schema"_s, u"default"_s},
                                                                    {u"name"_s, u"new"_s},
                                                                    {u"volume_type"_s, u"EXTERNAL"_s}});
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("storage_location"_L1), qPrintable(result.text()));
    QCOMPARE(bench->requests(), QStringList());
}

void TestCatalogTools::deletesTableAndVolume()
{
    const Mcp::ToolResult table = bench->call(u"delete_table"_s, named(u"logistics.shipments.orders"_s));
    QVERIFY2(!table.isError(), qPrintable(table.text()));
    const Mcp::ToolResult volume = bench->call(u"delete_volume"_s, named(u"main.default.exports"_s));
    QVERIFY2(!volume.isError(), qPrintable(volume.text()));
    QCOMPARE(bench->requests(), (QStringList{u"DELETE /api/2.1/unity-catalog/tables/logistics.shipments.orders"_s,
                                             u"DELETE /api/2.1/unity-catalog/volumes/main.default.exports"_s}));
    QVERIFY(bench->call(u"get_table"_s, named(u"logistics.shipments.orders"_s)).isError());
}

void TestCatalogTools::deleteSchemaWantsForceForAFullOne()
{
    const Mcp::ToolResult full = bench->call(u"delete_schema"_s, named(u"logistics.shipments"_s));
    QVERIFY(full.isError());
    QVERIFY2(full.text().contains("is not empty. The schema has 2 tables(s)"_L1), qPrintable(full.text()));
    QVERIFY2(full.text().contains("Nothing was deleted"_L1), qPrintable(full.text()));
    QCOMPARE(bench->requests(), QStringList{u"DELETE /api/2.1/unity-catalog/schemas/logistics.shipments"_s});

    const Mcp::ToolResult forced =
        bench->call(u"delete_schema"_s, {{u"full_name"_s, u"logistics.shipments"_s}, {u"force"_s, true}});
    QVERIFY2(!forced.isError(), qPrintable(forced.text()));
    QCOMPARE(bench->requests(), QStringList{u"DELETE /api/2.1/unity-catalog/schemas/logistics.shipments?force=true"_s});
    QVERIFY(bench->call(u"get_table"_s, named(u"logistics.shipments.stops"_s)).isError());
    QVERIFY(!bench->call(u"delete_schema"_s, named(u"logistics.sandbox"_s)).isError());
}

void TestCatalogTools::deletingIsForbiddenInAShare()
{
    const Mcp::ToolResult result = bench->call(u"delete_table"_s, named(u"samples.nyctaxi.trips"_s));
    QVERIFY(result.isError());
    QVERIFY2(result.text().contains("not an owner"_L1), qPrintable(result.text()));
}

void TestCatalogTools::approvalNamesWhatIsDeleted()
{
    bench->policy = ToolBench::rules(Calls::Decision::Ask, Calls::Decision::Ask);
    bench->reset();
    connect(&bench->log(), &Calls::CallLog::changed, bench.get(), [this](const Calls::Record &record) {
        if (record.outcome == Calls::Outcome::Waiting)
            bench->log().approvals().answer(record.id, Calls::ApprovalAnswer{});
    });
    QVERIFY(bench->call(u"delete_table"_s, named(u"logistics.shipments.stops"_s)).isError());
    QCOMPARE(bench->log().latest(1).first().target,
             u"EXTERNAL table logistics.shipments.stops, owned by data-platform"_s);
    QVERIFY(
        bench->call(u"delete_schema"_s, {{u"full_name"_s, u"logistics.shipments"_s}, {u"force"_s, true}}).isError());
    QVERIFY(bench->log().latest(1).first().target.endsWith("with everything in it"_L1));
    for (const QString &request : bench->requests())
        QVERIFY2(request.startsWith("GET "_L1), qPrintable(request));
}

void TestCatalogTools::aBadDayIsSaid()
{
    bench->fault({{u"path"_s, u"/api/2.1/unity-catalog/catalogs"_s}, {u"fault"_s, u"bad_json"_s}, {u"times"_s, -1}});
    QVERIFY(bench->call(u"list_catalogs"_s).isError());
    bench->fault({{u"path"_s, u"/api/2.1/unity-catalog/tables"_s}, {u"fault"_s, u"rate_limit"_s}});
    QVERIFY(!bench->call(u"list_tables"_s, InTpch).isError());
}

QTEST_GUILESS_MAIN(TestCatalogTools)
#include "tst_catalogtools.moc"
