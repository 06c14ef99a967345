#pragma once

#include "sample/sql/queries/queryreader.h"
#include "sample/sql/queries/sortclause.h"

namespace Sample {

/// Reads one SELECT (https://docs.databricks.com/sql/language-manual/sql-ref-syntax-qry-select). All that it reads
/// throws SqlFailure.
class SelectReader
{
public:
    explicit SelectReader(const QueryPlace &place)
        : m_place(place)
        , m_scope(place.outer)
        , m_context(contextOf(m_place, m_scope, &m_query.outerColumns))
    {}
    Q_DISABLE_COPY_MOVE(SelectReader)

    /// tail is ORDER BY, LIMIT and OFFSET, which stand behind it.
    SqlQuery read(const SqlTokens &tokens, const SqlClauses &tail);

private:
    void refuseAbsent(const SqlTokens &tokens) const;
    void readWindows(const SqlTokens &tokens);
    void readItems(const SqlTokens &tokens);
    bool readStar(const SqlTokens &tokens, qsizetype &i);
    QString alias(const SqlTokens &tokens, qsizetype &i) const;
    QString where(const SqlTokens &tokens);
    void readGroups(const SqlTokens &tokens);
    QString having(const SqlTokens &tokens);
    void requireGrouped(const SelectItem &item) const;
    QString list() const;

    const QueryPlace m_place;
    SqlQuery m_query;
    Scope m_scope;
    ExpressionContext m_context;
    QList<SelectItem> m_items;
    QStringList m_groups;
    bool m_hasGroups = false;
    bool m_isDistinct = false;
};

} // namespace Sample
