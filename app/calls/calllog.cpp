#include "calls/calllog.h"

#include "calls/masking.h"
#include "common/secrets.h"

#include <QJsonDocument>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Calls {

namespace {

constexpr int NameLimit = 120;
constexpr qsizetype ArgumentsLimit = 262'144; // bytes of JSON
constexpr qsizetype ArgumentLimit = 4'096;

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

QJsonObject namesOf(const QJsonObject &arguments)
{
    QJsonObject names;
    for (auto it = arguments.begin(); it != arguments.end(); ++it)
        names.insert(it.key(), u"(not kept)"_s);
    return names;
}

} // namespace

CallLog::CallLog(std::unique_ptr<Journal> journal, ApprovalTimes times, QObject *parent)
    : QObject(parent)
    , m_journal(std::move(journal))
    , m_approvals(this, times)
    , m_journalProblem(m_journal->problem())
{
    qRegisterMetaType<Record>();
    connect(&m_pruning, &QTimer::timeout, this, [this] {
        // A pause between the chunks lets calls through.
        m_pruning.start(m_journal->prune() ? 50ms : std::chrono::milliseconds(24h));
        tellJournalProblem();
    });
    m_pruning.setSingleShot(true);
    m_pruning.start(0ms);
}

CallLog::~CallLog()
{
    m_approvals.end();
    while (!m_open.isEmpty())
        (*m_open.constBegin())->abandon();
}

void CallLog::keepSecret(const QString &secret)
{
    if (!secret.isEmpty() && !m_secrets.contains(secret))
        m_secrets.append(secret);
}

std::shared_ptr<Call> CallLog::open(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                                    const QStringList &secretArguments, std::stop_token clientStop)
{
    CallStart start;
    start.record = recordOf(request, profile, workspace, secretArguments);
    start.record.id = m_journal->insert(start.record);
    start.key = Grants::callKey(request, profile, workspace);
    start.secrets = secretsOf(request, secretArguments);
    start.clientStop = std::move(clientStop);
    const Record record = start.record;
    CallKeeper *const keeper = this;
    const auto call = std::make_shared<Call>(keeper, std::move(start));
    m_open.insert(record.id, call.get());
    Q_EMIT opened(record);
    Q_EMIT runningChanged(running());
    tellJournalProblem();
    return call;
}

void CallLog::refuse(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                     const QString &reason, const QStringList &secretArguments)
{
    Mcp::ToolRequest named = request;
    named.arguments = namesOf(request.arguments);
    Record record = recordOf(named, profile, workspace, secretArguments);
    record.outcome = Outcome::Refused;
    record.message = Text::shownLine(reason, Call::LineLimit, secretsOf(request, secretArguments));
    record.id = m_journal->insert(record);
    Q_EMIT opened(record);
    tellJournalProblem();
}

void CallLog::cancel(qint64 callId)
{
    if (Call *call = m_open.value(callId))
        call->stop(true);
}

void CallLog::stopAll()
{
    // By number, for a call may end with it, and others with that one.
    const QList<qint64> ids = m_open.keys();
    for (const qint64 id : ids) {
        if (Call *call = m_open.value(id))
            call->stop(false);
    }
}

QList<Record> CallLog::latest(int count, qint64 before) const
{
    QList<Record> records = m_journal->latest(count, before);
    for (Record &record : records) {
        const Call *call = m_open.value(record.id);
        record = call ? call->record() : m_approvals.withLate(record);
    }
    return records;
}

QString CallLog::journalProblem() const
{
    return m_journal->problem();
}

int CallLog::running() const
{
    return int(m_open.size());
}

void CallLog::show(const Record &record)
{
    Q_EMIT changed(record);
}

void CallLog::store(const Record &record)
{
    m_journal->update(record);
    Q_EMIT changed(record);
    tellJournalProblem();
}

void CallLog::close(const Record &record)
{
    m_open.remove(record.id);
    m_journal->update(record);
    m_approvals.closed(record);
    Q_EMIT changed(record);
    Q_EMIT runningChanged(running());
    m_approvals.withdraw(record.id);
    tellJournalProblem();
}

void CallLog::tellJournalProblem()
{
    const QString problem = m_journal->problem();
    if (problem != std::exchange(m_journalProblem, problem))
        Q_EMIT journalProblemChanged(problem);
}

Record CallLog::recordOf(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace,
                         const QStringList &secretArguments) const
{
    Record record;
    record.started = QDateTime::currentDateTimeUtc();
    record.client = Text::shownLine(request.client.label(), NameLimit);
    record.profile = profile;
    record.workspace = workspace;
    record.tool = Text::shownLine(request.tool, NameLimit, m_secrets);
    // Bounded first: what is not kept need not be searched.
    record.arguments = masked(bounded(request.arguments), secretArguments, m_secrets);
    return record;
}

QStringList CallLog::secretsOf(const Mcp::ToolRequest &request, const QStringList &secretArguments) const
{
    return m_secrets + secretValues(request.arguments, secretArguments);
}

} // namespace Calls
