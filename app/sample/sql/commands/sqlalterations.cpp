#include "sample/sql/commands/sqlalterations.h"

#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Result = std::shared_ptr<SqlResult>;

qsizetype columnIndex(const SampleTable &table, const QString &name)
{
    for (qsizetype i = 0; i < table.columns.size(); ++i) {
        if (table.columns.at(i).name.compare(name, Qt::CaseInsensitive) == 0)
            return i;
    }
    throw SqlFailure(u"UNRESOLVED_COLUMN.WITHOUT_SUGGESTION"_s,
                     u"A column, variable, or function parameter with name `%1` cannot be resolved."_s.arg(name),
                     u"42703"_s);
}

} // namespace

Result alterTable(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    if (!takes(tokens, i, {"TABLE"_L1}) && !takes(tokens, i, {"VIEW"_L1}))
        throw SqlFailure::unsupported(u"ALTER of anything but tables and views"_s);
    SampleTable table = context.catalog.table(readName(tokens, i), context.ask.defaults);
    context.catalog.requireWritable(table.fullName());
    QJsonObject json = context.catalog.data().tables.value(table.fullName());
    context.storage.ensure(table, context.catalog.data());
    const QString start = u"ALTER TABLE "_s + quotedName(table.id);
    if (takes(tokens, i, {"RENAME"_L1, "TO"_L1})) {
        const QString to = SqlCatalog::fullName(readName(tokens, i), context.ask.defaults);
        context.catalog.requireSchema(to.section(u'.', 0, 1));
        if (context.catalog.hasTable(to))
            throw SqlFailure::alreadyExists(u"TABLE_OR_VIEW"_s, to);
        context.catalog.remove(&CatalogData::tables, table.fullName());
        json = renamed(json, to);
        if (table.query.isEmpty())
            context.storage.rename(readTable(json));
    } else if (takes(tokens, i, {"SET"_L1, "TBLPROPERTIES"_L1})) {
        QJsonObject properties = json.value("properties"_L1).toObject();
        const QJsonObject more = readProperties(parenthesized(tokens, i));
        for (auto one = more.begin(); one != more.end(); ++one)
            properties.insert(one.key(), *one);
        json.insert("properties"_L1, properties);
    } else if (takes(tokens, i, {"SET"_L1, "OWNER"_L1, "TO"_L1}) || takes(tokens, i, {"OWNER"_L1, "TO"_L1})) {
        json.insert("owner"_L1, readName(tokens, i).join(u'.'));
    } else if (!table.query.isEmpty()) {
        throw SqlFailure::unsupported(u"this ALTER VIEW"_s);
    } else if (takes(tokens, i, {"ADD"_L1, "COLUMN"_L1}) || takes(tokens, i, {"ADD"_L1, "COLUMNS"_L1})) {
        const bool isList = i < tokens.size() && tokens.at(i).isSymbol("("_L1);
        for (const SampleColumn &column : readColumns(isList ? parenthesized(tokens, i) : tokens.mid(i))) {
            context.storage.execute(start + u" ADD COLUMN "_s + columnDefinition(column));
            table.columns.append(column);
        }
    } else if (takes(tokens, i, {"DROP"_L1, "COLUMN"_L1}) || takes(tokens, i, {"DROP"_L1, "COLUMNS"_L1})) {
        const bool isList = i < tokens.size() && tokens.at(i).isSymbol("("_L1);
        for (const SqlTokens &one : separated(isList ? parenthesized(tokens, i) : tokens.mid(i))) {
            const qsizetype column = columnIndex(table, one.value(0).text);
            context.storage.execute(start + u" DROP COLUMN "_s + quotedName(table.columns.takeAt(column).name));
        }
    } else if (takes(tokens, i, {"RENAME"_L1, "COLUMN"_L1})) {
        SampleColumn &column = table.columns[columnIndex(table, readName(tokens, i).last())];
        takes(tokens, i, {"TO"_L1});
        const QString to = readName(tokens, i).last();
        context.storage.execute(start + u" RENAME COLUMN %1 TO %2"_s.arg(quotedName(column.name), quotedName(to)));
        column.name = to;
    } else if (takes(tokens, i, {"ALTER"_L1, "COLUMN"_L1}) || takes(tokens, i, {"CHANGE"_L1, "COLUMN"_L1})) {
        SampleColumn &column = table.columns[columnIndex(table, readName(tokens, i).last())];
        if (!takes(tokens, i, {"COMMENT"_L1}) || i >= tokens.size())
            throw SqlFailure::unsupported(u"ALTER COLUMN but for comments"_s);
        column.comment = tokens.at(i).text;
    } else {
        throw SqlFailure::unsupported(u"this ALTER TABLE"_s);
    }
    context.catalog.put(&CatalogData::tables, withColumns(json, table, QDateTime::currentDateTimeUtc()));
    return std::make_shared<SqlResult>(1);
}

Result commentOn(SqlContext &context, const SqlTokens &tokens)
{
    static const QHash<QString, SecurableFamily> families{
        {u"TABLE"_s, &CatalogData::tables},     {u"VIEW"_s, &CatalogData::tables},
        {u"SCHEMA"_s, &CatalogData::schemas},   {u"DATABASE"_s, &CatalogData::schemas},
        {u"CATALOG"_s, &CatalogData::catalogs}, {u"VOLUME"_s, &CatalogData::volumes}};
    qsizetype i = 1;
    takes(tokens, i, {"ON"_L1});
    const QString kind = tokens.value(i++).text.toUpper();
    if (!families.contains(kind))
        throw SqlFailure::unsupported(u"COMMENT ON "_s + kind);
    const SecurableFamily family = families.value(kind);
    const QStringList name = readName(tokens, i);
    const QString fullName = family == &CatalogData::catalogs  ? name.join(u'.').toLower()
                             : family == &CatalogData::schemas ? SqlCatalog::schemaName(name, context.ask.defaults)
                                                               : SqlCatalog::fullName(name, context.ask.defaults);
    QJsonObject object = (context.catalog.data().*family).value(fullName);
    if (object.isEmpty())
        throw SqlFailure::noSuchTable(name.join(u'.'));
    context.catalog.requireWritable(fullName);
    if (!takes(tokens, i, {"IS"_L1}) || i >= tokens.size())
        throw SqlFailure::syntax(u"end of input"_s);
    if (tokens.at(i).isWord("NULL"_L1))
        object.remove("comment"_L1);
    else
        object.insert("comment"_L1, tokens.at(i).text);
    context.catalog.put(family, object);
    return std::make_shared<SqlResult>(1);
}

} // namespace Sample
