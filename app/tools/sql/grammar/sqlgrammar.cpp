#include "tools/sql/grammar/sqlgrammar.h"

#include "tools/sql/grammar/sqlfunctions.h"
#include "tools/sql/grammar/sqlverbs.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// Words that follow an operand, and are anybody's function where none stands before them.
const QSet<QString> &infixes()
{
    static const QSet<QString> words =
        wordSet("AND AS ELSE EXCEPT HAVING INTERSECT LIMIT OFFSET ON OR OVER PIVOT RETURN SET THEN UNION UNPIVOT USING "
                "WHERE WITH WITHIN");
    return words;
}

/// Words of which one may stand behind NOT too.
const QSet<QString> &comparisons()
{
    static const QSet<QString> words = wordSet("BETWEEN ILIKE IN LIKE RLIKE");
    return words;
}

} // namespace

SqlGrammar::SqlGrammar(const SqlWords &words)
    : SqlView(words)
    , m_closing(size(), -1)
    , m_opening(size(), -1)
{
    QList<qsizetype> open;
    for (qsizetype i = 0; i < size(); ++i) {
        if (isSymbol(i, u'(')) {
            open.append(i);
        } else if (isSymbol(i, u')') && !open.isEmpty()) {
            m_opening[i] = open.takeLast();
            m_closing[m_opening.at(i)] = i;
        }
    }
}

bool SqlGrammar::isOwnBracket(qsizetype i) const
{
    if (!isWord(i) || isSymbol(i - 1, u'.'))
        return false;
    const QString &word = at(i).text;
    if (Tools::isStructure(word))
        return isStructure(i);
    if (opensList(word) && isOperand(i - 1))
        return true;
    // EXPLAIN (SELECT …), a MINUS (SELECT …)
    static const QSet<QString> Taking = wordSet("DEFAULT MINUS SETMINUS");
    if (beginsQuery(i + 2) && (explains(i) || (Taking.contains(word) && isOperand(i - 1))))
        return true;
    static const QHash<QString, QSet<QString>> behind{
        {u"KEY"_s, wordSet("PRIMARY FOREIGN")}, {u"GROUP"_s, wordSet("WITHIN")},
        {u"TAGS"_s, wordSet("SET UNSET")},      {u"SETS"_s, wordSet("GROUPING")},
        {u"ROLLUP"_s, wordSet("BY")},           {u"CUBE"_s, wordSet("BY")},
        {u"STREAM"_s, wordSet("FROM")},         {u"INSERT"_s, wordSet("THEN")},
        {u"COLUMNS"_s, wordSet("ADD REPLACE")}, {u"IF"_s, wordSet("BEGIN ELSEIF")},
        {u"REPLACE"_s, wordSet("EXCEPT")},      {u"TBLPROPERTIES"_s, wordSet("SET UNSET")}};
    static const QSet<QString> Written = wordSet("INTO TABLE OVERWRITE");
    // INSERT … BY NAME (SELECT …), ANALYZE … FOR COLUMNS (a)
    if ((word == "NAME"_L1 && is(i - 1, "BY"_L1) && isNamed(i - 2) && isOf(nameBegin(i - 2) - 1, Written)) ||
        (word == "COLUMNS"_L1 && is(i - 1, "FOR"_L1) && is(0, "ANALYZE"_L1)))
        return true;
    const auto before = behind.constFind(word);
    return before != behind.cend() && isOf(i - 1, *before);
}

bool SqlGrammar::isQueryBehind(qsizetype i) const
{
    const qsizetype open = i > 0 ? m_opening.at(i - 1) : -1;
    if (open < 0 || !beginsQuery(i + 1))
        return false;
    static const QSet<QString> Lists = wordSet("AS PARTITION USING");
    static const QSet<QString> Written = wordSet("INTO TABLE VIEW EXISTS OVERWRITE");
    return isOf(open - 1, Lists) || (isNamed(open - 1) && isOf(nameBegin(open - 1) - 1, Written));
}

/// A word of the grammar at a place where the grammar has it.
bool SqlGrammar::isStructure(qsizetype i) const
{
    static const QSet<QString> Types = wordSet("CHARACTER DEC NUMERIC VARCHAR");
    static const QSet<QString> Trimmed = wordSet("BOTH LEADING TRAILING");
    static const QSet<QString> Nesting = wordSet("ARRAY MAP STRUCT");
    static const QSet<QString> Joins = wordSet("ANTI CROSS FULL INNER LEFT NATURAL OUTER RIGHT SEMI");
    static const QSet<QString> Listing =
        wordSet("BY CLUSTER CLUSTERED DISTRIBUTE GROUP ORDER PARTITION PARTITIONED ZORDER "
                "SORT SORTED");
    static const QSet<QString> Quantified = wordSet("EXCEPT ILIKE INTERSECT LIKE MINUS RLIKE SELECT SETMINUS UNION");
    const QString &word = at(i).text;
    if (isBehindPipe(i))
        return true;
    if (infixes().contains(word))
        return isOperand(i - 1) || (i == 0 && word == "SET"_L1) || (word == "AS"_L1 && beginsQuery(i + 2)) ||
               (word == "WHERE"_L1 && isSymbol(i - 1, u'(') && is(i - 2, "FILTER"_L1));
    if (comparisons().contains(word))
        return isOperand(i - 1) || (is(i - 1, "NOT"_L1) && isOperand(i - 2));
    if (word == "BY"_L1)
        return isOf(i - 1, Listing);
    if (word == "WHEN"_L1)
        return isOperand(i - 1) || is(i - 1, "CASE"_L1);
    if (word == "CASE"_L1)
        return isCase(i);
    if (word == "JOIN"_L1)
        return isOperand(i - 1) || isOf(i - 1, Joins);
    if (word == "LATERAL"_L1)
        return beginsQuery(i + 2);
    if (word == "FROM"_L1)
        return i == 0 || isOperand(i - 1) || beginsQuery(i + 2) || isOf(i - 1, Trimmed) ||
               (is(i - 1, "DISTINCT"_L1) && (is(i - 2, "IS"_L1) || is(i - 2, "NOT"_L1)));
    if (word == "ALL"_L1 || word == "DISTINCT"_L1)
        return isOf(i - 1, Quantified) || isSymbol(i - 1, u'(') || beginsQuery(i + 2);
    if (word == "SELECT"_L1 || word == "VALUES"_L1 || word == "TABLE"_L1)
        return mayQueryFollow(i);
    if (Types.contains(word))
        return isOperand(i - 1) || is(i - 1, "AS"_L1) || isSymbol(i - 1, u':') ||
               (isSymbol(i - 1, u'<') && isOf(i - 2, Nesting)) ||
               (isSymbol(i - 1, u',') && isWord(i + 2) && at(i + 2).text.at(0).isDigit());
    return true;
}

/// CASE (a) WHEN … THEN …, and not a function of that name.
bool SqlGrammar::isCase(qsizetype i) const
{
    constexpr qsizetype Farthest = 1000;
    const qsizetype begin = m_closing.at(i + 1);
    bool hasWhen = false;
    for (qsizetype at = begin; begin > 0 && at < std::min(size(), begin + Farthest); ++at) {
        if (isSymbol(at, u'(')) {
            if (m_closing.at(at) < 0)
                return false;
            at = m_closing.at(at);
            continue;
        }
        if (at > begin && (isSymbol(at, u')') || isSymbol(at, u',') || is(at, "FROM"_L1)))
            return false;
        hasWhen = hasWhen || is(at, "WHEN"_L1);
        if (hasWhen && is(at, "THEN"_L1))
            return true;
    }
    return false;
}

/// A query, a list of values or a table may stand there.
bool SqlGrammar::mayQueryFollow(qsizetype i) const
{
    static const QSet<QString> Sets = wordSet("EXCEPT INTERSECT MINUS SETMINUS UNION");
    static const QSet<QString> Before = wordSet("AS DO FROM JOIN LATERAL RETURN");
    static const QSet<QString> Takers = wordSet("ANY ARRAY EXISTS IN MINUS SETMINUS SOME");
    if (i == 0 || isOperand(i - 1) || explains(i - 1) || isOf(i - 1, Before) || isOf(i - 1, Sets))
        return true;
    if ((is(i - 1, "ALL"_L1) || is(i - 1, "DISTINCT"_L1)) && isOf(i - 2, Sets))
        return true;
    if (!isSymbol(i - 1, u'('))
        return false;
    // In the bracket of a call that word is an argument; only a table's function takes TABLE(…).
    if (is(i, "TABLE"_L1))
        return isNamed(i - 2) && (isOf(nameBegin(i - 2) - 1, Before) || !isReadingFunction(at(i - 2).text));
    const bool isTaken = isWord(i - 2) && !isSymbol(i - 3, u'.') &&
                         (Takers.contains(at(i - 2).text) || Tools::isStructure(at(i - 2).text));
    return !isNamed(i - 2) || isTaken;
}

/// EXPLAIN and what may follow it, from the beginning on.
bool SqlGrammar::explains(qsizetype i) const
{
    static const QSet<QString> Kinds = wordSet("CODEGEN COST EXTENDED FORMATTED LOGICAL");
    return (i == 0 && is(0, "EXPLAIN"_L1)) || (i == 1 && is(0, "EXPLAIN"_L1) && isOf(1, Kinds));
}

/// SELECT … or WITH a AS …, where a column of such a name could not stand.
bool SqlGrammar::beginsQuery(qsizetype i) const
{
    if (is(i, "WITH"_L1)) {
        const qsizetype name = is(i + 1, "RECURSIVE"_L1) ? i + 2 : i + 1;
        const qsizetype behind = isSymbol(name + 1, u'(') ? m_closing.at(name + 1) + 1 : name + 1;
        return isNamed(name) && behind > name && is(behind, "AS"_L1);
    }
    // What may follow a column: an operator, a comma, a bracket, a dot. The star is both.
    static const QSet<QString> Operators =
        wordSet("AND BETWEEN COLLATE DIV ILIKE IN IS LIKE NOT OR REGEXP RLIKE WITHIN OVER");
    if (!is(i, "SELECT"_L1))
        return false;
    const bool isAllOf = isSymbol(i + 1, u'*') && is(i + 2, "FROM"_L1) && isNamed(i + 3);
    const bool isText = i + 1 < size() && at(i + 1).kind == SqlWord::Kind::Text;
    return isAllOf || isText || (isNamed(i + 1) && !isOf(i + 1, Operators)) || isSymbol(i + 1, u':');
}

/// All columns, and not a multiplication.
bool SqlGrammar::isStar(qsizetype i) const
{
    static const QSet<QString> Quantifiers = wordSet("ALL DISTINCT");
    return isSymbol(i - 1, u'.') || isSymbol(i - 1, u',') || isSymbol(i - 1, u'(') || isOf(i - 1, Quantifiers) ||
           (is(i - 1, "SELECT"_L1) && mayQueryFollow(i - 1));
}

bool SqlGrammar::isBehindPipe(qsizetype i) const
{
    return isSymbol(i - 1, u'>') && isSymbol(i - 2, u'|');
}

/// What stands there is the end of an expression or a name, so that no call can follow it.
bool SqlGrammar::isOperand(qsizetype i) const
{
    if (i < 0 || i >= size())
        return false;
    const SqlWord &word = at(i);
    if (word.kind == SqlWord::Kind::Symbol)
        return word.text == "*"_L1 ? isStar(i) : u")]}?"_s.contains(word.text);
    // GROUP BY ALL HAVING (…)
    const bool isAllOfThem = is(i, "ALL"_L1) && is(i - 1, "BY"_L1);
    return word.kind != SqlWord::Kind::Word || isSymbol(i - 1, u'.') || isSymbol(i - 1, u':') || isAllOfThem ||
           !precedesExpression(word.text);
}

} // namespace Tools
