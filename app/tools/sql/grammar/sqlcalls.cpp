#include "tools/sql/grammar/sqlcalls.h"

#include "tools/sql/grammar/sqlfunctions.h"
#include "tools/sql/grammar/sqlverbs.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

class CallFinder : private SqlView
{
public:
    explicit CallFinder(const SqlWords &words)
        : SqlView(words)
        , m_closing(closings())
    {}

    QList<SqlCall> calls()
    {
        for (qsizetype i = 0; i + 1 < size(); ++i) {
            if (isSymbol(i + 1, u'('))
                readBracketAfter(i);
        }
        return m_calls;
    }

private:
    /// For every opening bracket the place of the closing one; -1 elsewhere.
    QList<qsizetype> closings() const
    {
        QList<qsizetype> closing(size(), -1);
        QList<qsizetype> open;
        for (qsizetype i = 0; i < size(); ++i) {
            if (isSymbol(i, u'('))
                open.append(i);
            else if (isSymbol(i, u')') && !open.isEmpty())
                closing[open.takeLast()] = i;
        }
        return closing;
    }

    /// A bracket opens behind this word: is it a call, and of what?
    void readBracketAfter(qsizetype i)
    {
        const SqlWord::Kind kind = at(i).kind;
        if (kind == SqlWord::Kind::Symbol) {
            // IDENTIFIER(…)(…), f(…)(…), a[0](…); but not INSERT INTO t (a, b) (SELECT …)
            const bool isCalled = isSymbol(i, u')') || isSymbol(i, u']');
            if (isCalled && !holdsQuery(i + 1))
                m_calls.append({.kind = SqlCall::Kind::MadeAtRunTime});
        } else if (kind == SqlWord::Kind::Text) {
            m_calls.append({.kind = SqlCall::Kind::InQuotes});
        } else if (!isGrammar(i) && !isNoCall(i)) {
            readCall(i);
        }
    }

    /// No function takes a query that has no bracket of its own.
    bool holdsQuery(qsizetype bracket) const { return is(bracket + 1, "SELECT"_L1) || is(bracket + 1, "WITH"_L1); }

    /// The bracket behind this word is the grammar's own.
    bool isGrammar(qsizetype i) const
    {
        if (!isWord(i) || isSymbol(i - 1, u'.'))
            return false;
        const QString &word = at(i).text;
        if (isStructure(word) || holdsQuery(i + 1))
            return true;
        if (opensList(word) && isOperand(i - 1))
            return true;
        static const QHash<QString, QSet<QString>> behind{{u"KEY"_s, wordSet("PRIMARY FOREIGN")},
                                                          {u"GROUP"_s, wordSet("WITHIN")},
                                                          {u"TAGS"_s, wordSet("SET UNSET")},
                                                          {u"SETS"_s, wordSet("GROUPING")},
                                                          {u"ROLLUP"_s, wordSet("BY")},
                                                          {u"CUBE"_s, wordSet("BY")},
                                                          {u"STREAM"_s, wordSet("FROM")},
                                                          {u"INSERT"_s, wordSet("THEN")},
                                                          {u"COLUMNS"_s, wordSet("ADD REPLACE FOR")},
                                                          {u"IF"_s, wordSet("BEGIN ELSEIF")},
                                                          {u"REPLACE"_s, wordSet("EXCEPT")},
                                                          {u"TBLPROPERTIES"_s, wordSet("SET UNSET")}};
        const auto before = behind.constFind(word);
        return before != behind.cend() && isOf(i - 1, *before);
    }

    /// What stands there is the end of an expression or a name, so that no call can follow it.
    bool isOperand(qsizetype i) const
    {
        if (i < 0 || i >= size())
            return false;
        const SqlWord &word = at(i);
        if (word.kind == SqlWord::Kind::Symbol)
            return word.text == u")"_s || word.text == u"*"_s;
        return word.kind != SqlWord::Kind::Word || isSymbol(i - 1, u'.') || !precedesExpression(word.text);
    }

    void readCall(qsizetype i)
    {
        SqlCall call;
        QStringList written;
        const qsizetype begin = nameBegin(i);
        for (qsizetype part = begin; part <= i; part += 2) {
            call.parts.append(at(part).text);
            written.append(at(part).raw);
        }
        call.written = written.join(u'.') + u"()"_s;
        call.isOdd = isSymbol(begin - 1, u'.');
        m_calls.append(call);
    }

    /// A name with a bracket behind it that lists columns: of a common table, an alias, a table that is written or
    /// made.
    bool isNoCall(qsizetype i) const
    {
        const qsizetype begin = nameBegin(i);
        const qsizetype before = begin - 1;
        if (is(before, "AS"_L1) && begin == i)
            return true;
        // Of a subquery or a table function: (…) t(a, b). No operand follows a bracket.
        if (isSymbol(before, u')') && begin == i)
            return true;
        // UNPIVOT INCLUDE NULLS (…)
        if (is(i, "NULLS"_L1) && (is(before, "INCLUDE"_L1) || is(before, "EXCLUDE"_L1)) && is(before - 1, "UNPIVOT"_L1))
            return true;
        static const QSet<QString> Written = wordSet("INTO TABLE VIEW REFERENCES EXISTS OVERWRITE");
        static const QSet<QString> Making = wordSet("CREATE INSERT REPLACE COPY ALTER MERGE");
        const bool isLateral = is(before - 1, "LATERAL"_L1);
        if (isOf(before, Written) && !isLateral && !is(0, "SELECT"_L1) && (isOf(0, Making) || is(before, "INTO"_L1)))
            return true;
        static const QSet<QString> Beginnings = wordSet("FUNCTION PROCEDURE");
        if (isOf(before, Beginnings) && is(0, "CREATE"_L1))
            return true;
        return isCommonTable(i, before);
    }

    /// WITH a(b) AS (SELECT …), c(d) AS (…)
    bool isCommonTable(qsizetype i, qsizetype before) const
    {
        if (!is(before, "WITH"_L1) && !is(before, "RECURSIVE"_L1) && !isSymbol(before, u','))
            return false;
        const qsizetype end = m_closing.at(i + 1);
        if (end < 0 || !is(end + 1, "AS"_L1) || !isSymbol(end + 2, u'('))
            return false;
        // f(x) AS (a, b) names the columns of a generator.
        qsizetype inside = end + 3;
        while (isSymbol(inside, u'('))
            ++inside;
        return isOf(inside, queries()) && !isSymbol(inside + 1, u',') && !isSymbol(inside + 1, u')');
    }

    const QList<qsizetype> m_closing;
    QList<SqlCall> m_calls;
};

} // namespace

QList<SqlCall> callsIn(const SqlWords &words)
{
    return CallFinder(words).calls();
}

} // namespace Tools
