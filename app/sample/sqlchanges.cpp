#include "sample/sqlworker.h"

#include "sample/identity.h"
#include "sample/sqlfailure.h"
#include "sample/sqlschema.h"

#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Kind = SqlToken::Kind;
using Result = std::shared_ptr<SqlResult>;

/// Reads the words if they stand there, and moves i behind them.
bool takes(const SqlTokens &tokens, qsizetype &i, std::initializer_list<QLatin1StringView> words)
{
    qsizetype at = i;
    for (const QLatin1StringView word : words) {
        if (at >= tokens.size() || !tokens.at(at).isWord(word))
            return false;
        ++at;
    }
    i = at;
    return true;
}

/// What stands between the parenthesis at i and the one that closes it; moves i behind that.
SqlTokens between(const SqlTokens &tokens, qsizetype &i)
{
    const qsizetype begin = i + 1;
    int depth = 0;
    for (; i < tokens.size(); ++i) {
        depth += tokens.at(i).isSymbol("("_L1) ? 1 : tokens.at(i).isSymbol(")"_L1) ? -1 : 0;
        if (depth == 0)
            return tokens.mid(begin, i++ - begin);
    }
    throw SqlFailure::syntax(u"end of input"_s);
}

Result counted(const QString &what, qint64 rows)
{
    auto result = std::make_shared<SqlResult>(1);
    result->columns = {{u"num_affected_rows"_s, u"bigint"_s}};
    QJsonArray cells{QString::number(rows)};
    if (!what.isEmpty()) {
        result->columns.append({what, u"bigint"_s});
        cells.append(QString::number(rows));
    }
    result->add(cells);
    return result;
}

Result done()
{
    return std::make_shared<SqlResult>(1);
}

SqlFailure existsAlready(const QString &kind, const QString &name)
{
    return {
        kind + u"_ALREADY_EXISTS"_s,
        u"Cannot create it because `%1` already exists. Choose a different name, drop or replace the existing object, "
        "or add the IF NOT EXISTS clause."_s.arg(name),
        u"42P07"_s};
}

QString quoted(const QString &name)
{
    return inSqlite({Kind::Name, name});
}

} // namespace

void SqlWorker::requireWritable(const QStringList &name, const SqlDefaults &defaults) const
{
    const QString fullName = SqlCatalog::fullName(name, defaults);
    if (fullName.startsWith("samples."_L1)) {
        throw SqlFailure(u"INSUFFICIENT_PERMISSIONS"_s, u"User does not have MODIFY on Table '%1'."_s.arg(fullName),
                         u"42501"_s);
    }
}

qint64 SqlWorker::executeChange(const SqlAsk &ask, const SqlTokens &tokens)
{
    const SqlTranslation translation = translated(tokens, m_catalog, ask.defaults);
    QSqlQuery query(m_database);
    execute(query, ask, translation);
    return query.numRowsAffected();
}

Result SqlWorker::create(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    const bool replaces = takes(tokens, i, {"OR"_L1, "REPLACE"_L1});
    const bool isSchema = takes(tokens, i, {"SCHEMA"_L1}) || takes(tokens, i, {"DATABASE"_L1});
    if (!isSchema && !takes(tokens, i, {"TABLE"_L1}))
        throw SqlFailure::unsupported(u"CREATE of anything but tables and schemas"_s);
    const bool ifAbsent = takes(tokens, i, {"IF"_L1, "NOT"_L1, "EXISTS"_L1});
    if (isSchema)
        return createSchema(ask, tokens, i, ifAbsent);

    const QStringList name = readName(tokens, i);
    requireWritable(name, ask.defaults);
    const QString fullName = SqlCatalog::fullName(name, ask.defaults);
    SampleTable table{
        fullName.section(u'.', 0, 0), fullName.section(u'.', 1, 1), fullName.section(u'.', 2), {}, sampleUser(), {}};
    if (!m_catalog.hasSchema(table.catalog, table.schema))
        throw SqlFailure(u"SCHEMA_NOT_FOUND"_s,
                         u"The schema `%1`.`%2` cannot be found."_s.arg(table.catalog, table.schema), u"42704"_s);
    if (m_catalog.find(fullName) && !replaces) {
        if (ifAbsent)
            return done();
        throw existsAlready(u"TABLE_OR_VIEW"_s, fullName);
    }
    if (i < tokens.size() && tokens.at(i).isSymbol("("_L1))
        table.columns = readColumns(between(tokens, i));
    while (i < tokens.size() && !tokens.at(i).isWord("AS"_L1)) {
        if (tokens.at(i).isWord("COMMENT"_L1) && i + 1 < tokens.size())
            table.comment = tokens.at(i + 1).text;
        ++i;
    }
    if (i < tokens.size()) {
        createFromQuery(ask, table, tokens.mid(i + 1));
    } else {
        if (table.columns.isEmpty())
            throw SqlFailure::syntax(u"end of input"_s);
        dropTable(fullName);
        QSqlQuery(m_database).exec(createStatement(table));
        m_catalog.add(table);
    }
    return done();
}

void SqlWorker::createFromQuery(const SqlAsk &ask, SampleTable table, const SqlTokens &tokens)
{
    // The query runs once; its columns and types are those of its rows.
    SqlAsk all = ask;
    all.rowLimit = -1;
    all.byteLimit = -1;
    const SqlTranslation translation = translated(tokens, m_catalog, ask.defaults);
    QSqlQuery source(m_database);
    execute(source, all, translation);
    const Result sourceRows = rowsOf(source, all, translation);
    table.columns = sourceRows->columns;
    source.finish();
    SqlTranslation fill = translation;
    const QString temporary = quoted(u"new "_s + table.fullName());
    fill.sql = u"CREATE TABLE %1 AS %2"_s.arg(temporary, translation.sql);
    fill.delay = {};
    QSqlQuery filled(m_database);
    execute(filled, all, fill);
    filled.finish();
    dropTable(table.fullName());
    QSqlQuery(m_database).exec(u"ALTER TABLE %1 RENAME TO %2"_s.arg(temporary, quoted(table.fullName())));
    m_catalog.add(table);
}

Result SqlWorker::createSchema(const SqlAsk &ask, const SqlTokens &tokens, qsizetype at, bool ifAbsent)
{
    const QStringList name = readName(tokens, at);
    const QString catalog = (name.size() > 1 ? name.first() : ask.defaults.catalog).toLower();
    if (!m_catalog.catalogs().contains(catalog))
        throw SqlFailure(u"NO_SUCH_CATALOG_EXCEPTION"_s, u"Catalog '%1' was not found."_s.arg(catalog), u"42704"_s);
    if (m_catalog.hasSchema(catalog, name.last().toLower()) && !ifAbsent)
        throw existsAlready(u"SCHEMA"_s, name.join(u'.'));
    m_catalog.addSchema(catalog, name.last().toLower());
    return done();
}

void SqlWorker::dropTable(const QString &fullName)
{
    QSqlQuery(m_database).exec(u"DROP TABLE IF EXISTS "_s + quoted(fullName));
    m_catalog.remove(fullName);
    m_unfilled.remove(fullName);
}

Result SqlWorker::drop(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    const bool isSchema = takes(tokens, i, {"SCHEMA"_L1}) || takes(tokens, i, {"DATABASE"_L1});
    if (!isSchema && !takes(tokens, i, {"TABLE"_L1}))
        throw SqlFailure::unsupported(u"DROP of anything but tables and schemas"_s);
    const bool ifPresent = takes(tokens, i, {"IF"_L1, "EXISTS"_L1});
    const QStringList name = readName(tokens, i);
    if (isSchema) {
        const QString catalog = (name.size() > 1 ? name.first() : ask.defaults.catalog).toLower();
        if (!m_catalog.tables(catalog, name.last().toLower()).isEmpty())
            throw SqlFailure(u"SCHEMA_NOT_EMPTY"_s,
                             u"Cannot drop a schema `%1` because it contains objects."_s.arg(name.join(u'.')),
                             u"2BP01"_s);
        m_catalog.removeSchema(catalog, name.last().toLower());
        return done();
    }
    requireWritable(name, ask.defaults);
    const QString fullName = SqlCatalog::fullName(name, ask.defaults);
    if (!m_catalog.find(fullName) && !ifPresent)
        throw SqlFailure::noSuchTable(name.join(u'.'));
    dropTable(fullName);
    return done();
}

Result SqlWorker::insert(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    const bool overwrites = takes(tokens, i, {"OVERWRITE"_L1});
    if (!overwrites && !takes(tokens, i, {"INTO"_L1}))
        throw SqlFailure::syntax(i < tokens.size() ? tokens.at(i).text : u"end of input"_s);
    takes(tokens, i, {"TABLE"_L1});
    qsizetype behind = i;
    const QStringList name = readName(tokens, behind);
    requireWritable(name, ask.defaults);
    const SqlTokens rest = tokens.mid(i);
    if (overwrites)
        executeChange(ask, SqlTokens{{Kind::Word, u"DELETE"_s}, {Kind::Word, u"FROM"_s}} + tokens.mid(i, behind - i));
    return counted(u"num_inserted_rows"_s,
                   executeChange(ask, SqlTokens{{Kind::Word, u"INSERT"_s}, {Kind::Word, u"INTO"_s}} + rest));
}

Result SqlWorker::change(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    takes(tokens, i, {"FROM"_L1});
    requireWritable(readName(tokens, i), ask.defaults);
    return counted({}, executeChange(ask, tokens));
}

Result SqlWorker::truncate(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    takes(tokens, i, {"TABLE"_L1});
    const SqlTokens name = tokens.mid(i);
    requireWritable(readName(tokens, i), ask.defaults);
    executeChange(ask, SqlTokens{{Kind::Word, u"DELETE"_s}, {Kind::Word, u"FROM"_s}} + name);
    return done();
}

} // namespace Sample
