#include "tools/everycall.h"
#include "tools/host/catalogue.h"
#include "tools/sql/sqlclassifier.h"
#include "tools/toolbench.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using Calls::Effect;

namespace {

/// Clients warn above 40 tools over all servers.
constexpr qsizetype MostOnByDefault = 36;
/// Cursor leaves out tools whose server and tool names together exceed 60 characters.
constexpr qsizetype LongestName = 40;

QString contents(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Every schema below this one, with where it stands.
void visit(const QJsonObject &schema, const QString &place,
           const std::function<void(const QJsonObject &, const QString &)> &visitor)
{
    visitor(schema, place);
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    for (auto property = properties.begin(); property != properties.end(); ++property)
        visit(property->toObject(), place + u'.' + property.key(), visitor);
    if (schema.contains("items"_L1))
        visit(schema.value("items"_L1).toObject(), place + "[]"_L1, visitor);
}

/// Whether a request changes nothing: it reads, or asks by POST.
bool onlyAsks(const QString &request)
{
    static const QRegularExpression asks(u"^(GET |POST /api/2.1/clusters/events |POST /api/2.0/genie/|"
                                         "POST /api/2.0/vector-search/indexes/[^/]+/query )"_s);
    static const QString submission = u"POST /api/2.0/sql/statements "_s;
    if (!request.startsWith(submission))
        return asks.match(request).hasMatch();
    const QJsonObject body = QJsonDocument::fromJson(request.mid(submission.size()).toUtf8()).object();
    return Tools::classify(body.value("statement"_L1).toString()) == Effect::Reads;
}

/// A call's requests with what differs from run to run left out; questions that are repeated until something is over
/// stand there once.
QStringList lasting(const QStringList &requests)
{
    static const std::array<std::pair<QRegularExpression, QString>, 4> changing{{
        {QRegularExpression(u"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"_s), u"<uuid>"_s},
        {QRegularExpression(u"\\b20\\d\\d-\\d\\d-\\d\\d\\b|\\b\\d{13}\\b"_s), u"<time>"_s},
        {QRegularExpression(u"\\?X-.*"_s), u"?<signature>"_s},
        {QRegularExpression(u"\\b\\d{4}-\\d{6}-sample\\d\\d\\b"_s), u"<cluster>"_s},
    }};
    QStringList lines;
    for (QString line : requests) {
        for (const auto &[pattern, word] : changing)
            line.replace(pattern, word);
        if (lines.isEmpty() || lines.last() != line)
            lines.append(line);
    }
    return lines;
}

} // namespace

/// What holds for every tool, whatever it does.
class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsWhole();
    void namesAreShortAndUnique();
    void notTooManyAreOnByDefault();
    void schemasArePlain();
    void everyToolHasATest();
    void everyToolHasACall();
    void everyCallSucceeds_data();
    void everyCallSucceeds();
    void schemasAreThoseOfTheSnapshot();
    void readOnlyChangesNothing_data();
    void readOnlyChangesNothing();
    void readOnlySqlOnlyReads_data();
    void readOnlySqlOnlyReads();

private:
    static QList<Tools::Tool> tools();
};

QList<Tools::Tool> TestCatalogue::tools()
{
    QList<Tools::Tool> all;
    for (const Tools::Toolset &toolset : Tools::toolsets())
        all += toolset.tools;
    return all;
}

void TestCatalogue::everyRowIsWhole()
{
    for (const Tools::Toolset &toolset : Tools::toolsets()) {
        QVERIFY2(!toolset.tools.isEmpty(), qPrintable(toolset.name));
        for (const Tools::Tool &tool : toolset.tools) {
            QCOMPARE(tool.toolset, toolset.name);
            QVERIFY2(!tool.title.isEmpty() && !tool.description.isEmpty(), qPrintable(tool.name));
            QVERIFY2(!tool.outputSchema.isEmpty(), qPrintable(tool.name));
            QVERIFY2(tool.run, qPrintable(tool.name));
            QVERIFY2(tool.effect != Effect::Reads || !tool.effectOf, qPrintable(tool.name));
        }
    }
}

void TestCatalogue::namesAreShortAndUnique()
{
    static const QRegularExpression form(u"^[a-z][a-z_]*$"_s);
    QSet<QString> names;
    for (const Tools::Tool &tool : tools()) {
        QVERIFY2(tool.name.size() <= LongestName && form.match(tool.name).hasMatch(), qPrintable(tool.name));
        QVERIFY2(!names.contains(tool.name), qPrintable(tool.name));
        names.insert(tool.name);
    }
}

void TestCatalogue::notTooManyAreOnByDefault()
{
    qsizetype on = 0;
    for (const Tools::Toolset &toolset : Tools::toolsets())
        on += toolset.onByDefault ? toolset.tools.size() : 0;
    QVERIFY2(on > 0 && on <= MostOnByDefault, qPrintable(QString::number(on)));
}

void TestCatalogue::schemasArePlain()
{
    static const QStringList unwanted{u"anyOf"_s, u"oneOf"_s, u"allOf"_s, u"not"_s, u"$ref"_s, u"if"_s};
    const auto check = [](const QJsonObject &schema, const QString &place) {
        QVERIFY2(schema.value("type"_L1).isString(), qPrintable(place));
        for (const QString &keyword : unwanted)
            QVERIFY2(!schema.contains(keyword), qPrintable(place));
        for (const QJsonValue value : schema.value("enum"_L1).toArray())
            QVERIFY2(value.isString(), qPrintable(place));
        // A cell of a query's result is a text or null: no one type.
        const bool isRowOfCells = place.endsWith(".rows[]"_L1);
        if (schema.value("type"_L1) == "array"_L1 && !isRowOfCells)
            QVERIFY2(schema.value("items"_L1).isObject(), qPrintable(place));
    };
    for (const Tools::Tool &tool : tools()) {
        visit(tool.inputSchema, tool.name + " input"_L1, check);
        visit(tool.outputSchema, tool.name + " output"_L1, check);
    }
}

void TestCatalogue::everyToolHasATest()
{
    QString sources;
    QDirIterator files(u"" TEST_SOURCE_DIR ""_s, {u"tst_*tools.cpp"_s});
    while (files.hasNext())
        sources += contents(files.next());
    QVERIFY(!sources.isEmpty());
    QStringList untested;
    for (const Tools::Tool &tool : tools()) {
        if (!sources.contains(u"\"%1\""_s.arg(tool.name)))
            untested.append(tool.name);
    }
    QVERIFY2(untested.isEmpty(), qPrintable(untested.join(", "_L1)));
}

void TestCatalogue::everyToolHasACall()
{
    QStringList called;
    for (const EveryCall &one : everyCall()) {
        QVERIFY2(!QJsonDocument::fromJson(one.json).isNull(), one.tool);
        if (called.isEmpty() || called.last() != QLatin1StringView(one.tool))
            called.append(QString::fromLatin1(one.tool));
    }
    QStringList names;
    for (const Tools::Tool &tool : tools())
        names.append(tool.name);
    QCOMPARE(called, names);
}

void TestCatalogue::everyCallSucceeds_data()
{
    QTest::addColumn<qsizetype>("row");
    for (qsizetype row = 0; row < everyCall().size(); ++row)
        QTest::addRow("%s %lld", everyCall().at(row).tool, qlonglong(row)) << row;
}

void TestCatalogue::everyCallSucceeds()
{
    QFETCH(qsizetype, row);
    const EveryCall &one = everyCall().at(row);
    ToolBench bench;
    const Mcp::ToolResult result = bench.call(QString::fromLatin1(one.tool), one.ready(bench));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(!result.structuredContent().isEmpty());
    const QString made = lasting(bench.requests()).join(u'\n');
    QVERIFY(!made.isEmpty());

    // Method, path, query and body of each request.
    const QString fileName = u"" TEST_SOURCE_DIR "/requests.json"_s;
    QJsonObject snapshot = QJsonDocument::fromJson(contents(fileName).toUtf8()).object();
    const QString key = u"%1 %2"_s.arg(int(row), 3, 10, QChar(u'0')).arg(QString::fromLatin1(one.tool));
    if (qEnvironmentVariableIsSet("BRICKTRAY_UPDATE")) {
        snapshot.insert(key, QJsonArray::fromStringList(made.split(u'\n')));
        QFile file(fileName);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(snapshot).toJson()) > 0);
    }
    QStringList expected;
    for (const QJsonValue line : snapshot.value(key).toArray())
        expected.append(line.toString());
    QCOMPARE(made, expected.join(u'\n'));
}

/// A change of a schema is a change for every client: it shall be seen in the diff. Run with BRICKTRAY_UPDATE=1 to
/// write the file anew.
void TestCatalogue::schemasAreThoseOfTheSnapshot()
{
    QJsonObject snapshot;
    for (const Tools::Tool &tool : tools())
        snapshot.insert(tool.name, QJsonObject{{u"input"_s, tool.inputSchema}, {u"output"_s, tool.outputSchema}});
    const QString text = QString::fromUtf8(QJsonDocument(snapshot).toJson());
    const QString fileName = u"" TEST_SOURCE_DIR "/schemas.json"_s;
    if (qEnvironmentVariableIsSet("BRICKTRAY_UPDATE")) {
        QFile file(fileName);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0);
    }
    QVERIFY2(contents(fileName) == text, "tests/tools/schemas.json differs from the tools; see BRICKTRAY_UPDATE");
}

void TestCatalogue::readOnlyChangesNothing_data()
{
    everyCallSucceeds_data();
}

void TestCatalogue::readOnlyChangesNothing()
{
    QFETCH(qsizetype, row);
    const EveryCall &one = everyCall().at(row);
    const QString name = QString::fromLatin1(one.tool);
    ToolBench bench;
    const QJsonObject arguments = one.ready(bench);
    bench.policy.readOnly = true;
    bench.reset();

    const Tools::Tool &tool = *Tools::findTool(name, Tools::resolveToolsets({u"all"_s}));
    const Effect mildest = tool.effectOf ? tool.leastEffect : tool.effect;
    QCOMPARE(bench.offered().contains(name), mildest == Effect::Reads);
    const bool reads = (tool.effectOf ? tool.effectOf(arguments) : tool.effect) == Effect::Reads;
    const Mcp::ToolResult result = bench.callUnoffered(name, arguments);
    const QStringList requests = bench.requests();
    QVERIFY2(result.isError() != reads, qPrintable(result.text()));
    if (!reads) {
        QVERIFY2(result.text().contains("read-only"_L1), qPrintable(result.text()));
        QCOMPARE(requests, QStringList());
        return;
    }
    QVERIFY(bench.description(name).annotations.readOnly);
    for (const QString &request : requests)
        QVERIFY2(onlyAsks(request), qPrintable(request));
}

void TestCatalogue::readOnlySqlOnlyReads_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<bool>("reads");
    for (const char *statement :
         {"SELECT 1", "/* DROP TABLE t */ SELECT 1", "WITH x AS (SELECT 1 AS a) SELECT a FROM x", "VALUES (1)",
          "SHOW CATALOGS", "DESCRIBE TABLE samples.tpch.orders", "EXPLAIN INSERT INTO main.default.t VALUES (1)"})
        QTest::newRow(statement) << QString::fromLatin1(statement) << true;
    for (const char *statement : {"INSERT INTO main.default.t VALUES (1)",
                                  "WITH x AS (SELECT 1) INSERT INTO main.default.t SELECT * FROM x",
                                  "FROM u INSERT INTO t SELECT *",
                                  "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET *",
                                  "UPDATE t SET a = 1",
                                  "/*c*/ DELETE FROM t",
                                  "-- c\nDELETE FROM t",
                                  "SELECT 1; DROP TABLE t",
                                  "COPY INTO t FROM '/Volumes/main/default/raw' FILEFORMAT = CSV",
                                  "CALL p()",
                                  "OPTIMIZE t",
                                  "VACUUM t",
                                  "SET x = 1",
                                  "USE CATALOG main",
                                  "CREATE TABLE main.default.t (a INT)",
                                  "ALTER TABLE t ADD COLUMN b INT",
                                  "TRUNCATE TABLE t",
                                  "GRANT SELECT ON TABLE t TO `users`",
                                  "REFRESH TABLE t",
                                  "EXPLAIN ANALYZE SELECT 1",
                                  "BEGIN INSERT INTO t VALUES (1); END",
                                  "EXECUTE IMMEDIATE 'DROP TABLE t'",
                                  "SELECT 1 /* open",
                                  ""})
        QTest::newRow(statement) << QString::fromLatin1(statement) << false;
}

void TestCatalogue::readOnlySqlOnlyReads()
{
    QFETCH(QString, statement);
    QFETCH(bool, reads);
    ToolBench bench;
    bench.policy.readOnly = true;
    bench.reset();
    const QJsonObject arguments{{u"statement"_s, statement}, {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s}};
    for (const QString &tool : {u"execute_sql"_s, u"export_query"_s}) {
        const Mcp::ToolResult result = bench.callUnoffered(tool, arguments);
        const QStringList requests = bench.requests();
        // An export writes a file, whatever its statement does.
        const bool runs = reads && tool == "execute_sql"_L1;
        QVERIFY2(runs == !requests.isEmpty(), qPrintable(tool + u'\n' + requests.join(u'\n')));
        QVERIFY2(result.text().contains("read-only"_L1) != runs, qPrintable(result.text()));
    }
}

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
