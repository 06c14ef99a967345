#include "tools/sql/grammar/sqlcalls.h"

#include "tools/sql/grammar/sqlgrammar.h"
#include "tools/sql/grammar/sqlverbs.h"

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

class CallFinder : private SqlView
{
public:
    explicit CallFinder(const SqlWords &words)
        : SqlView(words)
        , m_grammar(words)
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
    /// A bracket opens behind this word: is it a call, and of what?
    void readBracketAfter(qsizetype i)
    {
        const SqlWord::Kind kind = at(i).kind;
        if (kind == SqlWord::Kind::Symbol) {
            // IDENTIFIER(…)(…), f(…)(…), a[0](…); but not INSERT INTO t (a, b) (SELECT …)
            const bool isCalled = isSymbol(i, u')') || isSymbol(i, u']') || isSymbol(i, u'}') || isSymbol(i, u'?');
            if (isCalled && !m_grammar.isQueryBehind(i + 1))
                m_calls.append({.kind = SqlCall::Kind::MadeAtRunTime});
        } else if (kind == SqlWord::Kind::Text) {
            m_calls.append({.kind = SqlCall::Kind::InQuotes});
        } else if (!m_grammar.isOwnBracket(i) && !isNoCall(i)) {
            readCall(i);
        }
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
        static const QSet<QString> Making = wordSet("CREATE INSERT REPLACE COPY ALTER MERGE CACHE");
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
        const qsizetype end = m_grammar.closingOf(i + 1);
        if (end < 0 || !is(end + 1, "AS"_L1) || !isSymbol(end + 2, u'('))
            return false;
        // f(x) AS (a, b) names the columns of a generator.
        qsizetype inside = end + 3;
        while (isSymbol(inside, u'('))
            ++inside;
        return isOf(inside, queries()) && !isSymbol(inside + 1, u',') && !isSymbol(inside + 1, u')');
    }

    const SqlGrammar m_grammar;
    QList<SqlCall> m_calls;
};

} // namespace

QList<SqlCall> callsIn(const SqlWords &words)
{
    return CallFinder(words).calls();
}

} // namespace Tools
