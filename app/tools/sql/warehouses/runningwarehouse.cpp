#include "tools/sql/warehouses/runningwarehouse.h"

#include "tools/sql/grammar/sqlclassifier.h"
#include "tools/sql/grammar/sqlwords.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousechoice.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

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

QJsonObject queryBody(const ToolCall &call, const QString &query, const QString &warehouseId)
{
    QJsonObject body = statementBody(call, warehouseId);
    body.insert("statement"_L1, query);
    body.insert("row_limit"_L1, 1);
    // The shortest that the API takes; who waits no longer leaves nothing running.
    body.insert("wait_timeout"_L1, u"5s"_s);
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

} // namespace

QCoro::Task<std::optional<QJsonObject>> firstRowWhereRunning(ToolCall call, QString query)
{
    std::optional<QJsonObject> row;
    if (!sqlDeed(query, call.session().policy().trustedFunctions).reads())
        co_return row;
    try {
        const WarehouseChoice warehouse = co_await chooseWarehouse(call);
        const QString path = u"/api/2.0/sql/warehouses/"_s + Databricks::pathSegment(warehouse.id);
        // As it is now, whatever a listing said.
        const QJsonObject now = co_await call.workspace().get(path);
        if (now.value("state"_L1) == "RUNNING"_L1) {
            const QJsonObject body = queryBody(call, query, warehouse.id);
            const QString statements = u"/api/2.0/sql/statements"_s;
            const QJsonObject answer = co_await call.workspace().readByPost(statements, body);
            row = firstRow(answer);
        }
    } catch (const ApiError &) {
        // Not known, which is what nothing says.
    }
    co_return row;
}

} // namespace Tools
