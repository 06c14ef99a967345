#pragma once

#include "sample/sql/sqltables.h"

#include <optional>

namespace Sample {

/// A column of a relation that a query reads.
struct ScopeColumn
{
    QString name;
    QString type;
    bool isHidden = false; ///< USING has it once, and that is the other side's
};

/// A table, view or subquery behind FROM.
struct Relation
{
    QString alias;    ///< as SQLite knows it
    QStringList path; ///< what may stand before a column: "samples", "tpch", "nation"
    QList<ScopeColumn> columns;
};

/// A column that a name leads to.
struct ScopeHit
{
    QString sql;
    QString type;
    int depth = 0; ///< 0: of the query itself, 1: of the query around it …
};

/// The columns that an expression may name: those of a query's relations, and around it those of the query that it is
/// a part of. The outer scope must outlive this one.
class Scope
{
public:
    explicit Scope(const Scope *outer = nullptr)
        : m_outer(outer)
    {}

    /// Gives a relation an alias that no other has.
    const Relation &add(Relation relation);
    /// The columns that the last relation shares with those before it: JOIN … USING (names).
    void share(const QStringList &names, const QString &kindOfJoin);
    /// The names that the last relation has in common with those before it: NATURAL JOIN.
    QStringList namesInCommon() const;

    /// What a dotted name leads to, fields of structs included; nullopt where there is no such column. Throws
    /// SqlFailure where there are several.
    std::optional<ScopeHit> find(const QStringList &parts) const;
    /// The columns of * or, with what stands before it, of t.*; empty where there is no such relation.
    QList<SampleColumn> all(const QStringList &before, QStringList *sql) const;

private:
    std::optional<ScopeHit> findHere(const QStringList &parts) const;

    const Scope *m_outer;
    QList<Relation> m_relations;
    QStringList m_shared;      ///< names that USING joins
    QStringList m_fullyShared; ///< of these, those of a FULL JOIN: either side may have the value
};

/// Names mind no case.
bool isSameName(const QString &a, const QString &b);

} // namespace Sample
