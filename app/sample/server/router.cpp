#include "sample/server/router.h"

#include "sample/server/apianswers.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Captures = QHash<QString, QString>;

std::optional<Captures> match(const QStringList &pattern, const QStringList &path)
{
    Captures captures;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QString &segment = pattern.at(i);
        if (i >= path.size())
            return std::nullopt;
        if (segment.startsWith(u'{') && segment.endsWith(u"+}")) {
            captures.insert(segment.mid(1, segment.size() - 3), path.mid(i).join(u'/'));
            return captures;
        }
        if (segment.startsWith(u'{')) {
            if (path.at(i).isEmpty())
                return std::nullopt;
            captures.insert(segment.mid(1, segment.size() - 2), path.at(i));
        } else if (segment != path.at(i)) {
            return std::nullopt;
        }
    }
    return pattern.size() == path.size() ? std::optional(captures) : std::nullopt;
}

QString parameter(const QString &header, const QString &name)
{
    const QRegularExpression expression(u";\\s*"_s + name + u"=(?:\"([^\"]*)\"|([^;\\s]*))"_s);
    const QRegularExpressionMatch match = expression.match(header);
    return match.captured(1) + match.captured(2);
}

QJsonValue valueOf(const QByteArray &content, bool isFile)
{
    if (isFile)
        return QString::fromLatin1(content.toBase64());
    if (content == "true" || content == "false")
        return content == "true";
    return QString::fromUtf8(content);
}

/// Whether the body is a form with files in it (RFC 7578).
bool isForm(const QByteArray &contentType)
{
    return contentType.toLower().startsWith("multipart/form-data");
}

/// The form as the JSON that asks for the same: a file in base64, true and false as such, everything else as text.
QJsonObject formAsJson(const QByteArray &contentType, const QByteArray &body)
{
    const QByteArray mark = "\r\n--" + parameter(QString::fromLatin1(contentType), u"boundary"_s).toLatin1();
    const QByteArray text = "\r\n" + body;
    QJsonObject json;
    qsizetype begin = text.indexOf(mark);
    for (qsizetype end = text.indexOf(mark, begin + 1); begin >= 0 && end > 0; end = text.indexOf(mark, begin + 1)) {
        const QByteArray part = text.mid(begin + mark.size(), end - begin - mark.size());
        const qsizetype gap = part.indexOf("\r\n\r\n");
        const QString head = QString::fromUtf8(part.left(gap));
        const bool isFile = head.contains("filename="_L1);
        if (gap >= 0)
            json.insert(parameter(head, u"name"_s), valueOf(part.mid(gap + 4), isFile));
        begin = end;
    }
    return json;
}

QJsonObject parsed(const Http::Request &request)
{
    const QByteArray contentType = request.head.header("Content-Type");
    if (isForm(contentType))
        return formAsJson(contentType, request.body);
    const QByteArray &body = request.body;
    if (body.trimmed().isEmpty())
        return {};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        throw ApiRefusal::malformed(
            u"Invalid JSON given in the body of the request - %1 at offset %2"_s.arg(error.errorString())
                .arg(error.offset));
    if (!document.isObject())
        throw ApiRefusal::malformed(u"Invalid JSON given in the body of the request - expected a map"_s);
    return document.object();
}

/// Many clients spell a space as HTML forms do: as a plus. (A plus itself is %2B.)
QUrlQuery formQuery(Http::RequestHead head)
{
    head.target.replace('+', "%20");
    return head.query();
}

void handle(const Route &route, const Http::Request &request, const Captures &captures, const Respond &respond)
{
    const bool json = route.body == BodyKind::Json;
    const ApiRequest ask{formQuery(request.head), captures, json ? parsed(request) : QJsonObject(), request.body,
                         request.head.header("Range")};
    if (route.late)
        route.late(ask, respond);
    else
        respond(route.handler(ask));
}

} // namespace

void Router::add(const QList<Route> &routes)
{
    for (const Route &route : routes)
        m_entries.append({route.path.split(u'/'), route});
}

void Router::answer(const Http::Request &request, const Respond &respond) const
{
    const QString path = request.head.path();
    const QStringList segments = path.split(u'/');
    try {
        for (const Entry &entry : m_entries) {
            if (entry.route.method != request.head.method)
                continue;
            if (const std::optional<Captures> captures = match(entry.segments, segments))
                return handle(entry.route, request, *captures, respond);
        }
        throw ApiRefusal::noSuchEndpoint(request.head.method, path);
    } catch (const ApiRefusal &refusal) {
        respond(refusal.reply());
    }
}

} // namespace Sample
