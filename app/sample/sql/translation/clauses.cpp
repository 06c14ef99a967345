#include "sample/sql/translation/clauses.h"

#include "sample/sql/queries/subqueries.h"
#include "sample/sql/sqlfailure.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Kind = SqlToken::Kind;

/// The clauses in their order.
const QStringList Order{u"SELECT"_s, u"FROM"_s,     u"WHERE"_s, u"GROUP BY"_s, u"HAVING"_s,
                        u"WINDOW"_s, u"ORDER BY"_s, u"LIMIT"_s, u"OFFSET"_s};

/// Whether the word at i begins a clause, and is not a name or a part of IS DISTINCT FROM.
bool begins(const SqlTokens &tokens, qsizetype i, const QString &clause)
{
    const SqlToken before = tokens.value(i - 1);
    const SqlToken next = tokens.value(i + 1);
    if (clause.endsWith("BY"_L1))
        return next.isWord("BY"_L1);
    if (clause == "FROM"_L1)
        return !(before.isWord("DISTINCT"_L1) && i > 1);
    if (clause == "WINDOW"_L1)
        return next.isIdentifier() && tokens.value(i + 2).isWord("AS"_L1);
    if (clause == "LIMIT"_L1 || clause == "OFFSET"_L1)
        return next.kind == Kind::Number || next.kind == Kind::Parameter || next.isSymbol("("_L1) ||
               next.isWord("ALL"_L1) || next.isSymbol("-"_L1);
    return true;
}

/// The clause that begins at i; empty where none does.
QString clauseAt(const SqlTokens &tokens, qsizetype i)
{
    const SqlToken token = tokens.at(i);
    if (token.kind != Kind::Word || tokens.value(i - 1).isSymbol("."_L1) || tokens.value(i + 1).isSymbol("."_L1))
        return {};
    for (const QString &clause : Order) {
        if (token.text.compare(clause.section(u' ', 0, 0), Qt::CaseInsensitive) == 0 && begins(tokens, i, clause))
            return clause;
    }
    return {};
}

/// Calls found(i) for each token that is not in parentheses.
template<typename Found>
void eachOutside(const SqlTokens &tokens, Found found)
{
    int depth = 0;
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        depth -= tokens.at(i).isSymbol(")"_L1) ? 1 : 0;
        if (depth < 0)
            throw SqlFailure::syntax(u")"_s);
        if (depth == 0)
            found(i);
        depth += tokens.at(i).isSymbol("("_L1) ? 1 : 0;
    }
    if (depth > 0)
        throw SqlFailure::syntax(u"end of input"_s);
}

/// The word of a set operation where it joins queries: EXCEPT is a part of SELECT * EXCEPT (a), too.
QString setWordAt(const SqlTokens &tokens, qsizetype i)
{
    static const QHash<QString, QString> words{{u"UNION"_s, u"UNION"_s},
                                               {u"INTERSECT"_s, u"INTERSECT"_s},
                                               {u"EXCEPT"_s, u"EXCEPT"_s},
                                               {u"MINUS"_s, u"EXCEPT"_s}};
    const QString word = tokens.at(i).kind == Kind::Word ? words.value(tokens.at(i).text.toUpper()) : QString();
    if (word.isEmpty())
        return {};
    const SqlToken next = tokens.value(i + 1);
    const bool joins = next.isWord("ALL"_L1) || next.isWord("DISTINCT"_L1) || next.isWord("TABLE"_L1) ||
                       next.isWord("FROM"_L1) || isQuery(tokens.mid(i + 1));
    return joins ? word : QString();
}

bool isSign(const SqlTokens &item, qsizetype i)
{
    return item.value(i).isSymbol("-"_L1) &&
           (i == 0 || item.at(i - 1).isSymbol("("_L1) || item.at(i - 1).isSymbol(","_L1));
}

} // namespace

SqlClauses clausesOf(const SqlTokens &tokens)
{
    SqlClauses clauses;
    QString current;
    qsizetype begin = 0;
    eachOutside(tokens, [&](qsizetype i) {
        const QString clause = clauseAt(tokens, i);
        if (clause.isEmpty() || i < begin)
            return;
        if (!current.isEmpty() && Order.indexOf(clause) <= Order.indexOf(current))
            throw SqlFailure::syntax(tokens.at(i).text);
        if (!current.isEmpty())
            clauses.insert(current, tokens.mid(begin, i - begin));
        current = clause;
        begin = i + 1 + clause.count(u' ');
    });
    if (!current.isEmpty())
        clauses.insert(current, tokens.mid(begin));
    return clauses;
}

qsizetype tailOf(const SqlTokens &tokens)
{
    qsizetype tail = tokens.size();
    eachOutside(tokens, [&](qsizetype i) {
        if (Order.indexOf(clauseAt(tokens, i)) >= Order.indexOf(u"ORDER BY"_s))
            tail = std::min(tail, i);
    });
    return tail;
}

QList<SetTerm> setTermsOf(const SqlTokens &tokens)
{
    QList<SetTerm> terms(1);
    qsizetype begin = 0;
    eachOutside(tokens, [&](qsizetype i) {
        QString word = setWordAt(tokens, i);
        if (word.isEmpty())
            return;
        terms.last().tokens = tokens.mid(begin, i - begin);
        begin = i + 1;
        if (takes(tokens, begin, {"ALL"_L1}))
            word += u" ALL"_s;
        takes(tokens, begin, {"DISTINCT"_L1});
        terms.append({word});
    });
    terms.last().tokens = tokens.mid(begin);
    return terms;
}

QString columnNameOf(const SqlTokens &item)
{
    // A column is called by the last part of its name.
    qsizetype behind = 0;
    if (item.size() == 1 || (item.value(0).isIdentifier() && (readName(item, behind), behind == item.size())))
        return item.last().text;
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
