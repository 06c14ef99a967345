#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/kit/schema.h"

#include "common/secrets.h"
#include "common/visible.h"
#include "databricks/errorbody.h"
#include "databricks/exactjson.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <array>

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// How many bytes of an answer are shown: JSON costs a model more than prose, about 9,000 tokens in all.
constexpr qsizetype ShownBytes = 30'000;

ApiError refused(const QString &why)
{
    return ApiError(ApiError::Kind::BadRequest, u"This path cannot be called: %1"_s.arg(why));
}

/// Decoded until nothing changes: "%252e" is a dot to whoever decodes twice.
QString decoded(QString path)
{
    for (int round = 0; round < 5; ++round) {
        const QString next = QUrl::fromPercentEncoding(path.toUtf8());
        if (next == path)
            return path;
        path = next;
    }
    throw refused(u"it is encoded over and over."_s);
}

void check(const QString &path)
{
    if (!path.startsWith("/api/"_L1))
        throw refused(u"it must begin with /api/, such as /api/2.0/clusters/list; the host is the workspace's own."_s);
    if (path.contains("//"_L1) || path.contains(u'\\'))
        throw refused(u"it has an empty segment or a backslash."_s);
    const QStringList segments = path.split(u'/');
    // Some servers cut off what follows a semicolon before they look at the dots.
    const bool dots = std::ranges::any_of(segments, [](const QString &segment) {
        const QString name = segment.section(u';', 0, 0);
        return name == "."_L1 || name == ".."_L1;
    });
    if (dots)
        throw refused(u"it has a segment of dots."_s);
    if (std::ranges::any_of(path, [](QChar c) { return c.category() == QChar::Other_Control; }))
        throw refused(u"it has a control character."_s);
}

/// A REST path that a model wrote, checked: it begins with /api/ and can lead nowhere else, read as it stands or
/// decoded as often as a proxy may do. Throws ApiError BadRequest that says what is wrong with it.
QString checkedApiPath(const QString &path)
{
    if (path.contains(u'?') || path.contains(u'#'))
        throw refused(
            u"it has a ? or #. Give what follows in the argument query, such as {\"limit\": 5}; as data in a path it is %3F or %23."_s);
    check(path);
    check(decoded(path));
    return path;
}

/// Endpoints whose answer is a secret, which no tool gives to a model.
bool answersASecret(const QString &path)
{
    // Whatever a server may cut off, trim or decode once more behind it.
    static const QRegularExpression endpoint(u"/secrets/get(?![a-z-])"_s, QRegularExpression::CaseInsensitiveOption);
    // Some servers cut off what follows a semicolon.
    static const QRegularExpression parameters(u";[^/]*"_s);
    const QString plain = decoded(path).normalized(QString::NormalizationForm_KC);
    return endpoint.match(plain).hasMatch() || endpoint.match(QString(plain).remove(parameters)).hasMatch();
}

const QStringList Methods{u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s};

/// What the words of an endpoint tell of what it does. None of them tells that it does nothing else.
struct Family
{
    const char *words; ///< a pattern for the path
    Calls::Effect effect;
};

constexpr std::array Families{
    Family{"permission|acls?(/|$)|grant|owner|share|recipient|role|token|secret|/groups|/users|service-?principals",
           Calls::Effect::Grants},
    Family{"run-now|submit|repair|execute|statements|commands|/run|updates|/runs|libraries/install|functions|serving",
           Calls::Effect::RunsCode},
    Family{"delete|remove|terminate|cancel|stop|restart|uninstall|destroy|trash|purge|reset", Calls::Effect::Destroys},
};

/// The workspace's answer to a GET is a read; of every other request nobody knows all that it does.
Calls::Effects effectsOfMethod(const ToolCall &call)
{
    const QString method = call.text(u"method"_s);
    if (method == "GET"_L1)
        return {};
    Calls::Effects effects = Calls::Effect::Unknown;
    if (method == "DELETE"_L1)
        effects |= Calls::Effect::Destroys;
    const QString path = decoded(call.text(u"path"_s));
    for (const Family &family : Families) {
        const QRegularExpression words(QString::fromLatin1(family.words), QRegularExpression::CaseInsensitiveOption);
        if (words.match(path).hasMatch())
            effects |= family.effect;
    }
    return effects;
}

QString queryValue(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    if (!value.isDouble())
        return value.toString();
    const double number = value.toDouble();
    return number == double(value.toInteger()) ? QString::number(value.toInteger()) : QString::number(number);
}

/// Objects become dotted names and arrays repeated ones, as the API wants its queries.
void addTo(QUrlQuery &query, const QString &name, const QJsonValue &value)
{
    if (value.isObject()) {
        const QJsonObject members = value.toObject();
        for (auto member = members.begin(); member != members.end(); ++member)
            addTo(query, name + u'.' + member.key(), *member);
    } else if (value.isArray()) {
        for (const QJsonValue element : value.toArray())
            addTo(query, name, element);
    } else if (!value.isNull()) {
        Databricks::addQueryItem(query, name, queryValue(value));
    }
}

QUrlQuery queryOf(const QJsonObject &parameters)
{
    QUrlQuery query;
    for (auto parameter = parameters.begin(); parameter != parameters.end(); ++parameter)
        addTo(query, parameter.key(), *parameter);
    return query;
}

/// A JSON object in safe words; any other answer as it is, unless it is no text.
QByteArray presentable(const Databricks::Content &content, QJsonObject *body)
{
    const QJsonDocument json = QJsonDocument::fromJson(Databricks::withExactNumbers(content.bytes));
    if (json.isObject()) {
        *body = safeJson(json.object()).toObject();
        return QJsonDocument(*body).toJson(QJsonDocument::Compact);
    }
    if (json.isArray())
        return QJsonDocument(safeJson(json.array()).toArray()).toJson(QJsonDocument::Compact);
    if (QString::fromUtf8(content.bytes).toUtf8() == content.bytes)
        return Text::masked(QString::fromUtf8(content.bytes)).toUtf8();
    return "(" + QByteArray::number(content.bytes.size()) + " bytes of " + content.contentType + ", not text)";
}

/// Of a JSON answer the members with these names, wherever they stand, and what holds them.
QJsonValue selected(const QJsonValue &value, const QStringList &names)
{
    if (value.isArray()) {
        QJsonArray kept;
        for (const QJsonValue element : value.toArray()) {
            const QJsonValue part = selected(element, names);
            if (!part.isUndefined())
                kept.append(part);
        }
        return kept.isEmpty() ? QJsonValue(QJsonValue::Undefined) : kept;
    }
    QJsonObject kept;
    const QJsonObject members = value.toObject();
    for (auto member = members.begin(); member != members.end(); ++member) {
        const QJsonValue part = names.contains(member.key()) ? *member : selected(*member, names);
        if (!part.isUndefined())
            kept.insert(member.key(), part);
    }
    return kept.isEmpty() ? QJsonValue(QJsonValue::Undefined) : kept;
}

/// What a success does not look like.
QString doubtIn(const Databricks::Content &content)
{
    const QByteArray type = content.contentType.toLower();
    if (type.contains("html"))
        return u"This is a web page: unless the endpoint gives pages, a login or a proxy answered in its place, and "
               u"what "
               "was asked may not have been done."_s;
    if (Databricks::isErrorBody(QJsonDocument::fromJson(content.bytes).object()))
        return u"In spite of its status this answer is an error: what was asked was probably not done."_s;
    if (type.contains("json") && !content.bytes.trimmed().isEmpty() &&
        QJsonDocument::fromJson(Databricks::withExactNumbers(content.bytes)).isNull())
        return u"This is not valid JSON: the answer may be cut short."_s;
    return {};
}

QCoro::Task<ToolResult> callApi(ToolCall call)
{
    const QString method = call.text(u"method"_s);
    const QString path = checkedApiPath(call.text(u"path"_s));
    if (answersASecret(path))
        co_return ToolResult::error(
            u"This endpoint answers with a secret's value, and a secret is never read back. Code "
            "in a notebook or job reads it with dbutils.secrets.get."_s);
    call.setTarget(method + u' ' + Text::visible(path));
    const bool isRead = method == "GET"_L1;
    if (isRead && call.has(u"body"_s))
        co_return ToolResult::error(u"A GET has no body. Give its parameters in the argument query."_s);

    const QUrlQuery query = queryOf(call.object(u"query"_s));
    const QByteArray sent =
        call.has(u"body"_s) ? QJsonDocument(call.object(u"body"_s)).toJson(QJsonDocument::Compact) : QByteArray();
    const Databricks::Content content = co_await call.workspace().send(method.toLatin1(), path, query, sent);

    QJsonObject body;
    QByteArray shown = presentable(content, &body);
    if (const QStringList wanted = call.texts(u"select"_s); !wanted.isEmpty() && !body.isEmpty()) {
        body = selected(body, wanted).toObject();
        shown = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    const TextPart part = textPart(shown, isRead ? call.number(u"answer_offset"_s) : 0, ShownBytes);
    Answer answer(
        u"%1 %2 answered HTTP %3, %4 bytes."_s.arg(method, Text::visible(path)).arg(content.status).arg(part.total));
    answer.stated(u"status"_s, content.status).stated(u"answer_bytes"_s, part.total);
    answer.text(u"body"_s, {}, part.text == "{}"_L1 ? QString() : part.text);
    if (part.isWhole() && !body.isEmpty())
        answer.stated(u"body"_s, body);
    const QString rest = part.note(isRead ? u"Ask for less with query parameters, or repeat the call with "
                                            "answer_offset %1 for what follows."_s
                                          : u"What follows byte %1 is left out: read it with a GET."_s);
    answer.note(doubtIn(content)).note(rest);
    co_return answer;
}

QCoro::Task<QString> requestInWords(ToolCall call)
{
    const QString words = call.text(u"method"_s) + u' ' + Text::visible(checkedApiPath(call.text(u"path"_s)));
    co_return words;
}

/// One endpoint: what was approved there says nothing of another.
QString endpointOf(const ToolCall &call)
{
    return call.text(u"method"_s) + u' ' + call.text(u"path"_s);
}

/// What is sent beside the path says what it is about.
QString sentData(const ToolCall &call)
{
    const QJsonObject sent{{"query"_L1, call.object(u"query"_s)}, {"body"_L1, call.object(u"body"_s)}};
    return QString::fromUtf8(QJsonDocument(sent).toJson(QJsonDocument::Compact));
}

} // namespace

QList<Tool> apiTools()
{
    return {{
        .name = u"call_api"_s,
        .title = u"Call the REST API"_s,
        .description =
            u"Calls any endpoint of the workspace's REST API that no other tool covers. GET only reads; every "
            "other method may need the person's approval."_s,
        .effects = Calls::Effect::Unknown | Calls::Effect::Destroys | Calls::Effect::Grants | Calls::Effect::RunsCode,
        .inputSchema = Schema()
                           .choice(u"method"_s, u"GET only reads"_s, Methods)
                           .text(u"path"_s, u"Begins with /api/, such as /api/2.1/clusters/spark-versions; no query"_s)
                           .json(u"query"_s, u"Query parameters, such as {\"limit\": 5}"_s)
                           .json(u"body"_s, u"The JSON body"_s)
                           .texts(u"select"_s, u"Members of a JSON answer to keep, by name"_s)
                           .integer(u"answer_offset"_s,
                                    u"For a GET with a long answer: from which byte on to show it"_s, 0, 1 << 30)
                           .require({u"method"_s, u"path"_s}),
        .outputSchema = Schema()
                            .integer(u"status"_s, u"The HTTP status"_s)
                            .text(u"body_text"_s, u"The answer or a part of it, where it is not in body"_s)
                            .integer(u"answer_bytes"_s, u"How long the answer is"_s)
                            .text(u"note"_s, u"What was left out"_s)
                            .require({u"status"_s}),
        .run = &callApi,
        .effectsOf = &effectsOfMethod,
        .effectRange = u"reads with GET; else by its path, or unknown"_s,
        .verbOf = &endpointOf,
        .targetOf = &sentData,
        .target = &requestInWords,
        .deciding = {u"method"_s, u"path"_s, u"query"_s, u"body"_s},
    }};
}

} // namespace Tools
