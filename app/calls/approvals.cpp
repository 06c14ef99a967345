#include "calls/approvals.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr qsizetype MostLateCalls = 50; // a client that asks and asks must not fill window and memory

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

/// By its key: a name is what a client calls itself.
QString clientOf(const ApprovalRequest &request)
{
    return request.key.isEmpty() ? request.client : request.key;
}

} // namespace

Approvals::Approvals(CallKeeper *keeper, ApprovalTimes times)
    : m_keeper(keeper)
    , m_times(times)
{
    m_grantEnd.setSingleShot(true);
    connect(&m_grantEnd, &QTimer::timeout, this, &Approvals::tellGrants);
}

QCoro::Task<Approvals::Verdict> Approvals::ask(std::shared_ptr<Call> call, ApprovalRequest request,
                                               std::stop_token stop)
{
    const qint64 id = call->id();
    const Verdict none{Answer::NoAnswer, {}};
    const Verdict approved{Answer::Approved, {}};
    const Verdict tooMany{Answer::TooMany, {}};
    if (!call->isOpen() || m_asked.contains(id) || stop.stop_requested())
        co_return none;
    request.callId = id;
    const QByteArray key = call->key();
    if (const std::optional<QString> permission = m_grants.take(key, request, now())) {
        call->setPermission(*permission);
        tellGrants();
        co_return approved;
    }
    for (const qint64 earlier : m_grants.replaced(key))
        endLate(earlier, {});
    if (mustWait(request))
        co_return tooMany;

    request.clientWaitsUntil = now().addMSecs(m_times.answer.count());
    m_lastCard.removeIf([this](const auto &card) {
        return card.value().msecsTo(now()) > std::chrono::milliseconds(m_times.quiet).count();
    });
    m_lastCard.insert(clientOf(request), now());
    const Async::OneShot<Verdict> asked;
    const auto shown = std::make_shared<ApprovalRequest>(request);
    m_asked.insert(id, Question{asked, key, shown});
    const auto giveUp = [this, id, asked, none] {
        if (!asked.isResolved())
            resolve(id, none);
    };
    QTimer::singleShot(m_times.answer, this, giveUp);
    // Queued, for the one who stops is in the middle of something and the tool would run on inside it.
    const std::stop_callback onStop(stop,
                                    [this, giveUp] { QMetaObject::invokeMethod(this, giveUp, Qt::QueuedConnection); });
    call->wait();
    Q_EMIT requested(request);

    const Verdict verdict = co_await asked;
    // Only a living object resolves a question, at its end at the latest: this is valid here.
    if (!call->isOpen())
        co_return none;
    if (verdict.answer == Answer::Approved)
        call->run();
    if (verdict.answer == Answer::NoAnswer && !stop.stop_requested() && !m_isEnding) {
        m_grants.missed(key, *shown, now());
        m_lateRequests.insert(id, *shown);
        call->setMissed();
    }
    co_return verdict;
}

/// A client that asks and asks gets a card a minute once nobody answers.
bool Approvals::mustWait(const ApprovalRequest &request) const
{
    const QString client = clientOf(request);
    qsizetype unanswered = std::ranges::count_if(
        m_asked, [&client](const Question &question) { return clientOf(*question.request) == client; });
    unanswered += std::ranges::count_if(m_lateRequests,
                                        [&client](const ApprovalRequest &late) { return clientOf(late) == client; });
    const QDateTime last = m_lastCard.value(client);
    return unanswered >= MostUnanswered && last.isValid() &&
           last.msecsTo(now()) < std::chrono::milliseconds(m_times.quiet).count();
}

ApprovalRequest *Approvals::shown(qint64 id)
{
    if (const auto question = m_asked.find(id); question != m_asked.end())
        return question->request.get();
    const auto late = m_lateRequests.find(id);
    return late == m_lateRequests.end() ? nullptr : &*late;
}

void Approvals::explain(qint64 callId, const Consequence &consequence, const Count &count)
{
    ApprovalRequest *request = shown(callId);
    if (!request)
        return;
    request->consequence = consequence;
    request->isConsequenceKnown = true;
    if (count)
        m_countings[callId].begin = count;
    Q_EMIT requested(ApprovalRequest(*request));
}

void Approvals::count(qint64 callId)
{
    ApprovalRequest *request = shown(callId);
    const auto counting = m_countings.find(callId);
    if (!request || counting == m_countings.end() || !counting->begin)
        return;
    const Count begin = std::exchange(counting->begin, nullptr);
    const std::stop_token stop = counting->stop.get_token();
    request->isCounting = true;
    Q_EMIT requested(ApprovalRequest(*request));
    begin(stop);
}

void Approvals::addExchange(Call &call, const Rest::Exchange &exchange)
{
    if (call.isOpen()) {
        call.addExchange(exchange);
        return;
    }
    // What is aborted with the card is told a moment later, and the call may be closed by then.
    const auto late = m_late.find(call.id());
    const bool isLate = late != m_late.end();
    Record record = isLate ? *late : call.record();
    if (record.canApproveLate && !isLate)
        return;
    record.exchanges.append(call.masked(exchange));
    if (isLate)
        *late = record;
    m_keeper->store(record);
}

void Approvals::settle(qint64 id)
{
    Counting counting = m_countings.take(id);
    Q_EMIT settled(id);
    counting.stop.request_stop();
}

void Approvals::answer(qint64 callId, const ApprovalAnswer &answer)
{
    if (const auto question = m_asked.constFind(callId); question != m_asked.cend()) {
        // What could not be shown cannot be approved, whatever a window lets through.
        if (answer.approved && question->request->isTooLarge)
            return;
        m_grants.answered(question->call, *question->request, answer, now());
        m_lastCard.remove(clientOf(*question->request));
        const Verdict verdict{answer.approved ? Answer::Approved : Answer::Denied, answer.note};
        tellGrants();
        resolve(callId, verdict);
        return;
    }
    if (answer.approved && m_lateRequests.value(callId).isTooLarge)
        return;
    const bool counts = m_grants.answeredLate(callId, answer, now());
    if (counts)
        m_lastCard.remove(clientOf(m_lateRequests.value(callId)));
    tellGrants();
    endLate(callId, !counts           ? QString()
                    : answer.approved ? u"Not answered in time; approved later"_s
                                      : u"Not answered in time; denied later"_s);
}

void Approvals::endGrants()
{
    m_grants.takeBack();
    tellGrants();
}

void Approvals::takeBack()
{
    m_grants.clear();
    tellGrants();
    for (const qint64 id : m_late.keys())
        endLate(id, {});
    const QList<qint64> waiting = m_asked.keys();
    const Verdict denied{Answer::Denied, {}};
    for (const qint64 id : waiting)
        resolve(id, denied);
}

void Approvals::takeBackOf(const QString &key)
{
    m_grants.clearOf(key);
    tellGrants();
    for (const ApprovalRequest &request : requests()) {
        if (request.key != key)
            continue;
        endLate(request.callId, {});
        resolve(request.callId, {Answer::Denied, {}});
    }
}

QList<Grant> Approvals::grants() const
{
    return m_grants.list(now());
}

void Approvals::revoke(qint64 grantId)
{
    if (m_grants.revoke(grantId))
        tellGrants();
}

QList<ApprovalRequest> Approvals::requests() const
{
    QList<ApprovalRequest> requests = m_lateRequests.values();
    for (const Question &question : m_asked)
        requests.append(*question.request);
    std::ranges::sort(requests, {}, &ApprovalRequest::callId);
    return requests;
}

void Approvals::closed(const Record &record)
{
    if (!record.canApproveLate)
        return;
    if (m_late.size() >= MostLateCalls)
        endLate(*std::min_element(m_late.keyBegin(), m_late.keyEnd()), {});
    m_late.insert(record.id, record);
    ApprovalRequest &request = m_lateRequests[record.id];
    request.isLate = true;
    Q_EMIT requested(ApprovalRequest(request));
    QTimer::singleShot(m_times.late, this, [this, id = record.id] { endLate(id, {}); });
}

void Approvals::withdraw(qint64 callId)
{
    resolve(callId, {Answer::NoAnswer, {}});
}

void Approvals::end()
{
    m_isEnding = true;
    while (!m_asked.isEmpty())
        resolve(m_asked.constBegin().key(), {Answer::NoAnswer, {}});
    for (Counting &late : std::exchange(m_countings, {}))
        late.stop.request_stop();
}

void Approvals::resolve(qint64 id, const Verdict &verdict)
{
    const auto question = m_asked.constFind(id);
    if (question == m_asked.cend())
        return;
    const Async::OneShot<Verdict> asked = question->verdict;
    m_asked.erase(question);
    // Who was not answered in time is shown as late at once, not gone for a moment.
    if (verdict.answer != Answer::NoAnswer || m_isEnding)
        settle(id);
    asked.resolve(verdict);
    if (verdict.answer == Answer::NoAnswer && !m_isEnding && !m_lateRequests.contains(id))
        settle(id);
}

void Approvals::endLate(qint64 id, const QString &words)
{
    if (m_lateRequests.remove(id))
        settle(id);
    const auto place = m_late.constFind(id);
    if (place == m_late.cend())
        return;
    Record record = *place;
    m_late.erase(place);
    record.canApproveLate = false;
    if (words.isEmpty()) {
        m_keeper->show(record);
        return;
    }
    record.message = words;
    m_keeper->store(record);
}

void Approvals::tellGrants()
{
    const QList<Grant> grants = this->grants();
    if (!grants.isEmpty()) {
        const auto first = std::ranges::min_element(grants, {}, &Grant::until);
        m_grantEnd.start(std::chrono::milliseconds(std::max<qint64>(0, now().msecsTo(first->until)) + 500));
    }
    if (grants == m_told)
        return;
    m_told = grants;
    Q_EMIT grantsChanged(grants);
}

} // namespace Calls
