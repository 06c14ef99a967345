#include "tools/sql/sqlapproval.h"

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

/// "It is a MANAGED table of ada@example.com. UNDROP TABLE brings it back for 7 days."
QString tableInWords(const QJsonObject &table, bool isDropped)
{
    const QString kind = Text::line(table.value("table_type"_L1).toString(), 60);
    const QString owner = Text::line(table.value("owner"_L1).toString(), 120);
    const QString back = !isDropped              ? QString()
                         : kind == "MANAGED"_L1  ? u" UNDROP TABLE brings it back for 7 days."_s
                         : kind == "EXTERNAL"_L1 ? u" Its files stay where they are."_s
                                                 : QString();
    return u"%1 is a %2 table of %3.%4"_s.arg(Text::line(table.value("full_name"_L1).toString(), 200), kind, owner,
                                              back);
}

/// What is said of a table: only a dropped one comes back with UNDROP.
bool isAboutTable(const QString &verb)
{
    return verb == "DROP TABLE"_L1 || verb == "TRUNCATE TABLE"_L1 || verb == "DELETE FROM"_L1;
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
    // The same name in another catalog is another table.
    const QStringList parts{target, call.text(u"catalog"_s), call.text(u"schema"_s), warehouseOf(call)};
    return parts.join(u' ').simplified();
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

QCoro::Task<Calls::Consequence> statementConsequence(ToolCall call)
{
    const SqlDeed deed = deedOf(call);
    Calls::Consequence consequence;
    for (const QString &reason : deed.reasons)
        consequence.facts.append(u"It %1."_s.arg(reason));
    // A name of three parts names one table, whatever the session's catalog.
    if (!isAboutTable(deed.verb) || deed.target.count(u'.') != 2)
        co_return consequence;
    try {
        const QString path = u"/api/2.1/unity-catalog/tables/"_s + Databricks::pathSegment(deed.target);
        const QJsonObject table = co_await call.workspace().get(path);
        consequence.facts.append(tableInWords(table, deed.verb == "DROP TABLE"_L1));
    } catch (const ApiError &) {
        // Not known, and left out.
    }
    co_return consequence;
}

} // namespace

Tool asSql(Tool row)
{
    row.verbOf = &sqlVerb;
    row.targetOf = &sqlTarget;
    row.target = &statementTarget;
    row.consequence = &statementConsequence;
    row.deciding = {u"statement"_s};
    row.languageOf = &sqlLanguage;
    return row;
}

} // namespace Tools
