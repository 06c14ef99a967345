#include "sample/sql/sqlworker.h"

#include "sample/sql/sqlcells.h"
#include "sample/sql/sqlfailure.h"

#include <QSet>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Result = std::shared_ptr<SqlResult>;

/// What Databricks runs and the sample does not.
const QSet<QString> Unsupported{u"MERGE"_s, u"COPY"_s,    u"OPTIMIZE"_s, u"VACUUM"_s, u"GRANT"_s,   u"REVOKE"_s,
                                u"CALL"_s,  u"ANALYZE"_s, u"REFRESH"_s,  u"CACHE"_s,  u"RESTORE"_s, u"UNDROP"_s,
                                u"BEGIN"_s, u"DECLARE"_s, u"EXECUTE"_s,  u"FROM"_s,   u"LIST"_s,    u"UNCACHE"_s,
                                u"MSCK"_s,  u"RESET"_s,   u"CLEAR"_s};

QVariant valueOrNull(const QVariantMap &parameters, const QString &name)
{
    if (!parameters.contains(name)) {
        throw SqlFailure(
            u"UNBOUND_SQL_PARAMETER"_s,
            u"Found the unbound parameter: %1. Please, fix `args` and provide a mapping of the parameter to "
            "either a SQL literal or collection constructor functions."_s.arg(name),
            u"42P02"_s);
    }
    return parameters.value(name);
}

} // namespace

SqlWorker::SqlWorker(std::shared_ptr<std::atomic_bool> ending)
    : m_ending(std::move(ending))
{}

const QHash<QString, SqlWorker::Command> &SqlWorker::commands()
{
    static const QHash<QString, Command> all{
        {u"SELECT"_s, &SqlWorker::query},      {u"WITH"_s, &SqlWorker::query},
        {u"VALUES"_s, &SqlWorker::values},     {u"("_s, &SqlWorker::query},
        {u"TABLE"_s, &SqlWorker::table},       {u"SHOW"_s, &SqlWorker::show},
        {u"DESCRIBE"_s, &SqlWorker::describe}, {u"DESC"_s, &SqlWorker::describe},
        {u"EXPLAIN"_s, &SqlWorker::explain},   {u"USE"_s, &SqlWorker::nothing},
        {u"SET"_s, &SqlWorker::nothing},       {u"CREATE"_s, &SqlWorker::create},
        {u"DROP"_s, &SqlWorker::drop},         {u"INSERT"_s, &SqlWorker::insert},
        {u"UPDATE"_s, &SqlWorker::change},     {u"DELETE"_s, &SqlWorker::change},
        {u"TRUNCATE"_s, &SqlWorker::truncate}, {u"ALTER"_s, &SqlWorker::alter},
        {u"COMMENT"_s, &SqlWorker::comment},
    };
    return all;
}

SqlOutcome SqlWorker::run(const SqlAsk &ask, const CatalogData &catalog)
{
    SqlOutcome outcome;
    if (*m_ending || *ask.cancelled)
        return outcome;
    m_delay = {};
    m_catalog = SqlCatalog(catalog);
    try {
        m_storage.follow(m_catalog);
        SqlTokens tokens = sqlTokens(ask.statement);
        while (!tokens.isEmpty() && tokens.last().isSymbol(";"_L1))
            tokens.removeLast();
        if (tokens.isEmpty())
            throw SqlFailure::syntax(u"end of input"_s);
        for (const SqlToken &token : std::as_const(tokens)) {
            if (token.isSymbol(";"_L1))
                throw SqlFailure::syntax(u";"_s);
        }
        const auto command = commands().constFind(tokens.first().text.toUpper());
        if (command == commands().cend()) {
            const QString word = tokens.first().text.toUpper();
            if (Unsupported.contains(word))
                throw SqlFailure::unsupported(u"statements that begin with "_s + word);
            throw SqlFailure::syntax(tokens.first().text);
        }
        outcome.result = (this->**command)(ask, tokens);
        outcome.changes = m_catalog.changes();
    } catch (const SqlFailure &failure) {
        outcome.result.reset();
        outcome.message = failure.message();
        outcome.sqlState = failure.sqlState();
    }
    outcome.delay = m_delay;
    m_catalog = SqlCatalog();
    return outcome;
}

void SqlWorker::execute(QSqlQuery &query, const SqlAsk &ask, const SqlTranslation &translation)
{
    m_delay += translation.delay;
    for (const SampleTable &table : translation.tables)
        m_storage.ensure(table);
    query.setForwardOnly(true);
    if (!query.prepare(translation.sql))
        throw failureOf(query.lastError());
    for (const QString &name : translation.parameters)
        query.bindValue(u':' + name, valueOrNull(ask.parameters, name));
    if (!query.exec())
        throw failureOf(query.lastError());
}

Result SqlWorker::rowsOf(QSqlQuery &query, const SqlAsk &ask, const SqlTranslation &translation)
{
    const QSqlRecord record = query.record();
    auto result = std::make_shared<SqlResult>(ask.rowsInChunk);
    for (int i = 0; i < record.count(); ++i)
        result->columns.append({record.fieldName(i), QString()});
    while (query.next()) {
        if (*m_ending || *ask.cancelled)
            return result;
        if (ask.rowLimit >= 0 && result->rowCount() >= ask.rowLimit) {
            result->isTruncated = true;
            break;
        }
        QJsonArray cells;
        for (int i = 0; i < record.count(); ++i) {
            SampleColumn &column = result->columns[i];
            if (column.typeText.isEmpty() && !query.isNull(i))
                column.typeText = typeOf(column.name, query.value(i), translation);
            cells.append(cellOf(query.isNull(i) ? QVariant() : query.value(i), column.typeText));
        }
        result->add(cells);
        if (ask.byteLimit >= 0 && result->byteCount() > ask.byteLimit) {
            throw SqlFailure(
                QString(),
                u"Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result "
                "size of at most %1 bytes. Please execute the statement with disposition=EXTERNAL_LINKS if "
                "you want to download the full result."_s.arg(ask.byteLimit),
                u"54000"_s);
        }
    }
    for (SampleColumn &column : result->columns) {
        if (column.typeText.isEmpty())
            column.typeText = typeOf(column.name, QVariant(), translation);
    }
    return result;
}

Result SqlWorker::values(const SqlAsk &ask, SqlTokens tokens)
{
    using Kind = SqlToken::Kind;
    return query(ask, SqlTokens{{Kind::Word, u"SELECT"_s}, {Kind::Symbol, u"*"_s}, {Kind::Word, u"FROM"_s}} + tokens);
}

Result SqlWorker::query(const SqlAsk &ask, SqlTokens tokens)
{
    const SqlTranslation translation = translated(tokens, m_catalog, ask.defaults);
    QSqlQuery query(m_storage.database());
    execute(query, ask, translation);
    return rowsOf(query, ask, translation);
}

Result SqlWorker::table(const SqlAsk &ask, SqlTokens tokens)
{
    return values(ask, tokens.mid(1));
}

Result SqlWorker::nothing(const SqlAsk &, SqlTokens)
{
    return std::make_shared<SqlResult>(1);
}

Result SqlWorker::explain(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    for (const auto how : {"EXTENDED"_L1, "FORMATTED"_L1, "COST"_L1, "CODEGEN"_L1})
        takes(tokens, i, {how});
    tokens = tokens.mid(i);
    const SqlTranslation translation = translated(tokens, m_catalog, ask.defaults);
    auto result = std::make_shared<SqlResult>(ask.rowsInChunk);
    result->columns = {{u"plan"_s, u"string"_s}};
    QStringList plan{u"== Physical Plan =="_s};
    for (const SampleTable &table : translation.tables)
        plan.append(u"*(1) Scan "_s + table.fullName());
    result->add(QJsonArray{plan.join(u'\n')});
    return result;
}

} // namespace Sample
