#pragma once

#include "sample/sql/queries/queryreader.h"
#include "sample/sql/translation/tokenreader.h"

namespace Sample {

/// Reads what stands behind FROM: tables, views, subqueries and their joins. All that it reads throws SqlFailure.
class RelationReader : public TokenReader
{
public:
    /// scope takes what it reads; outerColumns those columns that subqueries take from further out.
    RelationReader(const SqlTokens &tokens, const QueryPlace &place, Scope &scope, QList<OuterColumn> *outerColumns)
        : TokenReader(tokens)
        , m_place(place)
        , m_scope(scope)
        , m_outerColumns(outerColumns)
    {}

    QString read();

private:
    QString relations();
    QString joined();
    QString joinCondition(const QString &kind, bool isNatural);
    QString relation();
    QString subquery();
    QString values();
    QString range(const QStringList &name);
    QString table(const QStringList &name);
    QString view(const SampleTable &view);
    QString named(const QString &sql, const QList<SampleColumn> &columns, const QString &name, const QStringList &path);

    const QueryPlace &m_place;
    Scope &m_scope;
    QList<OuterColumn> *m_outerColumns;
};

} // namespace Sample
