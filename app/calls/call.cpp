#include "calls/call.h"

#include "common/secrets.h"

#include <QJsonDocument>
#include <QUrl>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr qsizetype AnswerLimit = 65'536; // bytes of UTF-8
constexpr std::chrono::milliseconds ProgressPause{100};
constexpr auto StoppedMessage = "Bricktray stopped before this call ended"_L1;

qint64 jsonSize(const Mcp::ToolResult &result)
{
    qint64 size = QJsonDocument(result.content()).toJson(QJsonDocument::Compact).size();
    if (!result.structuredContent().isEmpty())
        size += QJsonDocument(result.structuredContent()).toJson(QJsonDocument::Compact).size();
    return size;
}

/// At most AnswerLimit bytes, with a note where something is missing.
QString cut(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    if (bytes.size() <= AnswerLimit)
        return text;
    const QString note = u"\n… (%1 KiB in all; the model was given the whole)"_s.arg(bytes.size() / 1024);
    qsizetype end = AnswerLimit - note.toUtf8().size();
    while ((bytes.at(end) & 0xC0) == 0x80)
        --end;
    return QString::fromUtf8(bytes.first(end)) + note;
}

} // namespace

Call::Call(CallKeeper *keeper, CallStart start)
    : m_keeper(keeper)
    , m_record(std::move(start.record))
    , m_key(std::move(start.key))
    , m_secrets(std::move(start.secrets))
    , m_pathSecrets(m_secrets)
{
    for (const QString &secret : std::as_const(m_secrets))
        m_pathSecrets.append(QString::fromLatin1(QUrl::toPercentEncoding(secret)));
    m_progressDue.setSingleShot(true);
    QObject::connect(&m_progressDue, &QTimer::timeout, &m_progressDue, [this] {
        m_sinceProgress.start();
        show();
    });
    m_clock.start();
    // A source of its own, held while it fires: who is stopped may end the call at once, and this lambda with it.
    m_clientStop.emplace(start.clientStop, [stop = m_stop] { std::stop_source(stop).request_stop(); });
}

Call::~Call()
{
    close(Outcome::Cancelled, u"The call was given up before it had an answer"_s);
}

void Call::addExchange(const Rest::Exchange &exchange)
{
    if (!m_keeper)
        return;
    m_record.exchanges.append(masked(exchange));
    show();
}

Rest::Exchange Call::masked(const Rest::Exchange &exchange) const
{
    Rest::Exchange row = exchange;
    row.path = Text::masked(row.path, m_pathSecrets);
    row.error = clean(row.error);
    return row;
}

void Call::setTarget(const QString &words)
{
    if (!m_keeper)
        return;
    m_record.target = clean(words);
    show();
}

void Call::setProgress(const QString &message, double done)
{
    if (!m_keeper)
        return;
    m_record.message = clean(message);
    m_record.progress = done < 0 ? -1 : qMin(done, 1.0);
    if (m_progressDue.isActive())
        return;
    const std::chrono::milliseconds since(m_sinceProgress.isValid() ? m_sinceProgress.elapsed()
                                                                    : ProgressPause.count());
    if (since < ProgressPause) {
        m_progressDue.start(ProgressPause - since);
        return;
    }
    m_sinceProgress.start();
    show();
}

void Call::goOn()
{
    m_goesOn = true;
    m_clientStop.reset();
}

void Call::answered(const Mcp::ToolResult &result)
{
    if (!m_keeper)
        return;
    keepAnswer(result);
    show();
}

void Call::finish(const Mcp::ToolResult &result)
{
    if (!m_keeper)
        return;
    // What the client was given stays; how the work ended is told in the message.
    if (!m_goesOn)
        keepAnswer(result);
    const bool isNews = result.isError() || m_goesOn;
    const QString firstLine = result.text().section(u'\n', 0, 0, QString::SectionSkipEmpty);
    close(result.isError() ? Outcome::Failed : Outcome::Succeeded, isNews ? firstLine : QString());
}

void Call::refuse(const QString &reason)
{
    close(Outcome::Refused, reason);
}

void Call::cancel()
{
    // Beside the person only the application's end stops what goes on.
    const QString otherwise = m_goesOn ? QString(StoppedMessage) : u"Cancelled before it had an answer"_s;
    close(Outcome::Cancelled, m_isCancelledByPerson ? u"Cancelled in Bricktray's window"_s : otherwise);
}

void Call::abandon()
{
    close(Outcome::Cancelled, StoppedMessage);
}

void Call::wait()
{
    becomes(Outcome::Waiting);
}

void Call::run()
{
    becomes(Outcome::Running);
}

void Call::setMissed()
{
    m_record.canApproveLate = true;
}

void Call::setPermission(const QString &words)
{
    if (!m_keeper)
        return;
    m_record.permission = clean(words);
    show();
}

void Call::stop(bool byPerson)
{
    if (byPerson)
        m_isCancelledByPerson = true;
    // Held while it fires: the call may end with it.
    std::stop_source stop = m_stop;
    stop.request_stop();
}

QString Call::clean(const QString &text) const
{
    return Text::shownLine(text, LineLimit, m_secrets);
}

void Call::show()
{
    if (!m_keeper)
        return;
    m_record.durationMs = m_clock.elapsed();
    m_keeper->show(m_record);
}

void Call::becomes(Outcome outcome)
{
    if (!m_keeper)
        return;
    m_record.outcome = outcome;
    m_record.durationMs = m_clock.elapsed();
    m_keeper->store(m_record);
}

void Call::keepAnswer(const Mcp::ToolResult &result)
{
    m_record.answer = cut(Text::masked(result.text(), m_secrets));
    m_record.answerBytes = jsonSize(result);
}

void Call::close(Outcome outcome, const QString &message)
{
    if (!m_keeper)
        return;
    m_progressDue.stop();
    m_record.outcome = outcome;
    m_record.message = clean(message);
    m_record.durationMs = m_clock.elapsed();
    // A copy, and nothing of this object afterwards: who hears of it may drop the call.
    const Record last = m_record;
    std::exchange(m_keeper, nullptr)->close(last);
}

} // namespace Calls
