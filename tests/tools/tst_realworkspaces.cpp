#include "databricks/scriptedserver.h"
#include "tools/toolbench.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace {

QJsonDocument readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    QJsonParseError error;
    const QJsonDocument json = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("%s: %s at %d", qPrintable(path), qPrintable(error.errorString()), error.offset);
    return json;
}

/// "rows.0.1" within an object.
QJsonValue at(const QJsonObject &object, const QString &path)
{
    QJsonValue value = object;
    for (const QString &step : path.split(u'.')) {
        bool isIndex = false;
        const int index = step.toInt(&isIndex);
        value = isIndex && value.isArray() ? value[index] : value[step];
    }
    return value;
}

QString decoded(const QByteArray &text)
{
    return QUrl::fromPercentEncoding(text);
}

/// "GET /api/…?…" and the body, as the cases write it.
QString asked(const Received &request)
{
    return u"%1 %2 %3"_s
        .arg(QString::fromLatin1(request.method), decoded(request.target), QString::fromUtf8(request.body))
        .trimmed();
}

/// Answers with the first route that fits a request and has not been used up:
/// {"on": "GET /api/…", "with": "a part of the query or the body", "times": 1, "status": 200, "answer": {…} or "raw":
/// "…"}.
class Upstream
{
public:
    explicit Upstream(const QJsonArray &routes)
    {
        for (const QJsonValue route : routes)
            m_routes.append({route.toObject(), route["times"_L1].toInt(-1)});
    }

    Reply operator()(const Received &request)
    {
        const QString line = u"%1 %2"_s.arg(QString::fromLatin1(request.method), decoded(request.path()));
        const QString rest = asked(request);
        for (Route &route : m_routes) {
            const bool fits = line == route.says["on"_L1].toString() && rest.contains(route.says["with"_L1].toString());
            if (!fits || route.left == 0)
                continue;
            --route.left;
            return reply(route.says);
        }
        return Reply::json({{u"error_code"_s, u"ENDPOINT_NOT_FOUND"_s}, {u"message"_s, u"No API found"_s}}, 404);
    }

private:
    struct Route
    {
        QJsonObject says;
        int left;
    };

    static Reply reply(const QJsonObject &route)
    {
        Reply reply = Reply::json(route["answer"_L1].toObject(), route["status"_L1].toInt(200));
        if (route.contains("raw"_L1))
            reply.body = route["raw"_L1].toString().toUtf8();
        if (route.contains("type"_L1))
            reply.contentType = route["type"_L1].toString().toUtf8();
        if (route.contains("location"_L1))
            reply.headers.append("Location: " + route["location"_L1].toString().toUtf8());
        return reply;
    }

    QList<Route> m_routes;
};

} // namespace

/// What workspaces were seen to answer, or may: tools give the right values of it, in words and as structured content.
/// The cases stand in realworkspaces/, a file a kind.
class TestRealWorkspaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
};

void TestRealWorkspaces::answers_data()
{
    QTest::addColumn<QJsonObject>("one");
    const QDir folder(QStringLiteral(TEST_SOURCE_DIR "/realworkspaces"));
    const QStringList files = folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        for (const QJsonValue one : readJson(folder.filePath(file)).array())
            QTest::newRow(qPrintable(u"%1: %2"_s.arg(file.chopped(5), one["name"_L1].toString()))) << one.toObject();
    }
}

void TestRealWorkspaces::answers()
{
    QFETCH(const QJsonObject, one);
    ScriptedServer server;
    const auto upstream = std::make_shared<Upstream>(one["upstream"_L1].toArray());
    server.always([upstream](const Received &request) { return (*upstream)(request); });
    ToolBench bench;
    bench.upstream = server.url();
    bench.upstream.setQuery(one["host_query"_L1].toString());
    bench.defaultWarehouseId = one["default_warehouse_id"_L1].toString();
    bench.reset();

    for (const QJsonValue step : one["calls"_L1].toArray()) {
        const Mcp::ToolResult result = bench.call(step["tool"_L1].toString(), step["arguments"_L1].toObject());
        const QString text = result.text();
        const QString all = text + u"\n---\n"_s +
                            QString::fromUtf8(QJsonDocument(result.structuredContent()).toJson(QJsonDocument::Compact));
        QVERIFY2(result.isError() == step["error"_L1].toBool(), qPrintable(all));
        for (const QJsonValue words : step["says"_L1].toArray())
            QVERIFY2(text.contains(words.toString()), qPrintable(u"missing: %1\nin: %2"_s.arg(words.toString(), all)));
        for (const QJsonValue words : step["says_not"_L1].toArray())
            QVERIFY2(!all.contains(words.toString()), qPrintable(u"there: %1\nin: %2"_s.arg(words.toString(), all)));
        const QJsonObject facts = step["facts"_L1].toObject();
        for (auto fact = facts.begin(); fact != facts.end(); ++fact)
            QVERIFY2(at(result.structuredContent(), fact.key()) == *fact,
                     qPrintable(u"%1 is not as it should be in: %2"_s.arg(fact.key(), all)));
    }
    QStringList requests;
    for (const Received &request : server.received())
        requests.append(asked(request));
    const QString sent = requests.join(u'\n');
    for (const QJsonValue words : one["asked"_L1].toArray())
        QVERIFY2(sent.contains(words.toString()), qPrintable(u"not asked: %1\nbut: %2"_s.arg(words.toString(), sent)));
    for (const QJsonValue words : one["not_asked"_L1].toArray())
        QVERIFY2(!sent.contains(words.toString()), qPrintable(u"asked: %1\nin: %2"_s.arg(words.toString(), sent)));
    const QJsonObject headers = one["headers"_L1].toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        QCOMPARE(QString::fromLatin1(server.received().last().header(header.key().toLatin1())), header->toString());
}

QTEST_GUILESS_MAIN(TestRealWorkspaces)
#include "tst_realworkspaces.moc"
