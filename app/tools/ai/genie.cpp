#include "tools/ai/genieanswer.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/polling.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousechoice.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr auto UsualWait = 45s;
constexpr Pauses BetweenLooks{.first = 500ms, .longest = 4s};

const QStringList Ends{u"COMPLETED"_s, u"FAILED"_s, u"CANCELLED"_s, u"QUERY_RESULT_EXPIRED"_s};

QJsonObject spaceRow(const QJsonObject &space)
{
    return {{"space_id"_L1, Text::visible(space.value("space_id"_L1).toString())},
            {"title"_L1, Text::visible(space.value("title"_L1).toString())},
            {"description"_L1, Text::visible(space.value("description"_L1).toString())}};
}

QCoro::Task<ToolResult> listGenieSpaces(ToolCall call)
{
    const QString title = call.text(u"title_contains"_s);
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    Listing listing(u"/api/2.0/genie/spaces"_s, query, u"spaces"_s, &spaceRow);
    listing.holding(u"title"_s, title).from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"space_id"_s, u"id"_s}, {u"title"_s, u"title"_s}, {u"description"_s, u"description"_s}};
    co_return listAnswer(u"Found %1 Genie spaces:"_s.arg(listed.totalInWords()), columns, u"spaces"_s, listed);
}

QString conversationsPath(const QString &spaceId)
{
    return u"/api/2.0/genie/spaces/%1/conversations"_s.arg(Databricks::pathSegment(spaceId));
}

/// A question begins a conversation, which stays, and Genie's SQL may start the space's warehouse.
Calls::Effects effectsOfAsking(const ToolCall &call)
{
    return call.text(u"message_id"_s).isEmpty() ? Calls::Effect::Adds : Calls::Effect::Reads;
}

/// Sends the question, in the conversation that was named or in a new one.
QCoro::Task<GenieHandle> ask(ToolCall call, GenieHandle handle)
{
    const QJsonObject body{{"content"_L1, call.text(u"question"_s)}};
    const QString path =
        handle.conversationId.isEmpty()
            ? QString(u"/api/2.0/genie/spaces/%1/start-conversation"_s.arg(Databricks::pathSegment(handle.spaceId)))
            : QString(conversationsPath(handle.spaceId) + u'/' + Databricks::pathSegment(handle.conversationId) +
                      u"/messages"_s);
    const QJsonObject sent = co_await call.workspace().post(path, body);
    if (handle.conversationId.isEmpty())
        handle.conversationId = sent.value("conversation_id"_L1).toString();
    handle.messageId = sent.value("message_id"_L1).toString();
    if (handle.messageId.isEmpty())
        handle.messageId = sent.value("id"_L1).toString();
    const QJsonObject known{{"conversation_id"_L1, handle.conversationId}, {"message_id"_L1, handle.messageId}};
    mustHave(known, {u"conversation_id"_s, u"message_id"_s}, Purpose::Changing);
    const GenieHandle asked = handle;
    co_return asked;
}

std::optional<QString> progressWords(const QJsonObject &message)
{
    const QString status = message.value("status"_L1).toString();
    if (Ends.contains(status))
        return {};
    return u"Genie: "_s + Text::visible(status).toLower().replace(u'_', u' ');
}

std::optional<QString> statementWords(const QJsonObject &result)
{
    const QJsonObject statement = result.value("statement_response"_L1).toObject();
    return isUnderWay(statement) ? std::optional(u"Genie's query is %1."_s.arg(statementState(statement)))
                                 : std::nullopt;
}

QCoro::Task<QJsonObject> waitForAnswer(ToolCall call, QString messagePath, WaitTime time)
{
    const auto look = [call, messagePath] { return call.workspace().get(messagePath); };
    return poll(call, time, BetweenLooks, look, &progressWords);
}

/// The statement behind a query result, once it is over; what it says of a statement that is not yet is no result.
QCoro::Task<QJsonObject> readStatement(ToolCall call, QString path, WaitTime time)
{
    const auto look = [call, path] { return call.workspace().get(path); };
    const QJsonObject result = co_await poll(call, time, BetweenLooks, look, &statementWords);
    const QJsonObject statement = result.value("statement_response"_L1).toObject();
    co_return statement;
}

/// Why the rows of a statement cannot be shown; empty where they can.
QString rowsProblem(const QJsonObject &statement)
{
    if (isUnderWay(statement))
        return u"the statement is still %1; get_statement with statement_id \"%2\" gives them when it is over."_s.arg(
            statementState(statement), Text::visible(statement.value("statement_id"_L1).toString()));
    if (statement.isEmpty() || isResultGone(statement))
        return u"the result is kept no longer; execute_sql with the SQL gives it again."_s;
    // Answers without a state are of workspaces that give only what succeeded.
    return hasSucceeded(statement) || statementState(statement).isEmpty() ? QString() : failureText(statement);
}

/// The rows of each query that Genie wrote, by the attachment's id. What cannot be read is told with the answer.
QCoro::Task<GenieRows> readRows(ToolCall call, QString messagePath, QJsonArray attachments, WaitTime time)
{
    GenieRows rows;
    for (const QJsonValue attachment : attachments) {
        const QString id = attachment["attachment_id"_L1].toString();
        if (!attachment["query"_L1].isObject() || id.isEmpty())
            continue;
        const QString path = messagePath + u"/attachments/"_s + Databricks::pathSegment(id) + u"/query-result"_s;
        try {
            const QJsonObject statement = co_await readStatement(call, path, time);
            const QString problem = rowsProblem(statement);
            if (problem.isEmpty())
                rows.results.insert(id, statement);
            else
                rows.problems.insert(id, problem);
        } catch (const ApiError &error) {
            if (error.kind() == ApiError::Kind::Cancelled)
                throw;
            rows.problems.insert(id, error.text());
        }
    }
    const GenieRows all = rows;
    co_return all;
}

QCoro::Task<ToolResult> askGenie(ToolCall call)
{
    GenieHandle handle;
    handle.spaceId = call.text(u"space_id"_s);
    handle.conversationId = call.text(u"conversation_id"_s);
    handle.messageId = call.text(u"message_id"_s);
    const bool isNew = handle.messageId.isEmpty();
    if (isNew && !call.has(u"question"_s))
        co_return ToolResult::error(
            u"Give a question, or the conversation_id and message_id of one that Genie is still working on."_s);
    if (!isNew && handle.conversationId.isEmpty())
        co_return ToolResult::error(u"A message_id needs its conversation_id."_s);
    if (isNew)
        handle = co_await ask(call, handle);

    const QString messagePath = conversationsPath(handle.spaceId) + u'/' +
                                Databricks::pathSegment(handle.conversationId) + u"/messages/"_s +
                                Databricks::pathSegment(handle.messageId);
    const WaitTime time(call, std::chrono::seconds(call.number(u"wait_seconds"_s, UsualWait.count())));
    QJsonObject message;
    try {
        message = co_await waitForAnswer(call, messagePath, time);
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled || !isNew)
            throw;
        // Genie is at work although its answer could not be read: the error must carry the handle.
        co_return ToolResult::error(
            u"The question was sent, but Genie's answer could not be read: %1 Do not ask it again: call ask_genie with "
            "space_id \"%2\", conversation_id \"%3\" and message_id \"%4\"."_s.arg(
                error.text(), handle.spaceId, handle.conversationId, handle.messageId));
    }
    const QString status = message.value("status"_L1).toString();
    if (!Ends.contains(status))
        co_return genieStillThinks(handle, status);
    if (status != "COMPLETED"_L1)
        co_return genieFailed(message);
    const QJsonArray attachments = message.value("attachments"_L1).toArray();
    const GenieRows rows = co_await readRows(call, messagePath, attachments, time);
    co_return genieAnswer(handle, attachments, rows);
}

} // namespace

QList<Tool> genieTools()
{
    return {
        {
            .name = u"list_genie_spaces"_s,
            .title = u"List Genie spaces"_s,
            .description =
                u"Lists the Genie spaces, each of which answers questions about some tables in plain language."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(
                Schema().text(u"title_contains"_s, u"Only spaces whose title holds this text, in any case"_s)),
            .outputSchema = listedSchema(
                u"spaces"_s, Schema().text(u"space_id"_s, {}).text(u"title"_s, {}).text(u"description"_s, {})),
            .run = &listGenieSpaces,
        },
        {
            .name = u"ask_genie"_s,
            .title = u"Ask Genie"_s,
            .description =
                u"Asks a Genie space a question and returns its words, the SQL it wrote and the rows. What takes "
                "longer than 45 seconds gives ids to ask again with."_s,
            .effects = Calls::Effect::Adds,
            .inputSchema = Schema()
                               .text(u"space_id"_s, u"list_genie_spaces has them"_s)
                               .text(u"question"_s, u"In plain language"_s)
                               .text(u"conversation_id"_s, u"Go on with this conversation; else a new one begins"_s)
                               .text(u"message_id"_s, u"Instead of a question: wait for the answer to this one"_s)
                               .integer(u"wait_seconds"_s, u"Wait at most so long; default and most 45"_s, 0, 45)
                               .require({u"space_id"_s}),
            .outputSchema = genieSchema(),
            .run = &askGenie,
            .effectsOf = &effectsOfAsking,
            .effectRange = u"adds a conversation; reads with message_id"_s,
        },
    };
}

} // namespace Tools
