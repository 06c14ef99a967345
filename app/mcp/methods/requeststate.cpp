#include "mcp/methods/requeststate.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

// What a retry has beside the request it repeats.
constexpr std::array RetryMembers{QLatin1StringView("_meta"), QLatin1StringView("inputResponses"),
                                  QLatin1StringView("requestState")};

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QByteArray stateBinding(const Request &request, const QByteArray &principal)
{
    QJsonObject params = request.params;
    for (const QLatin1StringView member : RetryMembers)
        params.remove(member);
    const QJsonObject identity{
        {u"method"_s, request.method}, {u"params"_s, params}, {u"principal"_s, QString::fromLatin1(principal.toHex())}};
    return QCryptographicHash::hash(compact(identity), QCryptographicHash::Sha256);
}

QString sealedState(const QJsonObject &state, const Seal &seal, const QByteArray &binding)
{
    const QDateTime end =
        QDateTime::currentDateTimeUtc().addMSecs(std::chrono::milliseconds(RequestStateLifetime).count());
    const QJsonObject text{{u"state"_s, state}, {u"end"_s, end.toMSecsSinceEpoch()}};
    return seal.seal(compact(text), binding);
}

std::optional<QJsonObject> openedState(const QJsonObject &params, const Seal &seal, const QByteArray &binding)
{
    if (!params.contains("requestState"_L1))
        return QJsonObject();
    const std::optional<QByteArray> text = seal.open(params.value("requestState"_L1).toString(), binding);
    if (!text)
        return std::nullopt;
    const QJsonObject opened = QJsonDocument::fromJson(*text).object();
    const bool isOver = opened.value("end"_L1).toInteger() < QDateTime::currentMSecsSinceEpoch();
    return isOver ? std::nullopt : std::optional(opened.value("state"_L1).toObject());
}

} // namespace Mcp
