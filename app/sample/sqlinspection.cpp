#include "sample/sqlworker.h"

#include "sample/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Result = std::shared_ptr<SqlResult>;

Result oneColumn(const QString &name, const QStringList &values)
{
    auto result = std::make_shared<SqlResult>(5000);
    result->columns = {{name, u"string"_s}};
    for (const QString &value : values)
        result->add(QJsonArray{value});
    return result;
}

/// The name behind IN or FROM; empty where there is none.
QStringList nameBehindIn(const SqlTokens &tokens)
{
    for (qsizetype i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens.at(i).isWord("IN"_L1) || tokens.at(i).isWord("FROM"_L1))
            return readName(tokens, ++i);
    }
    return {};
}

SqlFailure noSuchSchema(const QString &name)
{
    return {u"SCHEMA_NOT_FOUND"_s, u"The schema `%1` cannot be found."_s.arg(name), u"42704"_s};
}

} // namespace

Result SqlWorker::show(const SqlAsk &ask, SqlTokens tokens)
{
    if (tokens.size() < 2)
        throw SqlFailure::syntax(u"end of input"_s);
    const QString what = tokens.at(1).text.toUpper();
    const QStringList place = nameBehindIn(tokens);
    if (what == "CATALOGS"_L1)
        return oneColumn(u"catalog"_s, m_catalog.catalogs());
    if (what == "SCHEMAS"_L1 || what == "DATABASES"_L1)
        return oneColumn(u"databaseName"_s, m_catalog.schemas(place.value(0, ask.defaults.catalog).toLower()));
    if (what == "COLUMNS"_L1 && !place.isEmpty()) {
        const SampleTable *table = m_catalog.find(SqlCatalog::fullName(place, ask.defaults));
        if (!table)
            throw SqlFailure::noSuchTable(place.join(u'.'));
        QStringList names;
        for (const SampleColumn &column : table->columns)
            names.append(column.name);
        return oneColumn(u"col_name"_s, names);
    }
    if (what != "TABLES"_L1)
        throw SqlFailure::unsupported(u"SHOW "_s + what);
    const QString schema = place.isEmpty() ? ask.defaults.schema : place.last().toLower();
    const QString catalog = place.size() > 1 ? place.first().toLower() : ask.defaults.catalog;
    if (!m_catalog.hasSchema(catalog, schema))
        throw noSuchSchema(catalog + u'.' + schema);
    auto result = std::make_shared<SqlResult>(ask.rowsInChunk);
    result->columns = {{u"database"_s, u"string"_s}, {u"tableName"_s, u"string"_s}, {u"isTemporary"_s, u"boolean"_s}};
    for (const SampleTable &table : m_catalog.tables(catalog, schema))
        result->add(QJsonArray{table.schema, table.name, u"false"_s});
    return result;
}

Result SqlWorker::describe(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    while (i < tokens.size() && (tokens.at(i).isWord("TABLE"_L1) || tokens.at(i).isWord("EXTENDED"_L1)))
        ++i;
    const QStringList name = readName(tokens, i);
    const SampleTable *table = m_catalog.find(SqlCatalog::fullName(name, ask.defaults));
    if (!table)
        throw SqlFailure::noSuchTable(name.join(u'.'));
    auto result = std::make_shared<SqlResult>(ask.rowsInChunk);
    result->columns = {{u"col_name"_s, u"string"_s}, {u"data_type"_s, u"string"_s}, {u"comment"_s, u"string"_s}};
    for (const SampleColumn &column : table->columns) {
        result->add(QJsonArray{column.name, column.typeText,
                               column.comment.isEmpty() ? QJsonValue() : QJsonValue(column.comment)});
    }
    return result;
}

} // namespace Sample
