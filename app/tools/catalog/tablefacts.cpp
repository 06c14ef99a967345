#include "tools/catalog/tablefacts.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"
#include "tools/sql/warehouses/runningwarehouse.h"

#include "common/visible.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

using Known = std::optional<QJsonObject>;

/// What table-lineage calls those that read a table, beside the tables that are made from it.
struct ReaderKind
{
    QLatin1StringView key;
    QLatin1StringView noun;
};
constexpr std::array ReaderKinds{ReaderKind{"jobInfos"_L1, "job"_L1},
                                 ReaderKind{"notebookInfos"_L1, "notebook"_L1},
                                 ReaderKind{"pipelineInfos"_L1, "pipeline"_L1},
                                 ReaderKind{"dashboardInfos"_L1, "dashboard"_L1},
                                 ReaderKind{"dashboardV3Infos"_L1, "dashboard"_L1},
                                 ReaderKind{"queryInfos"_L1, "query"_L1}};

/// Its storage is Unity Catalog's or a cloud folder: it has a size, and DESCRIBE DETAIL tells it.
bool isStored(const QString &kind)
{
    return kind == "MANAGED"_L1 || kind == "EXTERNAL"_L1;
}

QString returnWords(const QJsonObject &table, TableFate fate)
{
    const QString kind = table.value("table_type"_L1).toString();
    if (fate == TableFate::Emptied && table.value("data_source_format"_L1) == "DELTA"_L1)
        return u"RESTORE TABLE brings the rows back while its history is kept, 7 days unless it was set otherwise."_s;
    if (fate != TableFate::Dropped)
        return {};
    if (kind == "MANAGED"_L1)
        return u"UNDROP TABLE brings it back for 7 days."_s;
    if (kind == "EXTERNAL"_L1)
        return u"Its files stay where they are."_s;
    return {};
}

/// "MANAGED table main.sales.orders, owned by ada@example.com."
QString kindWords(const QJsonObject &table)
{
    const QString kind = Text::line(table.value("table_type"_L1).toString(), 60);
    const QString owner = Text::line(table.value("owner"_L1).toString(), 120);
    const QString name = Text::line(table.value("full_name"_L1).toString(), 200);
    return u"%1 table %2, owned by %3."_s.arg(kind, name, owner);
}

/// From what ANALYZE TABLE left among the table's properties.
QString analyzedSize(const QJsonObject &table)
{
    const QJsonObject properties = table.value("properties"_L1).toObject();
    const QString bytes = properties.value("spark.sql.statistics.totalSize"_L1).toString();
    const QString rows = properties.value("spark.sql.statistics.numRows"_L1).toString();
    QStringList sizes;
    if (!rows.isEmpty())
        sizes.append(counted(rows.toLongLong(), u"row"_s));
    if (!bytes.isEmpty())
        sizes.append(sizeText(bytes.toLongLong()));
    return sizes.isEmpty() ? QString() : u"It had %1 when it was last analyzed."_s.arg(sizes.join(u", "_s));
}

QString sizeWords(const QJsonObject &table, const Known &detail)
{
    if (!detail)
        return analyzedSize(table);
    const QJsonValue bytes = detail->value("sizeInBytes"_L1);
    const QJsonValue files = detail->value("numFiles"_L1);
    if (bytes.isNull() || bytes.isUndefined())
        return analyzedSize(table);
    const QString size = sizeText(bytes.toVariant().toLongLong());
    return files.isNull() ? u"It holds %1."_s.arg(size)
                          : u"It holds %1 in %2."_s.arg(size, counted(files.toVariant().toLongLong(), u"file"_s));
}

QString fullNameOf(const QJsonObject &info)
{
    const QStringList parts{info.value("catalog_name"_L1).toString(), info.value("schema_name"_L1).toString(),
                            info.value("name"_L1).toString()};
    return parts.join(u'.');
}

/// "Lineage knows as its readers: 2 tables (main.a.b, main.a.c), 1 job."
QString readerWords(const Known &lineage)
{
    if (!lineage)
        return u"Who reads it is not known."_s;
    QStringList tables;
    QHash<QLatin1StringView, qsizetype> others;
    for (const QJsonValue value : lineage->value("downstreams"_L1).toArray()) {
        const QJsonObject reader = value.toObject();
        if (const QJsonObject table = reader.value("tableInfo"_L1).toObject(); !table.isEmpty())
            tables.append(fullNameOf(table));
        for (const ReaderKind &kind : ReaderKinds)
            others[kind.noun] += reader.value(kind.key).toArray().size();
    }
    QStringList words;
    if (!tables.isEmpty())
        words.append(u"%1 (%2)"_s.arg(counted(tables.size(), u"table"_s), someOf(tables)));
    for (const ReaderKind &kind : ReaderKinds) {
        if (const qsizetype count = others.take(kind.noun); count > 0)
            words.append(counted(count, kind.noun));
    }
    return words.isEmpty() ? u"Lineage knows nobody who reads it."_s
                           : u"Lineage knows as its readers: %1."_s.arg(words.join(u", "_s));
}

} // namespace

QCoro::Task<QStringList> tableFacts(ToolCall call, QString fullName, TableFate fate)
{
    QUrlQuery lineageQuery;
    Databricks::addQueryItem(lineageQuery, u"table_name"_s, fullName);
    lineageQuery.addQueryItem(u"include_entity_lineage"_s, u"true"_s);
    const QUrlQuery none;
    const QString lineagePath = u"/api/2.0/lineage-tracking/table-lineage"_s;
    const QString tablePath = catalogPath(u"tables"_s, fullName);
    // Side by side: the one must not use up the other's time.
    QCoro::Task<Known> readingLineage = known(call, lineagePath, lineageQuery);
    const Known table = co_await known(call, tablePath, none);
    Known detail;
    if (table && isStored(table->value("table_type"_L1).toString())) {
        const QString query = u"DESCRIBE DETAIL "_s + sqlNameOf(*table);
        const RowWhereRunning answer = co_await firstRowWhereRunning(call, query);
        detail = answer.row;
    }
    const Known lineage = co_await readingLineage;
    QStringList facts;
    if (!table) {
        facts.append(u"What kind of table %1 is, whose, and how large, is not known."_s.arg(Text::line(fullName, 200)));
    } else {
        facts.append(kindWords(*table));
        const QString size = sizeWords(*table, detail);
        if (isStored(table->value("table_type"_L1).toString()))
            facts.append(size.isEmpty() ? u"How large it is is not known."_s : size);
    }
    facts.append(readerWords(lineage));
    if (const QString back = table ? returnWords(*table, fate) : QString(); !back.isEmpty())
        facts.append(back);
    co_return facts;
}

} // namespace Tools
