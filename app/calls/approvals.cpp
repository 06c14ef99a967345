#include "calls/approvals.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr qsizetype MostLateCalls = 50; // a client that asks and asks must not fill window and memory

} // namespace

Approvals::Approvals(CallKeeper *keeper, ApprovalTimes times)
    : m_keeper(keeper)
    , m_times(times)
{}

QCoro::Task<Approvals::Answer> Approvals::ask(std::shared_ptr<Call> call, std::stop_token stop, QString kind)
{
    const qint64 id = call->id();
    if (!call->isOpen() || m_asked.contains(id) || stop.stop_requested())
        co_return Answer::NoAnswer;
    call->setKind(kind);
    const Grants::Key key = call->key();
    if (m_grants.take(key, QDateTime::currentDateTimeUtc()))
        co_return Answer::Approved;
    for (const qint64 earlier : m_grants.replaced(key))
        endLate(earlier, {});

    const Async::OneShot<Answer> asked;
    m_asked.insert(id, Question{asked, key});
    const auto giveUp = [this, id, asked] {
        if (!asked.isResolved())
            resolve(id, Answer::NoAnswer);
    };
    QTimer::singleShot(m_times.answer, this, giveUp);
    // Queued, for the one who stops is in the middle of something and the tool would run on inside it.
    const std::stop_callback onStop(stop,
                                    [this, giveUp] { QMetaObject::invokeMethod(this, giveUp, Qt::QueuedConnection); });
    call->wait();

    const Answer answer = co_await asked;
    // Only a living object resolves a question, at its end at the latest: this is valid here.
    if (!call->isOpen())
        co_return Answer::NoAnswer;
    if (answer == Answer::Approved)
        call->run();
    if (answer == Answer::NoAnswer && !stop.stop_requested() && !m_isEnding) {
        m_grants.missed(id, key, QDateTime::currentDateTimeUtc());
        call->setMissed();
    }
    co_return answer;
}

void Approvals::answer(qint64 callId, Approval approval)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool approved = approval != Approval::Denied;
    if (const auto question = m_asked.constFind(callId); question != m_asked.cend()) {
        m_grants.answered(question->key, approval, now);
        resolve(callId, approved ? Answer::Approved : Answer::Denied);
        return;
    }
    const bool counts = m_grants.answeredLate(callId, approval, now);
    endLate(callId, !counts    ? QString()
                    : approved ? u"Not answered in time; approved later"_s
                               : u"Not answered in time; denied later"_s);
}

void Approvals::closed(const Record &record)
{
    if (!record.canApproveLate)
        return;
    if (m_late.size() >= MostLateCalls)
        endLate(*std::min_element(m_late.keyBegin(), m_late.keyEnd()), {});
    m_late.insert(record.id, record);
    QTimer::singleShot(m_times.late, this, [this, id = record.id] { endLate(id, {}); });
}

void Approvals::withdraw(qint64 callId)
{
    resolve(callId, Answer::NoAnswer);
}

void Approvals::end()
{
    m_isEnding = true;
    while (!m_asked.isEmpty())
        resolve(m_asked.constBegin().key(), Answer::NoAnswer);
}

void Approvals::resolve(qint64 id, Answer answer)
{
    const auto question = m_asked.constFind(id);
    if (question == m_asked.cend())
        return;
    const Async::OneShot<Answer> asked = question->answer;
    m_asked.erase(question);
    asked.resolve(answer);
}

void Approvals::endLate(qint64 id, const QString &words)
{
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

} // namespace Calls
