#include "calls/calllog_p.h"

#include "common/secrets.h"

#include <QJsonDocument>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr qsizetype AnswerLimit = 65'536; // bytes of UTF-8
constexpr int ProgressPauseMs = 100;

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

void Call::Private::hide(const QStringList &values)
{
    secrets = values;
    pathSecrets = values;
    for (const QString &secret : values)
        pathSecrets.append(QString::fromLatin1(QUrl::toPercentEncoding(secret)));
}

void Call::Private::shown()
{
    record.durationMs = clock.elapsed();
    log->show(record);
}

void Call::Private::keepAnswer(const Mcp::ToolResult &result)
{
    record.answer = cut(Text::masked(result.text(), secrets));
    record.answerBytes = jsonSize(result);
}

void Call::Private::becomes(Outcome outcome)
{
    record.outcome = outcome;
    record.durationMs = clock.elapsed();
    log->journal->update(record);
    log->show(record);
}

void Call::Private::close(Outcome outcome, const QString &message)
{
    record.outcome = outcome;
    record.message = clean(message);
    record.durationMs = clock.elapsed();
    // A copy, and nothing of this object afterwards: who hears of it may drop the call.
    const Record last = record;
    std::exchange(log, nullptr)->closed(last);
}

Call::Call(std::unique_ptr<Private> call)
    : d(std::move(call))
{}

Call::~Call()
{
    if (d->log)
        d->close(Outcome::Cancelled, u"The call was given up before it had an answer"_s);
}

qint64 Call::id() const
{
    return d->record.id;
}

const Record &Call::record() const
{
    return d->record;
}

void Call::addExchange(const Exchange &exchange)
{
    if (!d->log)
        return;
    Exchange row = exchange;
    row.path = Text::masked(row.path, d->pathSecrets);
    row.error = d->clean(row.error);
    d->record.exchanges.append(row);
    d->shown();
}

void Call::setTarget(const QString &words)
{
    if (!d->log)
        return;
    d->record.target = d->clean(words);
    d->shown();
}

std::stop_token Call::stopToken() const
{
    return d->stop.get_token();
}

bool Call::isCancelledByPerson() const
{
    return d->cancelledByPerson;
}

void Call::setProgress(const QString &message, double done)
{
    if (!d->log)
        return;
    d->record.message = d->clean(message);
    d->record.progress = done < 0 ? -1 : qMin(done, 1.0);
    if (d->progressDue)
        return;
    const qint64 since = d->sinceProgress.isValid() ? d->sinceProgress.elapsed() : ProgressPauseMs;
    if (since < ProgressPauseMs) {
        d->progressDue = true;
        d->log->showLater(d->record.id, int(ProgressPauseMs - since));
        return;
    }
    d->sinceProgress.start();
    d->shown();
}

void Call::goOn()
{
    d->goesOn = true;
    d->clientStop.reset();
}

bool Call::isGoingOn() const
{
    return d->goesOn;
}

void Call::answered(const Mcp::ToolResult &result)
{
    if (!d->log)
        return;
    d->keepAnswer(result);
    d->shown();
}

void Call::finish(const Mcp::ToolResult &result)
{
    if (!d->log)
        return;
    // What the client was given stays; how it ended is news to it.
    if (!d->goesOn)
        d->keepAnswer(result);
    const bool isNews = result.isError() || d->goesOn;
    const QString firstLine = result.text().section(u'\n', 0, 0, QString::SectionSkipEmpty);
    d->close(result.isError() ? Outcome::Failed : Outcome::Succeeded, isNews ? firstLine : QString());
}

void Call::refuse(const QString &reason)
{
    if (d->log)
        d->close(Outcome::Refused, reason);
}

void Call::cancel()
{
    if (!d->log)
        return;
    // Beside the person only the application's end stops what goes on.
    const QString otherwise =
        d->goesOn ? QString(CallLog::Private::StoppedMessage) : u"Cancelled before it had an answer"_s;
    d->close(Outcome::Cancelled, d->cancelledByPerson ? u"Cancelled in Bricktray's window"_s : otherwise);
}

} // namespace Calls
