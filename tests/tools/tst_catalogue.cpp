#include "tools/catalogue.h"
#include "tools/everycall.h"
#include "tools/toolbench.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

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

/// Something that fits a schema: enough to get a call past validation.
QJsonValue fitting(const QJsonObject &schema)
{
    const QString type = schema.value("type"_L1).toString();
    const QJsonArray words = schema.value("enum"_L1).toArray();
    if (type == "string"_L1)
        return words.isEmpty() ? QJsonValue(u"SELECT"_s) : words.first();
    if (type == "integer"_L1 || type == "number"_L1)
        return schema.value("minimum"_L1).toInteger(1);
    if (type == "boolean"_L1)
        return true;
    if (type == "array"_L1)
        return QJsonArray{fitting(schema.value("items"_L1).toObject())};
    QJsonObject object;
    for (const QJsonValue name : schema.value("required"_L1).toArray())
        object.insert(name.toString(),
                      fitting(schema.value("properties"_L1).toObject().value(name.toString()).toObject()));
    return object;
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
    void readOnlyChangesNothing();

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
    QVERIFY(!bench.requests().isEmpty());
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

void TestCatalogue::readOnlyChangesNothing()
{
    // Questions that are asked by POST: they change nothing.
    static const QStringList readingPosts{u"/api/2.1/clusters/events"_s, u"/api/2.0/sql/statements"_s,
                                          u"/api/2.0/genie/"_s, u"/api/2.0/vector-search/"_s};
    ToolBench bench;
    bench.policy.readOnly = true;
    bench.reset();
    QVERIFY(bench.offered().size() > 20);
    for (const QString &name : bench.offered()) {
        QVERIFY2(bench.description(name).annotations.readOnly, qPrintable(name));
        bench.call(name, fitting(bench.description(name).inputSchema).toObject());
    }
    for (const QString &request : bench.requests()) {
        const bool asks = request.startsWith("GET "_L1) || request.startsWith("HEAD "_L1);
        const QString path = request.section(u' ', 1, 1);
        const bool reads = std::any_of(readingPosts.begin(), readingPosts.end(),
                                       [&](const QString &post) { return path.startsWith(post); });
        QVERIFY2(asks || reads, qPrintable(request));
    }
}

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
