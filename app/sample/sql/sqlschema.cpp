#include "sample/sql/sqlschema.h"

#include "sample/sql/sqlfailure.h"

#include <QHash>
#include <QSet>

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

bool isConstraint(const SqlTokens &tokens)
{
    return !tokens.isEmpty() && (tokens.first().isWord("CONSTRAINT"_L1) || tokens.first().isWord("PRIMARY"_L1) ||
                                 tokens.first().isWord("FOREIGN"_L1));
}

SampleColumn readColumn(const SqlTokens &tokens)
{
    if (tokens.size() < 2 || !tokens.at(0).isIdentifier() || !tokens.at(1).isIdentifier())
        throw SqlFailure::syntax(tokens.isEmpty() ? u")"_s : tokens.first().text);
    qsizetype i = 1;
    SampleColumn column{tokens.at(0).text, readType(tokens, i)};
    for (; i < tokens.size(); ++i) {
        if (tokens.at(i).isWord("GENERATED"_L1) || tokens.at(i).isWord("DEFAULT"_L1))
            throw SqlFailure::unsupported(u"columns with defaults or generated values"_s);
        if (tokens.at(i).isWord("COMMENT"_L1) && i + 1 < tokens.size())
            column.comment = tokens.at(i + 1).text;
    }
    return column;
}

} // namespace

QString typeName(const QString &typeText)
{
    return typeText.section(u'(', 0, 0).section(u'<', 0, 0).toUpper();
}

QString readType(const SqlTokens &tokens, qsizetype &i)
{
    static const QSet<QString> known{u"STRING"_s,  u"BIGINT"_s,  u"INT"_s,       u"SMALLINT"_s,      u"TINYINT"_s,
                                     u"DOUBLE"_s,  u"FLOAT"_s,   u"DECIMAL"_s,   u"BOOLEAN"_s,       u"DATE"_s,
                                     u"BINARY"_s,  u"ARRAY"_s,   u"TIMESTAMP"_s, u"TIMESTAMP_NTZ"_s, u"MAP"_s,
                                     u"VARIANT"_s, u"VARCHAR"_s, u"CHAR"_s,      u"STRUCT"_s};
    static const QHash<QString, QString> synonyms{
        {u"INTEGER"_s, u"INT"_s}, {u"LONG"_s, u"BIGINT"_s}, {u"SHORT"_s, u"SMALLINT"_s}, {u"BYTE"_s, u"TINYINT"_s},
        {u"REAL"_s, u"FLOAT"_s},  {u"DEC"_s, u"DECIMAL"_s}, {u"NUMERIC"_s, u"DECIMAL"_s}};
    if (i >= tokens.size())
        throw SqlFailure::syntax(u"end of input"_s);
    const QString word = tokens.at(i).text.toUpper();
    const QString base = synonyms.value(word, word);
    if (!known.contains(base))
        throw SqlFailure(u"UNSUPPORTED_DATATYPE"_s, u"Unsupported data type \"%1\"."_s.arg(word), u"0A000"_s);
    QString type = base.toLower();
    int depth = 0;
    for (++i; i < tokens.size(); ++i) {
        const QString &text = tokens.at(i).text;
        const bool opens = text == "("_L1 || text == "<"_L1;
        if (depth == 0 && (!opens || type.size() > base.size()))
            break;
        depth += opens ? 1 : text == ")"_L1 || text == ">"_L1 ? -1 : 0;
        type += tokens.at(i).kind == SqlToken::Kind::Parameter ? QString(u':' + text) : text;
    }
    return type == "decimal"_L1 ? u"decimal(10,0)"_s : type.toLower();
}

QString columnDefinition(const SampleColumn &column)
{
    return inSqlite({SqlToken::Kind::Name, column.name}) + u' ' + sqliteType(column.typeText);
}

QString createStatement(const SampleTable &table)
{
    QStringList columns;
    for (const SampleColumn &column : table.columns)
        columns.append(columnDefinition(column));
    return u"CREATE TABLE %1 (%2)"_s.arg(inSqlite({SqlToken::Kind::Name, table.id}), columns.join(u", "_s));
}

QList<SampleColumn> readColumns(const SqlTokens &tokens)
{
    QList<SampleColumn> columns;
    for (const SqlTokens &one : separated(tokens)) {
        if (!isConstraint(one))
            columns.append(readColumn(one));
    }
    return columns;
}

QList<SqlTokens> separated(const SqlTokens &tokens)
{
    QList<SqlTokens> parts(1);
    int depth = 0;
    for (const SqlToken &token : tokens) {
        depth += token.isSymbol("("_L1) || token.isSymbol("<"_L1)   ? 1
                 : token.isSymbol(")"_L1) || token.isSymbol(">"_L1) ? -1
                                                                    : 0;
        if (depth == 0 && token.isSymbol(","_L1))
            parts.append(SqlTokens());
        else
            parts.last().append(token);
    }
    return parts;
}

QJsonObject readProperties(const SqlTokens &tokens)
{
    QJsonObject properties;
    for (const SqlTokens &one : separated(tokens)) {
        QString key;
        for (const SqlToken &token : one) {
            if (token.isSymbol("="_L1) || (&token == &one.last() && one.size() > 1))
                break;
            key += token.text;
        }
        properties.insert(key, one.isEmpty() ? QString() : one.last().text);
    }
    return properties;
}

} // namespace Sample
