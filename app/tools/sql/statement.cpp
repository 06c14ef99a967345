#include "tools/sql/statement.h"

#include "tools/kit/answer.h"
#include "tools/kit/polling.h"
#include "tools/kit/required.h"
#include "tools/sql/grammar/sqlclassifier.h"
#include "tools/sql/warehouses/warehousehealth.h"

#include "common/visible.h"
#include "databricks/errorcauses.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;

namespace Tools {

namespace {

const QString StatementsPath = u"/api/2.0/sql/statements"_s;

/// How long the submission itself may wait for the result. The shortest the API takes: until it answers, nobody knows
/// the id that a cancellation needs.
constexpr auto FirstWait = 5s;
constexpr Pauses BetweenLooks{.first = 1s, .longest = 5s, .least = 1ms};

QCoro::Task<QJsonObject> submit(Databricks::Workspace workspace, QJsonObject body)
{
    try {
        const QJsonObject answer = co_await workspace.post(StatementsPath, body);
        co_return answer;
    } catch (const ApiError &error) {
        if (!error.isInDoubt())
            throw;
        throw ApiError(error.kind(), sentence(error.message()) +
                                         u" The statement may be running all the same: do not send it again before "
                                         "list_queries shows that it is not."_s)
            .setRequest(error.request())
            .setInDoubt(true);
    }
}

/// Nobody waits for it: how it went stands among the call's exchanges.
QCoro::Task<> cancelInBackground(Databricks::Workspace workspace, QString id)
{
    try {
        co_await workspace.post(statementPath(id, u"/cancel"_s));
    } catch (const ApiError &) {}
}

std::optional<QString> progressWords(const QJsonObject &answer)
{
    if (!isUnderWay(answer) || answer.contains("warehouse_failure"_L1))
        return {};
    return u"The statement is %1."_s.arg(statementState(answer));
}

/// One that stays PENDING may wait for a warehouse that never comes: so often it is looked at.
constexpr int LooksPerWarehouse = 4;

/// The words of a warehouse that cannot start; empty where it may, or where the user may not look at it.
QCoro::Task<QString> failureOfWarehouse(ToolCall call, QString warehouseId)
{
    try {
        const QJsonObject warehouse = co_await call.workspace().get(warehousePath(warehouseId));
        const QString failure = launchFailure(warehouse);
        co_return failure;
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
    }
    co_return QString();
}

QCoro::Task<QJsonObject> lookAt(ToolCall call, QString id, QString warehouseId, std::shared_ptr<int> looks)
{
    QJsonObject answer = co_await call.workspace().get(statementPath(id));
    const bool isPending = statementState(answer) == "PENDING"_L1;
    if (isPending && !warehouseId.isEmpty() && ++*looks % LooksPerWarehouse == 0) {
        const QString failure = co_await failureOfWarehouse(call, warehouseId);
        if (!failure.isEmpty())
            answer.insert("warehouse_failure"_L1, failure);
    }
    const QJsonObject looked = answer;
    co_return looked;
}

/// Waits for its end. sent: what the submission answered, where it is known.
QCoro::Task<QJsonObject> follow(ToolCall call, QString id, WaitTime time, QString warehouseId = {},
                                QJsonObject sent = {})
{
    const auto looks = std::make_shared<int>(0);
    const auto look = [call, id, warehouseId, looks] { return lookAt(call, id, warehouseId, looks); };
    return poll(call, time, BetweenLooks, look, &progressWords, sent);
}

} // namespace

QString statementPath(const QString &id, const QString &more)
{
    return StatementsPath + u'/' + Databricks::pathSegment(id) + more;
}

QString statementState(const QJsonObject &answer)
{
    return answer.value("status"_L1).toObject().value("state"_L1).toString();
}

bool isUnderWay(const QJsonObject &answer)
{
    const QString state = statementState(answer);
    return state == "PENDING"_L1 || state == "RUNNING"_L1;
}

bool hasSucceeded(const QJsonObject &answer)
{
    const QString state = statementState(answer);
    return state == "SUCCEEDED"_L1 || state == "CLOSED"_L1;
}

bool isResultGone(const QJsonObject &answer)
{
    const QJsonObject result = answer.value("result"_L1).toObject();
    const bool isThere = result.contains("data_array"_L1) || result.contains("external_links"_L1);
    return statementState(answer) == "CLOSED"_L1 && !isThere;
}

Schema statementSchema()
{
    return Schema()
        .text(u"statement"_s, u"One statement of Databricks SQL"_s)
        .text(u"warehouse_id"_s, u"Default: the profile's, else one that runs"_s)
        .text(u"catalog"_s, u"Catalog for names without one"_s)
        .text(u"schema"_s, u"Schema for names without one"_s)
        .rows(u"parameters"_s, u"For :name markers; or an object of name to value"_s,
              Schema()
                  .text(u"name"_s, {})
                  .text(u"value"_s, {})
                  .text(u"type"_s, u"Default STRING"_s)
                  .require({u"name"_s}));
}

QJsonObject statementBody(const ToolCall &call, const QString &warehouseId)
{
    const QString statement = call.text(u"statement"_s);
    const QJsonArray parameters = call.array(u"parameters"_s);
    const SqlDeed deed = sqlDeed(statement);
    // A name that is made at run time may come from there.
    const bool isNamedApart = deed.effects.testFlag(Calls::Effect::Unknown) &&
                              QJsonDocument(parameters).toJson().toLower().contains("secret");
    if (deed.readsSecret || isNamedApart)
        throw ApiError(ApiError::Kind::BadRequest,
                       u"The statement reads a secret's value, and a secret is never read back. Code in a notebook or "
                       "job reads it with dbutils.secrets.get."_s);
    QJsonObject body{{"statement"_L1, statement}, {"warehouse_id"_L1, warehouseId}};
    for (const QString &name : {u"catalog"_s, u"schema"_s}) {
        if (const QString value = call.text(name); !value.isEmpty())
            body.insert(name, value);
    }
    if (!parameters.isEmpty())
        body.insert("parameters"_L1, parameters);
    return body;
}

QCoro::Task<QJsonObject> runStatement(ToolCall call, QJsonObject body, std::chrono::milliseconds wait)
{
    const WaitTime time(call, wait);
    const bool waits = time.has(FirstWait);
    body.insert("wait_timeout"_L1, waits ? u"%1s"_s.arg(FirstWait.count()) : u"0s"_s);
    body.insert("on_wait_timeout"_L1, u"CONTINUE"_s);
    // Not to be aborted: the answer brings the id without which the statement cannot be cancelled.
    const QJsonObject sent = co_await submit(call.workspace().uncancellable(), body);
    const QString id = sent.value("statement_id"_L1).toString();
    const QString warehouse = body.value("warehouse_id"_L1).toString();
    mustHave(sent, {u"statement_id"_s}, Purpose::Changing);
    call.session().started->add(call.client(), StartedWork::Kind::Statement, id);
    try {
        const QJsonObject answer = co_await follow(call, id, time, warehouse, sent);
        if (!call.stopToken().stop_requested())
            co_return answer;
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::Cancelled)
            throw ApiError(error.kind(),
                           sentence(error.message()) +
                               u" The statement goes on: call get_statement with statement_id %1."_s.arg(id))
                .setRequest(error.request());
    }
    cancelInBackground(call.beyondCall(), id);
    throw ApiError(ApiError::Kind::Cancelled,
                   u"The call was cancelled; statement %1 is being cancelled in Databricks."_s.arg(id));
}

QCoro::Task<QJsonObject> watchStatement(ToolCall call, QString id, std::chrono::milliseconds wait)
{
    return follow(call, id, WaitTime(call, wait));
}

ApiError unknownStatement(const ApiError &error, const QString &id)
{
    if (error.kind() != ApiError::Kind::NotFound)
        return error;
    return ApiError(ApiError::Kind::NotFound,
                    u"Statement %1 can't be fetched: only this user's own statements can, until about an hour after "
                    "their end; rows of other people's or older ones can't. get_query shows the text and times of "
                    "any that list_queries lists."_s.arg(Text::visible(id)))
        .setRequest(error.request());
}

ApiError endlessResult()
{
    return ApiError(ApiError::Kind::BadAnswer, u"The result does not end: the workspace repeats its chunks."_s);
}

QString goneText(const QJsonObject &answer, bool reads)
{
    const QString what = u"Statement %1 succeeded; its result is kept no longer."_s.arg(
        Text::visible(answer.value("statement_id"_L1).toString()));
    return reads ? QString(what + u" It only reads: send it again to get the rows."_s)
                 : QString(what + u" If it changes something, that has taken effect: do not send it again."_s);
}

QString failureText(const QJsonObject &answer)
{
    const QString state = statementState(answer);
    const QString id = answer.value("statement_id"_L1).toString();
    if (state == "CANCELED"_L1)
        return u"Statement %1 was cancelled; it has no result."_s.arg(id);
    const QJsonObject status = answer.value("status"_L1).toObject();
    const QJsonObject error = status.value("error"_L1).toObject();
    const QString message = Text::visible(error.value("message"_L1).toString());
    static const QRegularExpression sqlStateInText(u"SQLSTATE: ([0-9A-Z]{5})"_s);
    QString sqlState = Text::visible(status.value("sql_state"_L1).toString());
    if (sqlState.isEmpty())
        sqlState = sqlStateInText.match(message).captured(1);
    QStringList lines{u"The statement failed: "_s + (message.isEmpty() ? u"Databricks does not say why."_s : message)};
    // Each is said once: most messages begin with the class and end with the state.
    if (!sqlState.isEmpty() && !sqlStateInText.match(message).hasMatch())
        lines.append(u"SQLSTATE: "_s + sqlState);
    if (const QString code = Text::visible(error.value("error_code"_L1).toString()); !code.isEmpty())
        lines.append(u"error code: "_s + code);
    lines.append(u"statement_id: "_s + id);
    if (message.contains("EXTERNAL_LINKS"_L1) || message.contains("byte limit"_L1, Qt::CaseInsensitive)) {
        lines.append(
            u"The result is larger than the 25 MiB that a direct answer may have. Ask for less (LIMIT, fewer columns, "
            "a smaller row_limit), or write all of it to a file with export_query."_s);
    }
    if (const QString advice = Databricks::adviceByCause(QString(), message); !advice.isEmpty())
        lines.append(advice);
    return lines.join(u'\n');
}

bool missesSystemTables(const QString &failure)
{
    static const QStringList signs{u"TABLE_OR_VIEW_NOT_FOUND"_s, u"SCHEMA_NOT_FOUND"_s,         u"NO_SUCH_CATALOG"_s,
                                   u"CATALOG_NOT_FOUND"_s,       u"INSUFFICIENT_PERMISSIONS"_s, u"PERMISSION_DENIED"_s};
    return std::ranges::any_of(signs, [&failure](const QString &sign) { return failure.contains(sign); });
}

} // namespace Tools
