#include "tools/sql/warehouses/runningwarehouse.h"

#include "tools/sql/grammar/sqlclassifier.h"
#include "tools/sql/grammar/sqlwords.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousechoice.h"
#include "tools/sql/warehouses/warehousehealth.h"
#include "tools/sql/warehouses/warehousestart.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;

namespace Tools {

namespace {

const QString StatementsPath = u"/api/2.0/sql/statements"_s;

/// The shortest that the API takes, for who decides meanwhile, and the longest, for who has asked.
constexpr auto ShortWait = 5s;
constexpr auto LongWait = 50s;

bool isKnownToRead(const ToolCall &call, const QString &query)
{
    return sqlDeed(query, call.session().policy().trustedFunctions).reads();
}

/// The parameters that the query has markers for.
QJsonArray parametersIn(const QString &query, const QJsonArray &parameters)
{
    QStringList markers;
    for (const SqlWords &words : readSql(query).statements) {
        const SqlView view(words);
        for (qsizetype i = 1; i < view.size(); ++i) {
            if (view.isSymbol(i - 1, u':') && view.isWord(i))
                markers.append(view.at(i).raw);
        }
    }
    QJsonArray used;
    for (const QJsonValue parameter : parameters) {
        if (markers.contains(parameter["name"_L1].toString(), Qt::CaseInsensitive))
            used.append(parameter);
    }
    return used;
}

QJsonObject queryBody(const ToolCall &call, const QString &query, const QString &warehouseId, std::chrono::seconds wait)
{
    QJsonObject body = statementBody(call, warehouseId);
    body.insert("statement"_L1, query);
    body.insert("row_limit"_L1, 1);
    // Who waits no longer leaves nothing running.
    body.insert("wait_timeout"_L1, u"%1s"_s.arg(wait.count()));
    body.insert("on_wait_timeout"_L1, u"CANCEL"_s);
    const QJsonArray parameters = parametersIn(query, call.array(u"parameters"_s));
    body.remove("parameters"_L1);
    if (!parameters.isEmpty())
        body.insert("parameters"_L1, parameters);
    return body;
}

std::optional<QJsonObject> firstRow(const QJsonObject &answer)
{
    const QJsonArray rows = answer.value("result"_L1).toObject().value("data_array"_L1).toArray();
    if (statementState(answer) != "SUCCEEDED"_L1 || rows.isEmpty())
        return std::nullopt;
    QJsonObject row;
    const QJsonArray columns = answer.value("manifest"_L1)["schema"_L1]["columns"_L1].toArray();
    for (qsizetype i = 0; i < columns.size(); ++i)
        row.insert(columns.at(i)["name"_L1].toString(), rows.first()[i]);
    return row;
}

QString whyNoRow(const QJsonObject &answer)
{
    return statementState(answer) == "CANCELED"_L1
               ? u"It took longer than %1 seconds and was cancelled."_s.arg(LongWait.count())
               : failureText(answer).section(u'\n', 0, 0);
}

/// Throws ApiError where it does not come to run in the call's time.
QCoro::Task<> startAndWait(ToolCall call, WarehouseChoice warehouse)
{
    co_await mustNotBeStarted(call, warehouse);
    const QJsonObject now = co_await readWarehouse(call, warehouse.id);
    const QString state = now.value("state"_L1).toString();
    if (state == "RUNNING"_L1)
        co_return;
    if (state != "STARTING"_L1)
        co_await call.workspace().post(warehousePath(warehouse.id, u"/start"_s));
    const QJsonObject reached = co_await waitUntilRunning(call, warehouse.id);
    const QString stateReached = reached.value("state"_L1).toString();
    if (stateReached == "RUNNING"_L1)
        co_return;
    const QString failure = startFailure(reached);
    throw ApiError(ApiError::Kind::InvalidState,
                   failure.isEmpty() ? u"Warehouse %1 is %2 still."_s.arg(warehouse.name, stateReached) : failure);
}

} // namespace

QCoro::Task<RowWhereRunning> firstRowWhereRunning(ToolCall call, QString query)
{
    RowWhereRunning found;
    if (!isKnownToRead(call, query))
        co_return found;
    try {
        const WarehouseChoice warehouse = co_await chooseWarehouse(call);
        // As it is now, whatever a listing said.
        const QJsonObject now = co_await call.workspace().get(warehousePath(warehouse.id));
        const QString state = now.value("state"_L1).toString();
        if (state == "RUNNING"_L1) {
            const QJsonObject body = queryBody(call, query, warehouse.id, ShortWait);
            const QJsonObject answer = co_await call.workspace().readByPost(StatementsPath, body);
            found.row = firstRow(answer);
        } else if (!state.startsWith("DELET"_L1)) {
            found.unasked = Calls::RowCount{warehouse.id, Text::line(now.value("name"_L1).toString(), 120)};
        }
    } catch (const ApiError &) {
        // Not known, which is what nothing says.
    }
    co_return found;
}

QCoro::Task<QJsonObject> firstRowOnceRunning(ToolCall call, QString query, Calls::RowCount where)
{
    if (!isKnownToRead(call, query))
        throw ApiError(ApiError::Kind::Forbidden, u"The query is not known to read only."_s);
    WarehouseChoice warehouse;
    warehouse.id = where.warehouseId;
    warehouse.name = where.warehouse;
    co_await startAndWait(call, warehouse);
    const QJsonObject body = queryBody(call, query, warehouse.id, LongWait);
    const QJsonObject answer = co_await call.workspace().readByPost(StatementsPath, body);
    const std::optional<QJsonObject> row = firstRow(answer);
    if (!row)
        throw ApiError(ApiError::Kind::BadAnswer, whyNoRow(answer));
    const QJsonObject found = *row;
    co_return found;
}

} // namespace Tools
