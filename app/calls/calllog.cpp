#include "calls/calllog.h"

#include "calls/calllog_p.h"
#include "common/secrets.h"

#include <QJsonDocument>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Calls {

namespace {

constexpr int NameLimit = 120;
constexpr qsizetype ArgumentsLimit = 262'144; // bytes of JSON
constexpr qsizetype ArgumentLimit = 4'096;
constexpr qsizetype MostLateCalls = 50; // a client that asks and asks must not fill window and memory

qsizetype jsonSize(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).size();
}

/// A file that somebody uploads is not kept in the log: of arguments that are too large only the short ones stay.
QJsonObject bounded(const QJsonObject &arguments)
{
    if (jsonSize(arguments) <= ArgumentsLimit)
        return arguments;
    QJsonObject kept;
    for (auto it = arguments.begin(); it != arguments.end(); ++it) {
        const qsizetype size = jsonSize({{it.key(), it.value()}});
        kept.insert(it.key(),
                    size <= ArgumentLimit ? QJsonValue(*it) : QJsonValue(u"(%1 bytes, not kept)"_s.arg(size)));
    }
    if (jsonSize(kept) > ArgumentsLimit)
        return {{u"(not kept)"_s, u"%1 bytes"_s.arg(jsonSize(arguments))}};
    return kept;
}

} // namespace

CallLog::Private::Private(CallLog *log, std::unique_ptr<Journal> kept)
    : q(log)
    , journal(std::move(kept))
{
    QObject::connect(&pruning, &QTimer::timeout, q, [this] {
        // A pause between the chunks lets calls through.
        pruning.start(journal->prune() ? 50ms : std::chrono::milliseconds(24h));
    });
    pruning.setSingleShot(true);
    pruning.start(0ms);
}

Record CallLog::Private::recordOf(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                                  const QStringList &secretArguments) const
{
    Record record;
    record.started = QDateTime::currentDateTimeUtc();
    record.client = Text::shownLine(request.client.displayName(), NameLimit);
    record.profile = profile;
    record.workspace = workspace;
    record.tool = Text::shownLine(request.tool, NameLimit);
    // Bounded first: what is not kept need not be searched.
    record.arguments = masked(bounded(request.arguments), secretArguments, secrets);
    return record;
}

QStringList CallLog::Private::secretsOf(const Mcp::ToolRequest &request, const QStringList &secretArguments) const
{
    return secrets + secretValues(request.arguments, secretArguments);
}

void CallLog::Private::showLater(qint64 id, int milliseconds)
{
    QTimer::singleShot(milliseconds, q, [this, id] {
        Call::Private *call = open.value(id);
        if (!call)
            return;
        call->progressDue = false;
        call->sinceProgress.start();
        call->shown();
    });
}

void CallLog::Private::closed(const Record &record)
{
    open.remove(record.id);
    journal->update(record);
    if (record.canApproveLate) {
        if (late.size() >= MostLateCalls)
            endLateApproval(*std::min_element(late.keyBegin(), late.keyEnd()), {});
        late.insert(record.id, record);
        QTimer::singleShot(lateApprovalTimeoutMs, q, [this, id = record.id] { endLateApproval(id, {}); });
    }
    Q_EMIT q->changed(record);
    Q_EMIT q->runningChanged(int(open.size()));
    resolve(record.id, Answer::NoAnswer);
}

void CallLog::Private::resolve(qint64 id, Answer answer)
{
    if (const std::shared_ptr<PendingAnswer> asked = pending.take(id))
        asked->resolve(answer);
}

void CallLog::Private::endLateApproval(qint64 id, const QString &words)
{
    const auto place = late.constFind(id);
    if (place == late.cend())
        return;
    Record record = *place;
    late.erase(place);
    record.canApproveLate = false;
    if (!words.isEmpty()) {
        record.message = words;
        journal->update(record);
    }
    show(record);
}

CallLog::CallLog(std::unique_ptr<Journal> journal, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(journal)))
{
    qRegisterMetaType<Record>();
}

CallLog::~CallLog()
{
    d->ending = true;
    // Who waits would wait for ever, and its frame with all that it holds would leak.
    while (!d->pending.isEmpty())
        d->resolve(d->pending.constBegin().key(), Answer::NoAnswer);
    while (!d->open.isEmpty())
        (*d->open.constBegin())->close(Outcome::Cancelled, Private::StoppedMessage);
}

void CallLog::setApprovalTimeout(int milliseconds)
{
    d->approvalTimeoutMs = milliseconds;
}

void CallLog::setLateApprovalTimeout(int milliseconds)
{
    d->lateApprovalTimeoutMs = milliseconds;
}

void CallLog::keepSecret(const QString &secret)
{
    if (!secret.isEmpty() && !d->secrets.contains(secret))
        d->secrets.append(secret);
}

std::shared_ptr<Call> CallLog::open(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                                    const QStringList &secretArguments, std::stop_token clientStop)
{
    auto call = std::make_unique<Call::Private>();
    call->log = d.get();
    call->record = d->recordOf(request, profile, workspace, secretArguments);
    call->hide(d->secretsOf(request, secretArguments));
    call->key = Approvals::key(request, profile, workspace);
    // A source of its own, held while it fires: who is stopped may end the call at once, and this lambda with it.
    call->clientStop.emplace(clientStop, [stop = call->stop] { std::stop_source(stop).request_stop(); });
    call->clock.start();
    call->record.id = d->journal->insert(call->record);
    const Record record = call->record;
    d->open.insert(record.id, call.get());
    std::shared_ptr<Call> opened(new Call(std::move(call)));
    Q_EMIT this->opened(record);
    Q_EMIT runningChanged(running());
    return opened;
}

void CallLog::refuse(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                     const QString &reason, const QStringList &secretArguments)
{
    Record record = d->recordOf(request, profile, workspace, secretArguments);
    record.outcome = Outcome::Refused;
    record.message = Text::shownLine(reason, Call::Private::LineLimit, d->secretsOf(request, secretArguments));
    record.id = d->journal->insert(record);
    Q_EMIT opened(record);
}

QCoro::Task<CallLog::Answer> CallLog::ask(std::shared_ptr<Call> call, std::stop_token stop, QString kind)
{
    Call::Private *const asked = call->d.get();
    const qint64 id = call->id();
    if (asked->log != d.get() || d->pending.contains(id) || stop.stop_requested())
        co_return Answer::NoAnswer;
    asked->key = asked->key.ofKind(kind);
    if (d->approvals.take(asked->key, QDateTime::currentDateTimeUtc()))
        co_return Answer::Approved;
    const Approvals::Key key = asked->key;
    for (const qint64 earlier : d->approvals.replaced(key))
        d->endLateApproval(earlier, {});

    const auto question = std::make_shared<PendingAnswer>();
    d->pending.insert(id, question);
    const auto giveUp = [this, id, weak = std::weak_ptr(question)] {
        if (!weak.expired())
            d->resolve(id, Answer::NoAnswer);
    };
    QTimer::singleShot(d->approvalTimeoutMs, this, giveUp);
    // Queued, for the one who stops is in the middle of something and the tool would run on inside it.
    const std::stop_callback onStop(stop,
                                    [this, giveUp] { QMetaObject::invokeMethod(this, giveUp, Qt::QueuedConnection); });
    asked->becomes(Outcome::Waiting);

    AnswerAwaiter awaiter(question);
    const Answer answer = co_await awaiter;
    // Only a living log resolves a question, its destructor at the latest: this is valid here.
    if (!asked->log)
        co_return Answer::NoAnswer;
    if (answer == Answer::Approved)
        asked->becomes(Outcome::Running);
    if (answer == Answer::NoAnswer && !stop.stop_requested() && !d->ending) {
        d->approvals.missed(id, key, QDateTime::currentDateTimeUtc());
        asked->record.canApproveLate = true;
    }
    co_return answer;
}

void CallLog::answer(qint64 callId, Approval approval)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool approved = approval != Approval::Denied;
    if (d->pending.contains(callId)) {
        if (const Call::Private *call = d->open.value(callId))
            d->approvals.answered(call->key, approval, now);
        d->resolve(callId, approved ? Answer::Approved : Answer::Denied);
        return;
    }
    const bool counts = d->approvals.answeredLate(callId, approval, now);
    d->endLateApproval(callId, !counts    ? QString()
                               : approved ? u"Not answered in time; approved later"_s
                                          : u"Not answered in time; denied later"_s);
}

void CallLog::cancel(qint64 callId)
{
    Call::Private *call = d->open.value(callId);
    if (!call)
        return;
    call->cancelledByPerson = true;
    // Held while it fires: the call may end with it.
    std::stop_source stop = call->stop;
    stop.request_stop();
}

void CallLog::stopAll()
{
    // Held while they fire: the calls may end with it.
    QList<std::stop_source> stops;
    for (const Call::Private *call : std::as_const(d->open))
        stops.append(call->stop);
    for (std::stop_source &stop : stops)
        stop.request_stop();
}

QList<Record> CallLog::latest(int count, qint64 before) const
{
    QList<Record> records = d->journal->latest(count, before);
    for (Record &record : records) {
        if (const Call::Private *call = d->open.value(record.id))
            record = call->record;
        else
            record = d->late.value(record.id, record);
    }
    return records;
}

QString CallLog::journalProblem() const
{
    return d->journal->problem();
}

int CallLog::running() const
{
    return int(d->open.size());
}

} // namespace Calls
