#include "sample/sql/translation/sqltranslation.h"

#include "sample/sql/queries/changereader.h"
#include "sample/sql/queries/queryreader.h"
#include "sample/sql/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr int DeepestNesting = 100;

void readQuery(const SqlTokens &tokens, StatementReading &reading)
{
    const SqlQuery query = QueryReader({reading}).read(tokens);
    reading.found.sql = query.sql;
    for (const SampleColumn &column : query.columns)
        reading.found.types.append(column.typeText);
}

} // namespace

Nesting::Nesting(StatementReading &statement)
    : m_statement(statement)
{
    if (m_statement.nesting >= DeepestNesting)
        throw SqlFailure::unsupported(u"statements nested this deep"_s);
    ++m_statement.nesting;
}

SqlTranslation translated(const SqlTokens &tokens, const SqlCatalog &catalog, const SqlDefaults &defaults,
                          const QHash<QString, QString> &parameterTypes)
{
    static const QHash<QString, void (*)(const SqlTokens &, StatementReading &)> changes{
        {u"INSERT"_s, &readInsertion}, {u"UPDATE"_s, &readUpdate}, {u"DELETE"_s, &readDeletion}};
    StatementReading reading{catalog, defaults, parameterTypes};
    changes.value(tokens.value(0).text.toUpper(), &readQuery)(tokens, reading);
    return reading.found;
}

} // namespace Sample
