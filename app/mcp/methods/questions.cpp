#include "mcp/methods/questions.h"

#include "mcp/protocol/displaytext.h"

#include <QUuid>

#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Mcp {

/// The questions of one request that are open at a time.
struct Questions::Round
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

void Questions::ask(const InputRequired &input, const std::shared_ptr<PendingRequest> &pending,
                    const Answered &answered)
{
    const AnswerPtr &answer = pending->reply.answer();
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

void Questions::answer(const Response &response, const Sender &sender)
{
    const std::shared_ptr<Round> round = m_rounds.value(response.id.toString());
    if (!round || round->pending->sender.principal != sender.principal)
        return;
    if (response.error) {
        return finish(round, u"The client did not give the input that was asked for: %1"_s.arg(
                                 displayText(response.error->message, 200)));
    }
    m_rounds.remove(response.id.toString());
    round->answers[round->keys.take(response.id.toString())] = response.result;
    if (round->keys.isEmpty())
        finish(round, {});
}

void Questions::finish(const std::shared_ptr<Round> &round, const QString &problem)
{
    // A copy: the reference may be into what is let go of here.
    const std::shared_ptr<Round> finished = round;
    for (const QString &id : finished->keys.keys())
        m_rounds.remove(id);
    finished->keys.clear();
    finished->onStop.reset();
    finished->pending->reply.answer()->whenClientLeaves({});
    if (const Answered answered = std::exchange(finished->answered, nullptr))
        answered(finished->answers, problem);
}

} // namespace Mcp
