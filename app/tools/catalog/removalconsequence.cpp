#include "tools/catalog/removalconsequence.h"

#include "tools/catalog/catalogwords.h"
#include "tools/catalog/tablefacts.h"
#include "tools/files/volumepath.h"
#include "tools/kit/consequences.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Calls::Consequence;

namespace Tools {

namespace {

using Items = std::optional<KnownItems>;

/// So many are counted of each kind.
constexpr qsizetype MostInside = 1000;

QString insideText(const Items &found, const QString &noun)
{
    if (!found)
        return u"How many %1s are inside is not known."_s.arg(noun);
    QStringList names;
    for (const QJsonValue one : found->items)
        names.append(one["name"_L1].toString());
    const QString words = found->counted(noun);
    return names.isEmpty() ? u"Inside: %1."_s.arg(words) : u"Inside: %1 (%2)."_s.arg(words, someOf(names));
}

} // namespace

QCoro::Task<QStringList> insideOfSchema(ToolCall call, QString catalog, QString schema)
{
    QUrlQuery query = catalogPages();
    Databricks::addQueryItem(query, u"catalog_name"_s, catalog);
    Databricks::addQueryItem(query, u"schema_name"_s, schema);
    QUrlQuery tableQuery = query;
    tableQuery.addQueryItem(u"omit_columns"_s, u"true"_s);
    tableQuery.addQueryItem(u"omit_properties"_s, u"true"_s);
    const QString tables = u"tables"_s;
    const QString volumes = u"volumes"_s;
    const QString functions = u"functions"_s;
    const QString tablePath = catalogPath(tables);
    const QString volumePath = catalogPath(volumes);
    const QString functionPath = catalogPath(functions);
    // Side by side: the one must not use up the other's time.
    QCoro::Task<Items> readingTables = knownItems(call, tablePath, tableQuery, tables, MostInside);
    QCoro::Task<Items> readingVolumes = knownItems(call, volumePath, query, volumes, MostInside);
    QCoro::Task<Items> readingFunctions = knownItems(call, functionPath, query, functions, MostInside);
    QStringList facts;
    const Items foundTables = co_await readingTables;
    facts.append(insideText(foundTables, u"table"_s));
    const Items foundVolumes = co_await readingVolumes;
    facts.append(insideText(foundVolumes, u"volume"_s));
    const Items foundFunctions = co_await readingFunctions;
    facts.append(insideText(foundFunctions, u"function"_s));
    co_return facts;
}

QCoro::Task<Consequence> deletionOfTable(ToolCall call)
{
    const QString name = call.text(u"full_name"_s);
    Consequence consequence;
    consequence.facts = co_await tableFacts(call, name, TableFate::Dropped);
    co_return consequence;
}

QCoro::Task<Consequence> deletionOfVolume(ToolCall call)
{
    const QUrlQuery none;
    const QString path = catalogPath(u"volumes"_s, call.text(u"full_name"_s));
    const std::optional<QJsonObject> volume = co_await known(call, path, none);
    Consequence consequence;
    if (!volume) {
        consequence.facts.append(u"What kind of volume it is, whose, and what is inside, is not known."_s);
        co_return consequence;
    }
    const QString type = Text::line(volume->value("volume_type"_L1).toString(), 40);
    consequence.facts.append(
        u"%1 volume, owned by %2."_s.arg(type, Text::line(volume->value("owner"_L1).toString(), 120)));
    const QString folder = u"/api/2.0/fs/directories"_s + volumeAddress(volumeRoot(*volume));
    const QUrlQuery query{{u"page_size"_s, u"1000"_s}};
    const QString key = u"contents"_s;
    const Items inside = co_await knownItems(call, folder, query, key, MostInside);
    consequence.facts.append(!inside ? u"How much is inside is not known."_s
                                     : u"At its top: %1."_s.arg(inside->counted(u"entry"_s)));
    consequence.facts.append(type == "MANAGED"_L1 ? u"Its files are deleted with it; whether they can be brought "
                                                    u"back is not known."_s
                                                  : u"Its files stay where they are."_s);
    co_return consequence;
}

QCoro::Task<Consequence> deletionOfSchema(ToolCall call)
{
    const QString name = call.text(u"full_name"_s);
    const QString catalog = name.section(u'.', 0, 0);
    const QString schema = name.section(u'.', 1);
    Consequence consequence;
    consequence.facts = co_await insideOfSchema(call, catalog, schema);
    consequence.facts.append(call.flag(u"force"_s)
                                 ? u"All of it goes. Whether it can be brought back is not known: UNDROP TABLE works "
                                   u"on managed tables for 7 days."_s
                                 : u"Without force a schema that is not empty stays."_s);
    co_return consequence;
}

} // namespace Tools
