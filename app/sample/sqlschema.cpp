#include "sample/sqlschema.h"

#include "sample/sqlfailure.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// STRING would have the affinity of numbers in SQLite.
QString sqliteType(const QString &typeText)
{
    static const QHash<QString, QString> types{
        {u"STRING"_s, u"TEXT"_s},      {u"DATE"_s, u"TEXT"_s},      {u"TIMESTAMP"_s, u"TEXT"_s},
        {u"DOUBLE"_s, u"REAL"_s},      {u"FLOAT"_s, u"REAL"_s},     {u"DECIMAL"_s, u"REAL"_s},
        {u"BOOLEAN"_s, u"INTEGER"_s},  {u"BIGINT"_s, u"INTEGER"_s}, {u"INT"_s, u"INTEGER"_s},
        {u"SMALLINT"_s, u"INTEGER"_s}, {u"TINYINT"_s, u"INTEGER"_s}};
    return types.value(typeName(typeText), u"TEXT"_s);
}

SampleColumn readColumn(const SqlTokens &tokens)
{
    if (tokens.size() < 2 || !tokens.at(0).isIdentifier() || !tokens.at(1).isIdentifier())
        throw SqlFailure::syntax(tokens.isEmpty() ? u")"_s : tokens.first().text);
    SampleColumn column{tokens.at(0).text, tokens.at(1).text.toLower()};
    qsizetype i = 2;
    if (i < tokens.size() && tokens.at(i).isSymbol("("_L1)) {
        for (; i < tokens.size(); ++i) {
            column.typeText += tokens.at(i).text;
            if (tokens.at(i).isSymbol(")"_L1))
                break;
        }
    }
    for (; i + 1 < tokens.size(); ++i) {
        if (tokens.at(i).isWord("COMMENT"_L1))
            column.comment = tokens.at(i + 1).text;
    }
    if (column.typeText == "integer"_L1)
        column.typeText = u"int"_s;
    return column;
}

} // namespace

QString typeName(const QString &typeText)
{
    return typeText.section(u'(', 0, 0).section(u'<', 0, 0).toUpper();
}

QString createStatement(const SampleTable &table)
{
    QStringList columns;
    for (const SampleColumn &column : table.columns)
        columns.append(inSqlite({SqlToken::Kind::Name, column.name}) + u' ' + sqliteType(column.typeText));
    return u"CREATE TABLE %1 (%2)"_s.arg(inSqlite({SqlToken::Kind::Name, table.fullName()}), columns.join(u", "_s));
}

QList<SampleColumn> readColumns(const SqlTokens &tokens)
{
    QList<SampleColumn> columns;
    SqlTokens one;
    int depth = 0;
    for (const SqlToken &token : tokens) {
        depth += token.isSymbol("("_L1) ? 1 : token.isSymbol(")"_L1) ? -1 : 0;
        if (depth == 0 && token.isSymbol(","_L1)) {
            columns.append(readColumn(one));
            one.clear();
        } else {
            one.append(token);
        }
    }
    columns.append(readColumn(one));
    return columns;
}

} // namespace Sample
