#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/schema.h"
#include "tools/sql/export/exportname.h"
#include "tools/sql/export/exportwriter.h"
#include "tools/sql/sqlapproval.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousechoice.h"

#include <QFileInfo>
#include <QLocale>
#include <QStandardPaths>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Calls::Effect;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// How long the statement may take of the call's time; the rest is for its rows.
constexpr auto LongestStatement = 38s;
constexpr auto AnswerMargin = 100ms;
constexpr auto LookInterval = 100ms;

QString exportFolder(const Session &session)
{
    if (!session.exportFolder.isEmpty())
        return session.exportFolder;
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + u"/Bricktray exports"_s;
}

QString sizeText(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

/// A workspace refuses a format before it runs anything, so that asking with another one is not a repetition.
bool refusesFormat(const ApiError &error)
{
    return error.kind() == ApiError::Kind::BadRequest && error.status() == 400 &&
           (error.message().contains("format"_L1, Qt::CaseInsensitive) || error.message().contains("CSV"_L1));
}

/// What cannot be told to change anything itself: rows of a query, whatever its functions do.
constexpr Calls::Effects EffectsOfQueries = Effect::RunsCode | Effect::ReachesOut | Effect::Unknown;

/// Whether there is a file in it: the rows of a change are how many it changed, and nobody would learn of it.
bool isQuery(const SqlDeed &deed)
{
    return !(deed.effects & ~EffectsOfQueries);
}

bool isEscaping(const ToolCall &call)
{
    return call.flag(u"escape_formulas"_s);
}

QCoro::Task<QJsonObject> runForLinks(ToolCall call)
{
    QJsonObject body = statementBody(call, QString());
    body.insert("disposition"_L1, u"EXTERNAL_LINKS"_s);
    // CSV arrives as it goes into the file, and nothing in it is looked at.
    body.insert("format"_L1, isEscaping(call) ? u"JSON_ARRAY"_s : u"CSV"_s);
    if (call.has(u"row_limit"_s))
        body.insert("row_limit"_L1, call.number(u"row_limit"_s));
    try {
        const SentStatement sent = co_await runOnWarehouse(call, body, LongestStatement);
        co_return sent.answer;
    } catch (const ApiError &error) {
        if (isEscaping(call) || !refusesFormat(error))
            throw;
    }
    body.insert("format"_L1, u"JSON_ARRAY"_s);
    const SentStatement sent = co_await runOnWarehouse(call, body, LongestStatement);
    co_return sent.answer;
}

QCoro::Task<QJsonObject> statementToExport(ToolCall call)
{
    const QString id = call.text(u"statement_id"_s);
    if (!id.isEmpty()) {
        try {
            const QJsonObject answer = co_await watchStatement(call, id, LongestStatement);
            co_return answer;
        } catch (const ApiError &error) {
            throw unknownStatement(error, id);
        }
    }
    const QJsonObject answer = co_await runForLinks(call);
    co_return answer;
}

ToolResult written(const ExportWork &work, const QJsonObject &answer)
{
    const bool truncated = answer.value("manifest"_L1).toObject().value("truncated"_L1).toBool();
    const QString id = answer.value("statement_id"_L1).toString();
    QString text =
        u"Wrote %1 rows (%2) with a header line to %3."_s.arg(work.totalRows).arg(sizeText(work.bytes), work.path);
    if (QFileInfo(work.path).fileName() != work.file.name())
        text += u" There was a %1 already."_s.arg(work.file.name());
    text += u" SQL's NULL stands there as the word null."_s;
    if (work.formulas == Formulas::Escaped)
        text += u" Cells that begin with = + - @ have a ' before them; numbers have none."_s;
    if (truncated)
        text +=
            u"\nThe query has more rows than that: its row_limit, or Databricks' own limit of 100 GiB, cut the result. All rows: export_query with the query itself and no row_limit."_s;
    return factsAnswer(text, {{"statement_id"_L1, id},
                              {"state"_L1, "WRITTEN"_L1},
                              {"path"_L1, work.path},
                              {"rows"_L1, work.totalRows},
                              {"bytes"_L1, work.bytes},
                              {"truncated"_L1, truncated}});
}

ToolResult outcome(const ExportWork &work, const QJsonObject &answer)
{
    return work.path.isEmpty() ? ToolResult::error(work.problem + u" No file was left behind."_s)
                               : written(work, answer);
}

ToolResult beingWritten(ExportWork &work, const QString &statementId)
{
    const QString path = work.file.partPath();
    return factsAnswer(
        u"%1 are written so far, and the rest is still being written to %2. It loses the ending .part when it is "
        "complete, and is removed if it fails. Do not export it again meanwhile."_s.arg(rowsSoFar(work), path),
        {{"statement_id"_L1, statementId},
         {"state"_L1, "WRITING"_L1},
         {"path"_L1, path},
         {"rows"_L1, qint64(work.rows)},
         {"bytes"_L1, work.bytes}});
}

/// Tells how far the work is until it is over or it is time to answer. A call that is stopped stops the work, whose end
/// is waited for.
QCoro::Task<> follow(ToolCall call, std::shared_ptr<ExportWork> work)
{
    const Databricks::Workspace workspace = call.beyondCall();
    while (!work->isOver && (call.timeLeft() > AnswerMargin || call.stopToken().stop_requested())) {
        call.progress(work->rows, double(work->totalRows), rowsSoFar(*work) + u" written"_s);
        co_await workspace.pause(LookInterval);
    }
}

QCoro::Task<> followToTheEnd(ToolCall call, std::shared_ptr<ExportWork> work, QJsonObject answer)
{
    try {
        co_await follow(call, work);
        call.end(outcome(*work, answer));
    } catch (const ApiError &error) {
        call.end(ToolResult::error(error.text()));
    }
}

QCoro::Task<ToolResult> exportQuery(ToolCall call)
{
    if (call.text(u"statement"_s).isEmpty() == call.text(u"statement_id"_s).isEmpty())
        co_return ToolResult::error(u"Give either statement, to run it, or statement_id of one that was run."_s);
    if (const SqlDeed deed = deedOf(call); !isQuery(deed))
        co_return ToolResult::error(
            u"%1 changes data, and only a query's rows are exported: use execute_sql. Nothing was done."_s.arg(
                deed.verb.isEmpty() ? u"This statement"_s : deed.verb));
    const QJsonObject answer = co_await statementToExport(call);
    const QString id = answer.value("statement_id"_L1).toString();
    if (const QString failure = answer.value("warehouse_failure"_L1).toString(); !failure.isEmpty())
        co_return ToolResult::error(
            u"Statement %1 waits for a warehouse that cannot be started: %2 cancel_statement ends it."_s.arg(
                id, sentence(failure)));
    if (isUnderWay(answer)) {
        const QJsonObject facts{{"statement_id"_L1, id}, {"state"_L1, statementState(answer)}};
        co_return factsAnswer(
            u"The statement is still %1. Do not send it again: call export_query with statement_id \"%2\" to go on, "
            "or cancel_statement to stop it."_s.arg(statementState(answer), id),
            facts);
    }
    if (!hasSucceeded(answer))
        co_return ToolResult::error(failureText(answer));
    if (isResultGone(answer)) {
        const bool reads = !call.text(u"statement"_s).isEmpty() && deedOf(call).reads();
        co_return ToolResult::error(goneText(answer, reads) + u" No file was written."_s);
    }
    const QJsonObject manifest = answer.value("manifest"_L1).toObject();
    const QString format = manifest.value("format"_L1).toString();
    if (format == "ARROW_STREAM"_L1)
        co_return ToolResult::error(
            u"The result of this statement is in Arrow's format, which is not exported. Give its text as statement."_s);

    if (isEscaping(call) && format == "CSV"_L1)
        co_return ToolResult::error(
            u"The result of this statement is there as CSV, in which no formulas can be escaped. Give its text as statement."_s);

    // From here to the entry of the new one nothing is awaited: two calls cannot both find none.
    const QString host = call.workspace().name();
    if (const auto running = call.session().exports->find(host, id))
        co_return beingWritten(*running, id);
    const auto work = std::make_shared<ExportWork>(exportFolder(call.session()),
                                                   safeFileName(call.text(u"file_name"_s), u"query "_s + id.left(13)));
    if (!work->file.isOpen())
        co_return ToolResult::error(work->file.problem() + u" Choose another export folder in Bricktray's settings."_s);
    work->formulas = isEscaping(call) ? Formulas::Escaped : Formulas::AsTheyAre;
    work->totalRows = manifest.value("total_row_count"_L1).toInteger();
    call.session().exports->add(host, id, work);
    writeExport(work, call.beyondCall(call.stopToken()), answer);
    co_await follow(call, work);
    if (work->isOver)
        co_return outcome(*work, answer);
    followToTheEnd(call.goOn(), work, answer);
    co_return beingWritten(*work, id);
}

Calls::Effects effectsOfExport(const ToolCall &call)
{
    const QString statement = call.text(u"statement"_s);
    // It writes a file in any case.
    // What is refused does nothing.
    const SqlDeed deed = statement.isEmpty() ? SqlDeed() : deedOf(call);
    return isQuery(deed) ? Effect::Adds | deed.effects : Calls::Effects(Effect::Adds);
}

} // namespace

QList<Tool> exportTools()
{
    return {
        asSql({
            .name = u"export_query"_s,
            .title = u"Export query to a file"_s,
            .description = u"Exports all rows of a SQL query to a CSV file in the person's export folder."_s,
            .effects = Effect::Adds | EffectsOfQueries,
            .inputSchema =
                statementSchema()
                    .text(u"statement_id"_s, u"Instead: one that was run"_s)
                    .text(u"file_name"_s, u"Name without a path; never overwrites"_s)
                    .flag(u"escape_formulas"_s, u"Put a ' before cells that a spreadsheet would run"_s)
                    .integer(u"row_limit"_s, u"Most rows; default all"_s, 1, std::numeric_limits<qint64>::max()),
            .outputSchema =
                Schema()
                    .text(u"statement_id"_s, {})
                    .text(u"state"_s, u"WRITTEN; WRITING: it goes on; PENDING or RUNNING: the statement does"_s)
                    .text(u"path"_s, {})
                    .integer(u"rows"_s, {})
                    .integer(u"bytes"_s, {})
                    .flag(u"truncated"_s, u"The statement has more rows than the file"_s)
                    .require({u"statement_id"_s, u"state"_s}),
            .run = &exportQuery,
            .effectsOf = &effectsOfExport,
            .leastEffects = Effect::Adds,
            .effectRange = u"adds a file, and what the functions of the query do"_s,
        }),
    };
}

} // namespace Tools
