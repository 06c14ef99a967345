#include "sample/sql/sqlworker.h"

#include "sample/sql/commands/sqlalterations.h"
#include "sample/sql/commands/sqlchanges.h"
#include "sample/sql/commands/sqldefinitions.h"
#include "sample/sql/commands/sqlinspection.h"
#include "sample/sql/sqlfailure.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Result = std::shared_ptr<SqlResult>;

/// What Databricks runs and the sample does not.
const QSet<QString> Unsupported{u"MERGE"_s,   u"COPY"_s,    u"GRANT"_s,   u"REVOKE"_s,  u"CALL"_s,
                                u"ANALYZE"_s, u"REFRESH"_s, u"CACHE"_s,   u"RESTORE"_s, u"UNDROP"_s,
                                u"BEGIN"_s,   u"DECLARE"_s, u"EXECUTE"_s, u"FROM"_s,    u"LIST"_s,
                                u"UNCACHE"_s, u"MSCK"_s,    u"RESET"_s,   u"CLEAR"_s};

/// What does the same here.
const QHash<QString, QString> Instead{
    {u"GRANT"_s, u" (workspaces do); its grants change by the permissions API, as the tool update_grants does"_s},
    {u"REVOKE"_s, u" (workspaces do); its grants change by the permissions API, as the tool update_grants does"_s}};

Result runQuery(SqlContext &context, const SqlTokens &tokens)
{
    return context.query(tokens);
}

Result runValues(SqlContext &context, const SqlTokens &tokens)
{
    using Kind = SqlToken::Kind;
    return context.query(SqlTokens{{Kind::Word, u"SELECT"_s}, {Kind::Symbol, u"*"_s}, {Kind::Word, u"FROM"_s}} +
                         tokens);
}

Result runTable(SqlContext &context, const SqlTokens &tokens)
{
    return runValues(context, tokens.mid(1));
}

Result doNothing(SqlContext &, const SqlTokens &)
{
    return std::make_shared<SqlResult>(1);
}

Result explain(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    bool withCosts = false;
    for (const auto how : {"EXTENDED"_L1, "FORMATTED"_L1, "COST"_L1, "CODEGEN"_L1}) {
        if (takes(tokens, i, {how}) && how == "COST"_L1)
            withCosts = true;
    }
    const SqlTranslation translation = context.translate(tokens.mid(i));
    auto result = std::make_shared<SqlResult>(context.ask.rowsInChunk);
    result->columns = {{u"plan"_s, u"string"_s}};
    QStringList plan;
    if (withCosts)
        plan.append(u"== Optimized Logical Plan =="_s);
    const bool isProduct = translation.tables.size() > 1 && std::ranges::none_of(tokens, [](const SqlToken &token) {
                               return token.isWord("ON"_L1) || token.isWord("USING"_L1) || token.isWord("WHERE"_L1);
                           });
    if (translation.tables.size() > 1)
        plan.append(isProduct ? u"Join Cross"_s : u"Join Inner, (by its condition)"_s);
    for (const SampleTable &table : translation.tables) {
        if (withCosts)
            plan.append(u"+- Relation %1[%2 columns] parquet, Statistics(sizeInBytes=%3 KiB)"_s.arg(table.fullName())
                            .arg(table.columns.size())
                            .arg(table.columns.size() * 1.5, 0, 'f', 1));
    }
    plan.append(u"== Physical Plan =="_s);
    for (const SampleTable &table : translation.tables)
        plan.append(u"*(1) Scan "_s + table.fullName());
    result->add(QJsonArray{plan.join(u'\n')});
    return result;
}

/// OPTIMIZE t and VACUUM t: the sample's tables are as good as they can be.
Result maintain(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    const SampleTable table = context.catalog.table(readName(tokens, i), context.ask.defaults);
    context.catalog.requireWritable(table.fullName());
    auto result = std::make_shared<SqlResult>(context.ask.rowsInChunk);
    result->columns = {{u"path"_s, u"string"_s}};
    result->add(QJsonArray{context.catalog.data().tables.value(table.fullName()).value("storage_location"_L1)});
    return result;
}

using Command = Result (*)(SqlContext &, const SqlTokens &);

/// The commands by their first word.
const QHash<QString, Command> &commands()
{
    static const QHash<QString, Command> all{
        {u"SELECT"_s, &runQuery},         {u"WITH"_s, &runQuery},
        {u"VALUES"_s, &runValues},        {u"("_s, &runQuery},
        {u"TABLE"_s, &runTable},          {u"SHOW"_s, &showObjects},
        {u"DESCRIBE"_s, &describeObject}, {u"DESC"_s, &describeObject},
        {u"EXPLAIN"_s, &explain},         {u"USE"_s, &doNothing},
        {u"SET"_s, &doNothing},           {u"CREATE"_s, &createObject},
        {u"DROP"_s, &dropObject},         {u"INSERT"_s, &insertRows},
        {u"UPDATE"_s, &changeRows},       {u"DELETE"_s, &changeRows},
        {u"TRUNCATE"_s, &truncateTable},  {u"ALTER"_s, &alterTable},
        {u"COMMENT"_s, &commentOn},       {u"OPTIMIZE"_s, &maintain},
        {u"VACUUM"_s, &maintain},
    };
    return all;
}

} // namespace

SqlWorker::SqlWorker(std::shared_ptr<std::atomic_bool> ending)
    : m_ending(std::move(ending))
{}

SqlOutcome SqlWorker::run(const SqlAsk &ask, const CatalogData &catalog)
{
    SqlOutcome outcome;
    if (*m_ending || *ask.cancelled)
        return outcome;
    SqlContext context(ask, catalog, m_storage, *m_ending);
    try {
        m_storage.follow(context.catalog);
        SqlTokens tokens = sqlTokens(ask.statement);
        while (!tokens.isEmpty() && tokens.last().isSymbol(";"_L1))
            tokens.removeLast();
        if (tokens.isEmpty())
            throw SqlFailure::syntax(u"end of input"_s);
        for (const SqlToken &token : std::as_const(tokens)) {
            if (token.isSymbol(";"_L1))
                throw SqlFailure::syntax(u";"_s);
        }
        if (tokens.size() > 1 && tokens.first().isWord("SET"_L1) && tokens.at(1).isWord("TAG"_L1))
            throw SqlFailure::unsupported(u"SET TAG; set_tags does the same"_s);
        const auto command = commands().constFind(tokens.first().text.toUpper());
        if (command == commands().cend()) {
            const QString word = tokens.first().text.toUpper();
            if (Unsupported.contains(word))
                throw SqlFailure::unsupported(u"statements that begin with "_s + word + Instead.value(word));
            throw SqlFailure::syntax(tokens.first().text);
        }
        outcome.result = (*command)(context, tokens);
        outcome.changes = context.catalog.changes();
    } catch (const SqlFailure &failure) {
        outcome.result.reset();
        outcome.message = failure.message();
        outcome.sqlState = failure.sqlState();
    }
    outcome.delay = context.delay;
    return outcome;
}

} // namespace Sample
