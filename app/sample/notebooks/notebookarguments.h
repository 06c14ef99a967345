#pragma once

#include "sample/notebooks/notebookvalue.h"

#include <QHash>
#include <QList>
#include <QStringList>

#include <utility>

namespace Sample {

/// What a call of Python is given, as values or still as texts: f(a, b, key=c).
template<typename Given>
struct NotebookArguments
{
    QList<Given> inOrder;
    QList<std::pair<QString, Given>> named = {};

    /// The arguments by the names of the function's parameters. Throws NotebookError: of Python where it would raise
    /// one whatever the function, else notUnderstood, as functions may take more than is known here.
    QHash<QString, Given> by(const QString &function, const QStringList &parameters) const
    {
        if (inOrder.size() > parameters.size())
            throw notUnderstood(function + QStringLiteral("(…)"));
        QHash<QString, Given> all;
        for (qsizetype i = 0; i < inOrder.size(); ++i)
            all.insert(parameters.at(i), inOrder.at(i));
        for (const auto &[name, value] : named) {
            if (!parameters.contains(name))
                throw notUnderstood(QStringLiteral("%1(%2=…)").arg(function, name));
            if (all.contains(name))
                throw NotebookError{QStringLiteral("TypeError"),
                                    QStringLiteral("%1() got multiple values for argument '%2'").arg(function, name)};
            all.insert(name, value);
        }
        return all;
    }
};

} // namespace Sample
