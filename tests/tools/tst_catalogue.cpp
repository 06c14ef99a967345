#include "tools/everycall.h"
#include "tools/host/catalogue.h"
#include "tools/sql/grammar/sqlclassifier.h"
#include "tools/toolbench.h"

#include <QDir>
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
constexpr qsizetype MostOnByDefault = 40;
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
    static const QRegularExpression asks(
        u"^(GET |POST /api/2.1/clusters/events |POST /api/2.0/genie/|"
        "POST /api/2.0/vector-search/indexes/[^/]+/query |POST /api/2.0/mlflow/runs/search )"_s);
    static const QString submission = u"POST /api/2.0/sql/statements "_s;
    if (!request.startsWith(submission))
        return asks.match(request).hasMatch();
    const QJsonObject body = QJsonDocument::fromJson(request.mid(submission.size()).toUtf8()).object();
    return Tools::sqlDeed(body.value("statement"_L1).toString()).reads();
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

/// What is kept of a tool: its schemas, and the requests of each of its calls in everyCall(). A change of a schema is a
/// change for every client, and shall be seen in the diff. tests/tools/update writes them anew.
class Snapshot
{
public:
    static QDir folder() { return QDir(u"" TEST_SOURCE_DIR "/snapshots"_s); }
    static bool isUpdated() { return qEnvironmentVariableIsSet("BRICKTRAY_UPDATE_SNAPSHOTS"); }

    explicit Snapshot(const QString &tool)
        : m_fileName(folder().filePath(tool + ".json"_L1))
        , m_kept(QJsonDocument::fromJson(contents(m_fileName).toUtf8()).object())
    {}

    /// Compares what is with what was kept under this key, or keeps it.
    bool agrees(const QString &key, const QJsonValue &is)
    {
        if (!isUpdated() || m_kept.value(key) == is)
            return m_kept.value(key) == is;
        m_kept.insert(key, is);
        QFile file(m_fileName);
        return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(m_kept).toJson()) > 0;
    }
    QJsonValue kept(const QString &key) const { return m_kept.value(key); }

private:
    QString m_fileName;
    QJsonObject m_kept;
};

/// The calls of a tool.
QList<const EveryCall *> callsOf(const QString &tool)
{
    QList<const EveryCall *> calls;
    for (const EveryCall &one : everyCall()) {
        if (tool == QLatin1StringView(one.tool))
            calls.append(&one);
    }
    return calls;
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
    void schemasAreThoseOfTheSnapshots();
    void everySnapshotIsOfATool();
    void readmeHasTheTable();
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
        QVERIFY2(!Tools::toolsOf({toolset.name}).isEmpty(), qPrintable(toolset.name));
        for (const Tools::Tool &tool : toolset.tools) {
            QVERIFY2(!tool.title.isEmpty() && !tool.description.isEmpty(), qPrintable(tool.name));
            QVERIFY2(!tool.outputSchema.isEmpty(), qPrintable(tool.name));
            QVERIFY2(tool.run, qPrintable(tool.name));
            QVERIFY2(tool.effects || !tool.effectsOf, qPrintable(tool.name));
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
    const qsizetype on = Tools::toolsOf(Tools::resolveToolsets({})).size();
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
    QTest::addColumn<const EveryCall *>("one");
    QTest::addColumn<qsizetype>("number");
    for (const Tools::Tool &tool : tools()) {
        const QList<const EveryCall *> calls = callsOf(tool.name);
        for (qsizetype number = 0; number < calls.size(); ++number)
            QTest::addRow("%s %lld", qPrintable(tool.name), qlonglong(number)) << calls.at(number) << number;
    }
}

void TestCatalogue::everyCallSucceeds()
{
    QFETCH(const EveryCall *, one);
    QFETCH(qsizetype, number);
    const QString tool = QString::fromLatin1(one->tool);
    ToolBench bench;
    const Mcp::ToolResult result = bench.call(tool, one->ready(bench));
    QVERIFY2(!result.isError(), qPrintable(result.text()));
    QVERIFY(!result.structuredContent().isEmpty());
    // Method, path, query and body of each request.
    const QStringList made = lasting(bench.requests());
    QVERIFY(!made.isEmpty());

    Snapshot snapshot(tool);
    const QString key = u"requests of call %1"_s.arg(number);
    QStringList kept;
    for (const QJsonValue line : snapshot.kept(key).toArray())
        kept.append(line.toString());
    if (!snapshot.agrees(key, QJsonArray::fromStringList(made)))
        QCOMPARE(made.join(u'\n'), kept.join(u'\n'));
}

void TestCatalogue::schemasAreThoseOfTheSnapshots()
{
    for (const Tools::Tool &tool : tools()) {
        Snapshot snapshot(tool.name);
        QVERIFY2(snapshot.agrees(u"input"_s, tool.inputSchema), qPrintable(tool.name));
        QVERIFY2(snapshot.agrees(u"output"_s, tool.outputSchema), qPrintable(tool.name));
    }
}

void TestCatalogue::everySnapshotIsOfATool()
{
    QStringList names;
    for (const Tools::Tool &tool : tools())
        names.append(tool.name + ".json"_L1);
    QDir folder = Snapshot::folder();
    for (const QString &file : folder.entryList({u"*.json"_s}, QDir::Files)) {
        if (!names.contains(file) && Snapshot::isUpdated())
            folder.remove(file);
        else
            QVERIFY2(names.contains(file), qPrintable(file));
    }
    for (const Tools::Tool &tool : tools()) {
        const QString next = u"requests of call %1"_s.arg(callsOf(tool.name).size());
        QVERIFY2(Snapshot(tool.name).kept(next).isUndefined(), qPrintable(tool.name));
    }
}

void TestCatalogue::readmeHasTheTable()
{
    const QString fileName = u"" TEST_SOURCE_DIR "/../../README.md"_s;
    static const QRegularExpression between(u"(?<=<!-- tools -->\n).*(?=<!-- /tools -->)"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    QString text = contents(fileName);
    if (Snapshot::isUpdated()) {
        QFile file(fileName);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.replace(between, Tools::toolTable()).toUtf8()) > 0);
    }
    QCOMPARE(between.match(text).captured(), Tools::toolTable());
}

void TestCatalogue::readOnlyChangesNothing_data()
{
    everyCallSucceeds_data();
}

void TestCatalogue::readOnlyChangesNothing()
{
    QFETCH(const EveryCall *, one);
    const QString name = QString::fromLatin1(one->tool);
    ToolBench bench;
    const QJsonObject arguments = one->ready(bench);
    bench.policy.mode = Calls::Mode::ReadOnly;
    bench.reset();

    const Tools::Tool &tool = *Tools::findTool(name, Tools::resolveToolsets({u"all"_s}));
    const Calls::Effects mildest = tool.effectsOf ? tool.leastEffects : tool.effects;
    QCOMPARE(bench.offered().contains(name), !mildest);
    const bool reads = !bench.effectsOf(tool, arguments);
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
    bench.policy.mode = Calls::Mode::ReadOnly;
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
