#include "tools/sql/sqlconsequence.h"

#include "tools/catalog/removalconsequence.h"
#include "tools/catalog/tablefacts.h"
#include "tools/kit/consequences.h"
#include "tools/sql/grantfacts.h"
#include "tools/sql/sqlapproval.h"
#include "tools/sql/sqlcount.h"
#include "tools/sql/warehouses/runningwarehouse.h"

#include "common/visible.h"

#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

/// The statements of which the table is worth looking at.
const QHash<QString, TableFate> &fates()
{
    static const QHash<QString, TableFate> all{
        {u"DROP TABLE"_s, TableFate::Dropped},
        {u"DROP VIEW"_s, TableFate::Dropped},
        {u"DROP MATERIALIZED VIEW"_s, TableFate::Dropped},
        {u"TRUNCATE TABLE"_s, TableFate::Emptied},
        {u"DELETE FROM"_s, TableFate::Emptied},
        {u"UPDATE"_s, TableFate::Emptied},
        {u"MERGE INTO"_s, TableFate::Emptied},
        {u"INSERT OVERWRITE"_s, TableFate::Emptied},
        {u"INSERT OVERWRITE TABLE"_s, TableFate::Emptied},
        {u"ALTER TABLE"_s, TableFate::Changed},
        {u"ALTER VIEW"_s, TableFate::Changed},
        {u"CREATE OR REPLACE TABLE"_s, TableFate::Emptied},
    };
    return all;
}

/// The full name of the one thing that the statement works on, of so many parts, the call's catalog and schema before
/// it where it has fewer; empty where nobody can tell.
QStringList nameOf(const ToolCall &call, const SqlDeed &deed, qsizetype wanted)
{
    // A name in back quotes may hold a dot, a list more than one table.
    static const QRegularExpression plain(u"^\\w+(\\.\\w+)*$"_s, QRegularExpression::UseUnicodePropertiesOption);
    if (!deed.isTargetWhole || !plain.match(deed.target).hasMatch())
        return {};
    return completedName(call, deed.target.split(u'.'), wanted);
}

/// What stands on the statement's table or schema now.
QCoro::Task<QStringList> targetFacts(ToolCall call, SqlDeed deed)
{
    // "DROP SCHEMA CASCADE" is about the same thing.
    const QString verb = QString(deed.verb).remove(u" CASCADE"_s);
    const auto fate = fates().constFind(verb);
    const bool isSchema = verb == "DROP SCHEMA"_L1 || verb == "DROP DATABASE"_L1;
    const QStringList name = nameOf(call, deed, isSchema ? 2 : 3);
    QStringList facts = co_await grantFacts(call);
    if (name.isEmpty())
        co_return facts;
    if (isSchema)
        facts = co_await insideOfSchema(call, name.first(), name.last());
    if (fate != fates().cend())
        facts = co_await tableFacts(call, name.join(u'.'), *fate);
    co_return facts;
}

/// "It matches 1,204 rows now."
QString matchWords(const std::optional<QJsonObject> &row)
{
    bool isNumber = false;
    const qint64 rows = row && !row->isEmpty() ? row->constBegin()->toVariant().toLongLong(&isNumber) : 0;
    return isNumber ? u"It matches %1 now."_s.arg(counted(rows, u"row"_s))
                    : u"How many rows it matches is not known."_s;
}

} // namespace

QCoro::Task<Calls::Consequence> statementConsequence(ToolCall call)
{
    const SqlDeed deed = deedOf(call);
    Calls::Consequence consequence;
    for (const QString &reason : deed.reasons)
        consequence.facts.append(u"It %1."_s.arg(reason));
    const QString statement = call.text(u"statement"_s);
    const QString count = countingQuery(statement);
    // Side by side: the one must not use up the other's time.
    QCoro::Task<RowWhereRunning> counting = firstRowWhereRunning(call, count);
    const QStringList facts = co_await targetFacts(call, deed);
    consequence.facts += facts;
    const RowWhereRunning rows = co_await counting;
    if (count.isEmpty())
        co_return consequence;
    // The weightiest first.
    consequence.facts.prepend(matchWords(rows.row));
    consequence.rowCount = rows.unasked;
    co_return consequence;
}

QCoro::Task<Calls::Consequence> countedConsequence(ToolCall call, Calls::Consequence consequence)
{
    QString words;
    try {
        const QString count = countingQuery(call.text(u"statement"_s));
        const QJsonObject row = co_await firstRowOnceRunning(call, count, *consequence.rowCount);
        words = matchWords(row);
    } catch (const ApiError &error) {
        words = u"How many rows it matches could not be counted. %1"_s.arg(Text::line(error.message(), 400));
    }
    consequence.facts.first() = words;
    consequence.rowCount.reset();
    co_return consequence;
}

} // namespace Tools
