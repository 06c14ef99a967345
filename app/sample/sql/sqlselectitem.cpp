#include "sample/sql/sqlselectitem.h"

#include "sample/sql/sqlfunctions.h"
#include "sample/sql/sqlschema.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Kind = SqlToken::Kind;

bool hasPlainAlias(const SqlTokens &item)
{
    static const QSet<QString> ends{u"END"_s, u"NULL"_s, u"TRUE"_s, u"FALSE"_s};
    static const QSet<QString> operators{u"AND"_s,     u"OR"_s, u"NOT"_s, u"LIKE"_s, u"ILIKE"_s, u"RLIKE"_s, u"IS"_s,
                                         u"BETWEEN"_s, u"IN"_s, u"DIV"_s, u"THEN"_s, u"ELSE"_s,  u"WHEN"_s};
    if (item.size() < 2 || !item.last().isIdentifier())
        return false;
    const SqlToken &before = item.at(item.size() - 2);
    if (item.last().kind == Kind::Word &&
        (ends.contains(item.last().text.toUpper()) || item.value(item.size() - 3).isWord("INTERVAL"_L1)))
        return false;
    return before.kind == Kind::Symbol ? before.isSymbol(")"_L1)
                                       : !(before.kind == Kind::Word && operators.contains(before.text.toUpper()));
}

bool isSign(const SqlTokens &item, qsizetype i)
{
    return item.value(i).isSymbol("-"_L1) &&
           (i == 0 || item.at(i - 1).isSymbol("("_L1) || item.at(i - 1).isSymbol(","_L1));
}

bool isTruth(const SqlTokens &item)
{
    static const QSet<QString> marks{u"TRUE"_s, u"FALSE"_s, u"EXISTS"_s, u"NOT"_s,   u"AND"_s,     u"OR"_s, u"IS"_s,
                                     u"IN"_s,   u"LIKE"_s,  u"ILIKE"_s,  u"RLIKE"_s, u"BETWEEN"_s, u"="_s,  u"=="_s,
                                     u"<>"_s,   u"!="_s,    u"<"_s,      u">"_s,     u"<="_s,      u">="_s, u"<=>"_s};
    int depth = 0;
    bool isMarked = false;
    for (const SqlToken &token : item) {
        depth += token.isSymbol("("_L1) ? 1 : token.isSymbol(")"_L1) ? -1 : 0;
        const bool isPlain = token.kind == Kind::Word || token.kind == Kind::Symbol;
        if (depth == 0 && token.isWord("CASE"_L1))
            return false;
        isMarked |= depth == 0 && isPlain && marks.contains(token.text.toUpper());
    }
    return isMarked;
}

QString typeOf(const SqlTokens &item)
{
    if (isTruth(item))
        return u"boolean"_s;
    if (item.size() < 3 || !item.at(1).isSymbol("("_L1))
        return {};
    qsizetype behind = 1;
    const SqlTokens inside = parenthesized(item, behind);
    const QString function = item.first().text.toLower();
    if (behind < item.size() && !item.at(behind).isWord("OVER"_L1) && !item.at(behind).isWord("FILTER"_L1))
        return {};
    if (function != "cast"_L1 && function != "try_cast"_L1)
        return resultType(function);
    qsizetype as = inside.size() - 1;
    while (as > 0 && !inside.at(as).isWord("AS"_L1))
        --as;
    return readType(inside, ++as);
}

} // namespace

SqlSelectItem readSelectItem(const SqlTokens &item)
{
    SqlSelectItem read;
    qsizetype end = item.size();
    if (item.size() > 2 && item.at(item.size() - 2).isWord("AS"_L1))
        end -= 2;
    else if (hasPlainAlias(item))
        end -= 1;
    if (end < item.size())
        read.alias = item.last().text;
    read.expression = item.first(end);
    read.type = typeOf(read.expression);
    read.isColumn = std::ranges::all_of(read.expression, [](const SqlToken &token) {
        return token.isIdentifier() || token.isSymbol("."_L1) || token.isSymbol("*"_L1);
    });
    for (qsizetype i = 0; i + 1 < end; ++i)
        read.aggregates |= item.at(i + 1).isSymbol("("_L1) && isAggregate(item.at(i).text.toLower());
    return read;
}

QString columnNameOf(const SqlTokens &item)
{
    if (item.size() == 1)
        return item.first().text;
    QString text;
    for (qsizetype i = 0; i < item.size(); ++i) {
        const SqlToken &token = item.at(i);
        const SqlToken before = item.value(i - 1);
        const bool tight = i == 0 || token.isSymbol(")"_L1) || token.isSymbol(","_L1) || token.isSymbol("."_L1) ||
                           before.isSymbol("("_L1) || before.isSymbol("."_L1) ||
                           (token.isSymbol("("_L1) && before.isIdentifier()) || isSign(item, i - 1);
        text += (tight ? QString() : u" "_s) + token.text;
    }
    return text == "count(*)"_L1 ? u"count(1)"_s : text;
}

} // namespace Sample
