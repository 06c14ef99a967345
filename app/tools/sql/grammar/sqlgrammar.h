#pragma once

#include "tools/sql/grammar/sqlwords.h"

namespace Tools {

/// Whether the brackets of a statement are the grammar's own or a call's. Databricks SQL reserves hardly a word
/// (https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-reserved-words): where an expression may begin, most
/// words of the grammar are anybody's function or column.
class SqlGrammar : private SqlView
{
public:
    explicit SqlGrammar(const SqlWords &words);

    /// The bracket behind this word belongs to the grammar, and calls nothing.
    bool isOwnBracket(qsizetype i) const;
    /// What opens at i behind a closing bracket is a query of its own, not a call: INSERT INTO t (a, b) (SELECT …)
    bool isQueryBehind(qsizetype i) const;
    /// Where the bracket that opens at i is closed; -1 where there is none.
    qsizetype closingOf(qsizetype i) const { return m_closing.at(i); }

private:
    bool isStructure(qsizetype i) const;
    bool isCase(qsizetype i) const;
    bool isOperand(qsizetype i) const;
    bool isStar(qsizetype i) const;
    bool beginsQuery(qsizetype i) const;
    bool isBehindPipe(qsizetype i) const;
    bool mayQueryFollow(qsizetype i) const;
    bool explains(qsizetype i) const;

    QList<qsizetype> m_closing;
    QList<qsizetype> m_opening;
};

} // namespace Tools
