#include "databricks/errorbody.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

/// Some proxies and old services send numbers where text belongs: {"error_code": 403}.
QString textOf(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

bool jsonHolds(const QJsonValue &array, const QString &text)
{
    return array.toArray().contains(QJsonValue(text));
}

ErrorBody fromJson(const QJsonObject &json)
{
    const QString detail = textOf(json[u"detail"_s]);
    if (!detail.isEmpty() || json.contains(u"scimType"_s)) {
        const QString type = textOf(json[u"scimType"_s]);
        const QString status = textOf(json[u"status"_s]);
        return {status.isEmpty() ? QString() : QString(u"SCIM_"_s + status),
                type.isEmpty() ? detail : QString(type + u": "_s + detail)};
    }
    const QJsonValue error = json[u"error"_s];
    ErrorBody body{textOf(json[u"error_code"_s]), textOf(json[u"message"_s])};
    if (error.isObject()) {
        const ErrorBody inner{textOf(error[u"code"_s]), textOf(error[u"message"_s])};
        body = {body.code.isEmpty() ? inner.code : body.code, body.message.isEmpty() ? inner.message : body.message};
    }
    const QString description = textOf(json[u"error_description"_s]);
    if (!description.isEmpty() && body.code.isEmpty())
        body.code = textOf(error);
    for (const QString &text : {description, textOf(error)}) {
        if (body.message.isEmpty())
            body.message = text;
    }
    // A bare number repeats the HTTP status and tells nothing more.
    static const QRegularExpression number(u"^\\d*$"_s);
    if (number.match(body.code).hasMatch())
        body.code.clear();
    return body;
}

QString fromHtml(const QString &page)
{
    const auto options = QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption;
    static const std::array sources{
        QRegularExpression(u"<pre[^>]*>(.*?)</pre>"_s, options),
        QRegularExpression(u"<title[^>]*>(.*?)</title>"_s, options),
    };
    static const QRegularExpression tag(u"<[^>]*>"_s);
    static const std::array<std::pair<QString, QString>, 6> entities{{{u"&lt;"_s, u"<"_s},
                                                                      {u"&gt;"_s, u">"_s},
                                                                      {u"&quot;"_s, u"\""_s},
                                                                      {u"&#39;"_s, u"'"_s},
                                                                      {u"&nbsp;"_s, u" "_s},
                                                                      {u"&amp;"_s, u"&"_s}}};
    for (const QRegularExpression &source : sources) {
        QString text = source.match(page).captured(1).remove(tag);
        for (const auto &[entity, character] : entities)
            text.replace(entity, character);
        if (!text.trimmed().isEmpty())
            return text.simplified();
    }
    return {};
}

} // namespace

bool isErrorBody(const QJsonObject &json)
{
    static const QSet<QString> members{u"error_code"_s, u"message"_s,     u"error"_s,  u"details"_s,  u"request_id"_s,
                                       u"error_msg"_s,  u"stack_trace"_s, u"status"_s, u"trace_id"_s, u"error_info"_s};
    const bool isScim = jsonHolds(json[u"schemas"_s], u"urn:ietf:params:scim:api:messages:2.0:Error"_s);
    const bool isCoded = !textOf(json[u"error_code"_s]).isEmpty();
    const bool isOld = !textOf(json[u"error"_s]).isEmpty() || !json[u"error"_s].toObject().isEmpty();
    const auto isKnown = [](const QString &member) { return members.contains(member); };
    // An error beside other members is news about them: a run's output has one.
    return isScim || ((isCoded || isOld) && std::ranges::all_of(json.keys(), isKnown));
}

ErrorBody readErrorBody(const QByteArray &contentType, const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isObject())
        return fromJson(document.object());

    const QString text = QString::fromUtf8(body.left(64 * 1024)).trimmed();
    if (contentType.toLower().contains("html") || text.startsWith(u'<'))
        return {QString(), fromHtml(text)};
    static const QRegularExpression codeAndMessage(u"^([A-Z][A-Z0-9_]+): (.*)$"_s,
                                                   QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = codeAndMessage.match(text);
    if (match.hasMatch())
        return {match.captured(1), match.captured(2)};
    return {QString(), text};
}

} // namespace Databricks
