#include "mcp/methods/clientinput.h"

#include "common/visible.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>
#include <QUuid>

#include <array>
#include <utility>

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

/// The clientRequests of one request that are open at a time.
struct ClientRequests::Round
{
    Round(std::shared_ptr<PendingRequest> request, Answered told)
        : pending(std::move(request))
        , answered(std::move(told))
    {}

    std::shared_ptr<PendingRequest> pending;
    Answered answered;
    QHash<QString, QString> keys; ///< by id, of what is not answered yet
    QJsonObject answers;
    std::optional<std::stop_callback<std::function<void()>>> onStop;
};

void ClientRequests::ask(const InputRequired &input, const std::shared_ptr<PendingRequest> &pending,
                         const Answered &answered)
{
    const ResponderPtr &answer = pending->reply.responder();
    const auto round = std::make_shared<Round>(pending, answered);
    for (auto request = input.requests.begin(); request != input.requests.end(); ++request) {
        const QString id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        round->keys[id] = request.key();
        m_rounds[id] = round;
        if (!answer->notify(requestMessage(id, request->method, request->params)))
            return finish(round, u"This needs the client's input, and the client takes no event stream."_s);
    }
    const std::weak_ptr<Round> weak = round;
    const auto giveUp = [this, weak] {
        if (const auto asked = weak.lock())
            finish(asked, u"The request was given up before the client's input was there."_s);
    };
    answer->whenClientLeaves(giveUp);
    round->onStop.emplace(pending->stop.get_token(), giveUp);
}

void ClientRequests::answer(const Response &response, const Peer &peer)
{
    const std::shared_ptr<Round> round = m_rounds.value(response.id.toString());
    if (!round || round->pending->peer.principal != peer.principal)
        return;
    if (response.error) {
        return finish(round, u"The client did not give the input that was asked for: %1"_s.arg(
                                 Text::line(response.error->message, 200)));
    }
    m_rounds.remove(response.id.toString());
    round->answers[round->keys.take(response.id.toString())] = response.result;
    if (round->keys.isEmpty())
        finish(round, {});
}

void ClientRequests::finish(const std::shared_ptr<Round> &round, const QString &problem)
{
    // A copy: the reference may be into what is let go of here.
    const std::shared_ptr<Round> finished = round;
    for (const QString &id : finished->keys.keys())
        m_rounds.remove(id);
    finished->keys.clear();
    finished->onStop.reset();
    finished->pending->reply.responder()->whenClientLeaves({});
    if (const Answered answered = std::exchange(finished->answered, nullptr))
        answered(finished->answers, problem);
}

QByteArray stateBinding(const Request &request, const QByteArray &principal)
{
    QJsonObject params = request.params;
    for (const QLatin1StringView member : RetryMembers)
        params.remove(member);
    const QJsonObject identity{
        {u"method"_s, request.method}, {u"params"_s, params}, {u"principal"_s, QString::fromLatin1(principal.toHex())}};
    return QCryptographicHash::hash(compact(identity), QCryptographicHash::Sha256);
}

QString signedState(const QJsonObject &state, const TokenSigner &signer, const QByteArray &binding)
{
    const QDateTime end =
        QDateTime::currentDateTimeUtc().addMSecs(std::chrono::milliseconds(RequestStateLifetime).count());
    const QJsonObject text{{u"state"_s, state}, {u"end"_s, end.toMSecsSinceEpoch()}};
    return signer.sign(compact(text), binding);
}

std::optional<QJsonObject> verifiedState(const QJsonObject &params, const TokenSigner &signer,
                                         const QByteArray &binding)
{
    if (!params.contains("requestState"_L1))
        return QJsonObject();
    const std::optional<QByteArray> text = signer.verify(params.value("requestState"_L1).toString(), binding);
    if (!text)
        return std::nullopt;
    const QJsonObject opened = QJsonDocument::fromJson(*text).object();
    const bool isOver = opened.value("end"_L1).toInteger() < QDateTime::currentMSecsSinceEpoch();
    return isOver ? std::nullopt : std::optional(opened.value("state"_L1).toObject());
}

} // namespace Mcp
