#pragma once

#include "tools/sql/grammar/sqlwords.h"

namespace Tools {

/// What the verbs of a statement work on, as written: the names that a person approves.
class SqlTargets : public SqlView
{
public:
    using SqlView::SqlView;

    /// Where the name of what the verb is about begins. No statement has many words before it.
    qsizetype nameBehind(qsizetype verb) const;
    /// The name there, "main.sales.orders", where what follows shows that it is one: "WITH" of WITH SCHEMA EVOLUTION is
    /// none. Empty for what is made at run time, too.
    QString targetAt(qsizetype place) const;
    /// A name or a value from there on that the text does not say: IDENTIFIER(…), :parameter, ?
    bool isMadeAtRunTime(qsizetype from) const;
    /// The words from there on.
    QString rest(qsizetype place) const;

private:
    QString nameAt(qsizetype place) const;
};

} // namespace Tools
