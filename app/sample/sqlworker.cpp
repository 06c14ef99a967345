#include "sample/sqlworker.h"

#include "sample/sqlcells.h"
#include "sample/sqldata.h"
#include "sample/sqlfailure.h"
#include "sample/sqlschema.h"

#include <QRegularExpression>
#include <QSet>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Result = std::shared_ptr<SqlResult>;

/// What Databricks runs and the sample does not.
const QSet<QString> Unsupported{u"ALTER"_s,   u"MERGE"_s,   u"COPY"_s,    u"OPTIMIZE"_s, u"VACUUM"_s,  u"GRANT"_s,
                                u"REVOKE"_s,  u"CALL"_s,    u"ANALYZE"_s, u"REFRESH"_s,  u"CACHE"_s,   u"COMMENT"_s,
                                u"RESTORE"_s, u"UNDROP"_s,  u"BEGIN"_s,   u"DECLARE"_s,  u"EXECUTE"_s, u"FROM"_s,
                                u"LIST"_s,    u"UNCACHE"_s, u"MSCK"_s,    u"RESET"_s,    u"CLEAR"_s};

/// SQLite's words as Databricks'.
SqlFailure failureOf(const QSqlError &error)
{
    const QString words = error.databaseText();
    struct Row
    {
        const char *pattern;
        SqlFailure (*make)(const QString &);
    };
    static const Row rows[] = {
        {"no such column: (.*)",
         [](const QString &name) {
             return SqlFailure(
                 u"UNRESOLVED_COLUMN.WITHOUT_SUGGESTION"_s,
                 u"A column, variable, or function parameter with name `%1` cannot be resolved."_s.arg(name),
                 u"42703"_s);
         }},
        {"no such function: (.*)",
         [](const QString &name) {
             return SqlFailure(u"UNRESOLVED_ROUTINE"_s, u"Cannot resolve routine `%1` on search path."_s.arg(name),
                               u"42883"_s);
         }},
        {"near \"(.*)\": syntax error", [](const QString &near) { return SqlFailure::syntax(near); }},
    };
    for (const Row &row : rows) {
        const auto match = QRegularExpression(QString::fromLatin1(row.pattern)).match(words);
        if (match.hasMatch())
            return row.make(match.captured(1));
    }
    return SqlFailure(u"UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE"_s, words + u'.', u"0A000"_s);
}

/// A column without a name has its expression's text, as the translation spaced it.
QString columnName(const QString &name)
{
    return QString(name).replace(u"( "_s, u"("_s).replace(u" )"_s, u")"_s).replace(u" ,"_s, u","_s);
}

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
    , m_connection(u"sample-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
{}

SqlWorker::~SqlWorker()
{
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

void SqlWorker::open()
{
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    m_database.setDatabaseName(u":memory:"_s);
    if (!m_database.open())
        qFatal("The sample workspace has no SQLite: %s", qPrintable(m_database.lastError().text()));
    createSampleTables(m_database);
    for (const SampleTable &table : sampleTables())
        m_unfilled.insert(table.fullName());
}

const QHash<QString, SqlWorker::Command> &SqlWorker::commands()
{
    static const QHash<QString, Command> all{
        {u"SELECT"_s, &SqlWorker::query},      {u"WITH"_s, &SqlWorker::query},
        {u"VALUES"_s, &SqlWorker::query},      {u"("_s, &SqlWorker::query},
        {u"TABLE"_s, &SqlWorker::table},       {u"SHOW"_s, &SqlWorker::show},
        {u"DESCRIBE"_s, &SqlWorker::describe}, {u"DESC"_s, &SqlWorker::describe},
        {u"EXPLAIN"_s, &SqlWorker::explain},   {u"USE"_s, &SqlWorker::nothing},
        {u"SET"_s, &SqlWorker::nothing},       {u"CREATE"_s, &SqlWorker::create},
        {u"DROP"_s, &SqlWorker::drop},         {u"INSERT"_s, &SqlWorker::insert},
        {u"UPDATE"_s, &SqlWorker::change},     {u"DELETE"_s, &SqlWorker::change},
        {u"TRUNCATE"_s, &SqlWorker::truncate},
    };
    return all;
}

SqlOutcome SqlWorker::run(const SqlAsk &ask)
{
    SqlOutcome outcome;
    if (*m_ending || *ask.cancelled)
        return outcome;
    if (!m_database.isOpen())
        open();
    m_delay = {};
    try {
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
    } catch (const SqlFailure &failure) {
        outcome.result.reset();
        outcome.message = failure.message();
        outcome.sqlState = failure.sqlState();
    }
    outcome.delay = m_delay;
    return outcome;
}

void SqlWorker::execute(QSqlQuery &query, const SqlAsk &ask, const SqlTranslation &translation)
{
    m_delay += translation.delay;
    // Only what is asked for: all of it takes a moment that most programs need not wait.
    for (const QString &table : translation.tables) {
        if (m_unfilled.remove(table))
            fillSampleTable(m_database, table);
    }
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
    QList<const SampleTable *> tables;
    for (const QString &name : translation.tables)
        tables.append(m_catalog.find(name));
    const QSqlRecord record = query.record();
    auto result = std::make_shared<SqlResult>(ask.rowsInChunk);
    for (int i = 0; i < record.count(); ++i)
        result->columns.append({columnName(record.fieldName(i)), QString()});
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
                column.typeText = typeOf(column.name, query.value(i), tables);
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
            column.typeText = typeOf(column.name, QVariant(), tables);
    }
    return result;
}

Result SqlWorker::query(const SqlAsk &ask, SqlTokens tokens)
{
    const SqlTranslation translation = translated(tokens, m_catalog, ask.defaults);
    QSqlQuery query(m_database);
    execute(query, ask, translation);
    return rowsOf(query, ask, translation);
}

Result SqlWorker::table(const SqlAsk &ask, SqlTokens tokens)
{
    using Kind = SqlToken::Kind;
    tokens.replace(0, {Kind::Word, u"FROM"_s});
    tokens.prepend({Kind::Symbol, u"*"_s});
    tokens.prepend({Kind::Word, u"SELECT"_s});
    return query(ask, tokens);
}

Result SqlWorker::nothing(const SqlAsk &, SqlTokens)
{
    return std::make_shared<SqlResult>(1);
}

Result SqlWorker::explain(const SqlAsk &ask, SqlTokens tokens)
{
    tokens.removeFirst();
    const SqlTranslation translation = translated(tokens, m_catalog, ask.defaults);
    auto result = std::make_shared<SqlResult>(ask.rowsInChunk);
    result->columns = {{u"plan"_s, u"string"_s}};
    const QString plan = u"== Physical Plan ==\n*(1) Scan "_s + translation.tables.join(u", *(1) Scan "_s);
    result->add(QJsonArray{plan});
    return result;
}

} // namespace Sample
