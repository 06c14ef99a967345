#include "tools/sql/sqlapproval.h"

#include "tools/kit/answer.h"
#include "tools/sql/sqlconsequence.h"

#include "common/visible.h"
#include "databricks/requesturl.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

SqlDeed deedOf(const ToolCall &call)
{
    return sqlDeed(call.text(u"statement"_s), call.session().policy().trustedFunctions);
}

namespace {

QString warehouseOf(const ToolCall &call)
{
    return call.text(u"warehouse_id"_s, call.session().defaultWarehouseId);
}

QString sqlVerb(const ToolCall &call)
{
    return deedOf(call).verb;
}

QString sqlTarget(const ToolCall &call)
{
    const SqlDeed deed = deedOf(call);
    const QString target = deed.target;
    if (target.isEmpty() || !deed.isTargetWhole || target.endsWith(u'…'))
        return {};
    // The same name in another catalog is another table, and a schema no catalog.
    const QJsonArray parts{target, call.text(u"catalog"_s), call.text(u"schema"_s), warehouseOf(call)};
    return jsonText(parts);
}

QCoro::Task<QString> statementTarget(ToolCall call)
{
    QString target = deedOf(call).target;
    const QString id = warehouseOf(call);
    if (id.isEmpty())
        co_return target;
    QString name = id;
    try {
        const QString path = u"/api/2.0/sql/warehouses/"_s + Databricks::pathSegment(id);
        const QJsonObject warehouse = co_await call.workspace().get(path);
        name = Text::line(warehouse.value("name"_L1).toString(), 120);
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::NotFound)
            throw;
    }
    target += target.isEmpty() ? u"on "_s : u" on "_s;
    co_return target + name;
}

Calls::Passage::Language sqlLanguage(const ToolCall &)
{
    return Calls::Passage::Language::Sql;
}

} // namespace

Tool asSql(Tool row)
{
    row.verbOf = &sqlVerb;
    row.targetOf = &sqlTarget;
    row.target = &statementTarget;
    row.consequence = &statementConsequence;
    row.count = &countedConsequence;
    row.deciding = {u"statement"_s};
    row.languageOf = &sqlLanguage;
    return row;
}

} // namespace Tools
