#include "workspaceclient.h"

#include "sample/controls/testcontrols.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Base = u"/api/2.1/unity-catalog/"_s;
const QString Statements = u"/api/2.0/sql/statements"_s;

QJsonObject statement(const QString &sql, const QString &wait)
{
    return {{u"statement"_s, sql}, {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}, {u"wait_timeout"_s, wait}};
}

/// Names, types and places of columns as get table or a statement's manifest has them.
QString described(const QJsonValue &columns)
{
    QStringList all;
    for (const QJsonValue column : columns.toArray()) {
        all.append(QStringList{column["name"_L1].toString(), column["type_text"_L1].toString().toUpper(),
                               column["type_name"_L1].toString(), QString::number(column["position"_L1].toInt())}
                       .join(u' '));
    }
    return all.join(", "_L1);
}

} // namespace

/// Unity Catalog and SQL are one workspace: what the one makes or drops, the other has or has not.
class TestSampleCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyTableIsQueriedAsItIsDescribed();
    void sqlMakesTables();
    void sqlChangesTables();
    void sqlMakesViews();
    void sqlMakesAndDropsSchemas();
    void restChangesWhatSqlSees();
    void aDroppedTableTakesItsRowsAlong();
    void namesKnowNoCase();
    void queuedStatementsSeeTheOnesBefore();
    void twentyThousandTables();

private:
    QJsonObject run(const QString &sql) { return client->post(Statements, statement(sql, u"30s"_s)).json(); }
    /// The cells, row by row, or why it failed.
    QString sql(const QString &text)
    {
        const QJsonObject answer = run(text);
        if (answer.value("status"_L1)["state"_L1] != "SUCCEEDED"_L1)
            return answer.value("status"_L1)["error"_L1]["message"_L1].toString();
        QStringList rows;
        for (const QJsonValue row : answer.value("result"_L1)["data_array"_L1].toArray()) {
            QStringList cells;
            for (const QJsonValue cell : row.toArray())
                cells.append(cell.isNull() ? u"null"_s : cell.toString());
            rows.append(cells.join(u'|'));
        }
        return rows.join(u';');
    }
    QJsonObject table(const QString &name) { return client->get(Base + u"tables/"_s + name).json(); }
    /// The names in a listing, page by page.
    QStringList listed(const QString &family, const QString &key, const QString &nameKey, const QUrlQuery &filter)
    {
        QStringList names;
        QUrlQuery query = filter;
        while (true) {
            const QJsonObject page = client->get(Base + family, query).json();
            for (const QJsonValue item : page.value(key).toArray())
                names.append(item[nameKey].toString());
            const QString token = page.value("next_page_token"_L1).toString();
            if (token.isEmpty())
                return names;
            query = filter;
            query.addQueryItem(u"page_token"_s, token);
        }
    }
    QStringList tables(const QString &catalog, const QString &schema)
    {
        return listed(u"tables"_s, u"tables"_s, u"full_name"_s,
                      {{u"catalog_name"_s, catalog}, {u"schema_name"_s, schema}});
    }

    std::unique_ptr<Sample::SampleWorkspace> sample;
    std::unique_ptr<WorkspaceClient> client;
};

void TestSampleCatalog::init()
{
    sample = std::make_unique<Sample::SampleWorkspace>("token", Sample::Tempo{100ms, 100ms, 100ms},
                                                       std::make_unique<Sample::TestControls>());
    QVERIFY(sample->listen());
    client = std::make_unique<WorkspaceClient>(sample->url(), "Bearer token");
}

void TestSampleCatalog::cleanup()
{
    client.reset();
    sample.reset();
}

void TestSampleCatalog::everyTableIsQueriedAsItIsDescribed()
{
    int seen = 0;
    const QStringList catalogs = listed(u"catalogs"_s, u"catalogs"_s, u"name"_s, {});
    QCOMPARE(sql(u"SHOW CATALOGS"_s), catalogs.join(u';'));
    for (const QString &catalog : catalogs) {
        const QStringList schemas = listed(u"schemas"_s, u"schemas"_s, u"name"_s, {{u"catalog_name"_s, catalog}});
        QCOMPARE(sql(u"SHOW SCHEMAS IN "_s + catalog), schemas.join(u';'));
        for (const QString &schema : schemas) {
            QStringList shown;
            for (const QString &name : tables(catalog, schema)) {
                shown.append(schema + u'|' + name.section(u'.', 2) + u"|false"_s);
                const QJsonObject answer = run(u"SELECT * FROM %1 LIMIT 1"_s.arg(name));
                QVERIFY2(answer.value("result"_L1)["row_count"_L1].toInt() == 1, qPrintable(name));
                QCOMPARE(described(answer.value("manifest"_L1)["schema"_L1]["columns"_L1]),
                         described(table(name).value("columns"_L1)));
                ++seen;
            }
            QCOMPARE(sql(u"SHOW TABLES IN %1.%2"_s.arg(catalog, schema)), shown.join(u';'));
        }
    }
    QVERIFY(seen > 10);
}

void TestSampleCatalog::sqlMakesTables()
{
    QCOMPARE(
        sql(u"CREATE TABLE main.default.notes (id BIGINT NOT NULL COMMENT 'Key', body STRING, price DECIMAL(10,2), "
            "tags ARRAY<STRING>) COMMENT 'Mine' TBLPROPERTIES ('team.name' = 'lab')"_s),
        QString());
    const QJsonObject notes = table(u"main.default.notes"_s);
    QCOMPARE(described(notes.value("columns"_L1)),
             u"id BIGINT LONG 0, body STRING STRING 1, price DECIMAL(10,2) DECIMAL 2, tags ARRAY<STRING> ARRAY 3"_s);
    QCOMPARE(notes.value("comment"_L1).toString(), u"Mine"_s);
    QCOMPARE(notes.value("owner"_L1).toString(), u"maria.santos@example.com"_s);
    QCOMPARE(notes.value("properties"_L1)["team.name"_L1].toString(), u"lab"_s);
    QVERIFY(tables(u"main"_s, u"default"_s).contains(u"main.default.notes"_s));
    QVERIFY(client->get(Base + u"tables/main.default.notes/exists"_s).json().value("table_exists"_L1).toBool());
    const QUrlQuery search{{u"catalog_name"_s, u"main"_s}, {u"table_name_pattern"_s, u"note%"_s}};
    QCOMPARE(listed(u"table-summaries"_s, u"tables"_s, u"full_name"_s, search), QStringList{u"main.default.notes"_s});

    QCOMPARE(sql(u"CREATE OR REPLACE TABLE notes AS SELECT r_regionkey AS id, r_name, CAST(1 AS INT) AS one, "
                 "current_date() AS day FROM samples.tpch.region"_s),
             QString());
    QCOMPARE(described(table(u"main.default.notes"_s).value("columns"_L1)),
             u"id BIGINT LONG 0, r_name STRING STRING 1, one INT INT 2, day DATE DATE 3"_s);
    QCOMPARE(sql(u"SELECT count(*), max(one) FROM notes"_s), u"5|1"_s);
    QCOMPARE(sql(u"CREATE TABLE copy LIKE notes"_s), QString());
    QCOMPARE(sql(u"SELECT count(*) FROM copy"_s), u"0"_s);
    QVERIFY(sql(u"CREATE TABLE failed AS SELECT nothing FROM copy"_s).startsWith("[UNRESOLVED_COLUMN"_L1));
    QCOMPARE(client->get(Base + u"tables/main.default.failed"_s).status, 404);
    QCOMPARE(sql(u"DROP TABLE notes"_s), QString());
    QCOMPARE(client->get(Base + u"tables/main.default.notes"_s).status, 404);
}

void TestSampleCatalog::sqlChangesTables()
{
    const QString start = u"ALTER TABLE main.default.sales_targets "_s;
    for (const auto change :
         {"ADD COLUMNS (note STRING COMMENT 'Why', seen BOOLEAN)", "RENAME COLUMN target TO goal", "DROP COLUMN seen",
          "ALTER COLUMN goal COMMENT 'To reach'", "SET TBLPROPERTIES ('a' = 'b')",
          "OWNER TO `maria.santos@example.com`", "RENAME TO goals"})
        QCOMPARE(sql(start + QString::fromLatin1(change)), QString());
    QCOMPARE(sql(u"COMMENT ON TABLE goals IS 'New words'"_s), QString());
    const QJsonObject goals = table(u"main.default.goals"_s);
    QCOMPARE(described(goals.value("columns"_L1)),
             u"region STRING STRING 0, quarter STRING STRING 1, goal DECIMAL(18,2) DECIMAL 2, note STRING STRING 3"_s);
    QCOMPARE(goals.value("columns"_L1)[2]["comment"_L1].toString(), u"To reach"_s);
    QCOMPARE(goals.value("comment"_L1).toString(), u"New words"_s);
    QCOMPARE(goals.value("owner"_L1).toString(), u"maria.santos@example.com"_s);
    QCOMPARE(goals.value("properties"_L1)["a"_L1].toString(), u"b"_s);
    QCOMPARE(sql(u"SELECT count(*), count(goal), count(note) FROM goals"_s), u"20|20|0"_s);
    QVERIFY(sql(u"SELECT * FROM sales_targets"_s).startsWith("[TABLE_OR_VIEW_NOT_FOUND]"_L1));
    QCOMPARE(sql(u"COMMENT ON SCHEMA main.default IS 'Home'"_s), QString());
    QCOMPARE(client->get(Base + u"schemas/main.default"_s).text("comment"_L1), u"Home"_s);
}

void TestSampleCatalog::sqlMakesViews()
{
    QCOMPARE(sql(u"CREATE VIEW asia (name COMMENT 'In capitals', key) AS SELECT n_name, n_nationkey\nFROM "
                 "samples.tpch.nation WHERE n_regionkey = 2;"_s),
             QString());
    const QJsonObject view = table(u"main.default.asia"_s);
    QCOMPARE(view.value("table_type"_L1).toString(), u"VIEW"_s);
    QCOMPARE(view.value("view_definition"_L1).toString(),
             u"SELECT n_name, n_nationkey\nFROM samples.tpch.nation WHERE n_regionkey = 2"_s);
    QVERIFY(!view.contains("storage_location"_L1));
    QCOMPARE(described(view.value("columns"_L1)), u"name STRING STRING 0, key BIGINT LONG 1"_s);
    QCOMPARE(sql(u"SELECT a.name FROM asia a ORDER BY key LIMIT 1"_s), u"CHINA"_s);
    QCOMPARE(sql(u"CREATE VIEW main.default.one AS SELECT name FROM asia LIMIT 1"_s), QString());
    QCOMPARE(sql(u"SELECT * FROM one"_s), u"CHINA"_s);
    QVERIFY(sql(u"CREATE OR REPLACE VIEW asia AS SELECT * FROM asia"_s).startsWith("[TABLE_OR_VIEW_NOT_FOUND]"_L1));
    QCOMPARE(sql(u"DROP VIEW asia"_s), QString());
    QVERIFY(sql(u"SELECT * FROM one"_s).startsWith("[TABLE_OR_VIEW_NOT_FOUND]"_L1));
}

void TestSampleCatalog::sqlMakesAndDropsSchemas()
{
    QCOMPARE(sql(u"CREATE SCHEMA IF NOT EXISTS main.lab COMMENT 'To try'"_s), QString());
    QCOMPARE(client->get(Base + u"schemas/main.lab"_s).text("comment"_L1), u"To try"_s);
    QCOMPARE(sql(u"CREATE TABLE main.lab.t (a INT)"_s), QString());
    QCOMPARE(client->get(Base + u"tables/main.lab.t"_s).status, 200);
    QVERIFY(sql(u"DROP SCHEMA main.lab"_s).startsWith("[SCHEMA_NOT_EMPTY]"_L1));
    QCOMPARE(sql(u"DROP SCHEMA main.lab CASCADE"_s), QString());
    QCOMPARE(client->get(Base + u"schemas/main.lab"_s).status, 404);
    QCOMPARE(client->get(Base + u"tables/main.lab.t"_s).status, 404);
}

void TestSampleCatalog::restChangesWhatSqlSees()
{
    client->post(Base + u"schemas"_s, QJsonObject{{u"catalog_name"_s, u"main"_s}, {u"name"_s, u"lab"_s}});
    QCOMPARE(sql(u"SHOW SCHEMAS IN main"_s), u"default;lab;marketing;tools"_s);
    const QJsonObject volume{{u"catalog_name"_s, u"main"_s},
                             {u"schema_name"_s, u"lab"_s},
                             {u"name"_s, u"files"_s},
                             {u"volume_type"_s, u"MANAGED"_s}};
    client->post(Base + u"volumes"_s, volume);
    QCOMPARE(sql(u"SHOW VOLUMES IN main.lab"_s), u"lab|files"_s);
    QCOMPARE(sql(u"CREATE TABLE main.lab.t AS SELECT 1 AS a"_s), QString());
    QCOMPARE(client->remove(Base + u"tables/main.lab.t"_s).status, 200);
    QVERIFY(sql(u"SELECT * FROM main.lab.t"_s).endsWith("SQLSTATE: 42P01"_L1));
    QCOMPARE(sql(u"SHOW TABLES IN main.lab"_s), QString());
    QCOMPARE(client->send("DELETE", Base + u"schemas/main.lab"_s, {{u"force"_s, u"true"_s}}, {}).status, 200);
    QVERIFY(sql(u"CREATE TABLE main.lab.t (a INT)"_s).startsWith("[SCHEMA_NOT_FOUND]"_L1));
}

void TestSampleCatalog::aDroppedTableTakesItsRowsAlong()
{
    QCOMPARE(sql(u"SELECT count(*) FROM main.default.page_views"_s), u"700"_s);
    QCOMPARE(client->remove(Base + u"tables/main.default.page_views"_s).status, 200);
    QCOMPARE(sql(u"CREATE TABLE main.default.page_views (a INT)"_s), QString());
    QCOMPARE(sql(u"SELECT count(*) FROM main.default.page_views"_s), u"0"_s);
}

void TestSampleCatalog::namesKnowNoCase()
{
    client->post(Base + u"schemas"_s, QJsonObject{{u"catalog_name"_s, u"main"_s}, {u"name"_s, u"Lab"_s}});
    QCOMPARE(sql(u"CREATE TABLE MAIN.LAB.T (Id INT)"_s), QString());
    QCOMPARE(described(table(u"main.Lab.t"_s).value("columns"_L1)), u"Id INT INT 0"_s);
}

void TestSampleCatalog::queuedStatementsSeeTheOnesBefore()
{
    client->post(Statements, statement(u"SELECT count(*) FROM range(300000)"_s, u"0s"_s));
    client->post(Statements, statement(u"CREATE TABLE main.default.queue AS SELECT 1 AS a"_s, u"0s"_s));
    QCOMPARE(sql(u"SELECT a FROM main.default.queue"_s), u"1"_s);
}

void TestSampleCatalog::twentyThousandTables()
{
    QCOMPARE(client->post(u"/sample/scale"_s, QJsonObject{{u"tables"_s, 20'000}}).status, 200);
    const QUrlQuery large{{u"catalog_name"_s, u"main"_s}, {u"schema_name"_s, u"large"_s}, {u"max_results"_s, u"0"_s}};
    const QJsonObject hesitant = client->get(Base + u"tables"_s, large).json();
    QVERIFY(hesitant.value("tables"_L1).toArray().isEmpty() && hesitant.contains("next_page_token"_L1));
    const QUrlQuery search{{u"catalog_name"_s, u"main"_s}, {u"schema_name_pattern"_s, u"large"_s}};
    const QJsonObject first = client->get(Base + u"table-summaries"_s, search).json();
    QCOMPARE(first.value("tables"_L1).toArray().size(), 10'000);
    const QStringList names = listed(u"table-summaries"_s, u"tables"_s, u"full_name"_s, search);
    QVERIFY(names.size() > 19'900);
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    QCOMPARE(sql(u"SELECT count(*) > 0 FROM "_s + names.last()), u"true"_s);
}

QTEST_GUILESS_MAIN(TestSampleCatalog)
#include "tst_samplecatalog.moc"
