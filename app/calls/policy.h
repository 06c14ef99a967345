#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace Calls {

/// What a tool does to the workspace.
enum class Effect { Reads, Writes, Destroys };

enum class Decision { Allow, Ask, Deny };

/// "allow", "ask", "deny": as the settings hold it. A word that is none of them must not allow more than was meant: it
/// denies.
QString decisionName(Decision decision);
Decision decisionFromName(const QString &name);

/// What may run: a decision for each effect, with exceptions for single tools. Reads always run.
struct Policy
{
    Decision writes = Decision::Allow;
    Decision destroys = Decision::Ask;
    bool readOnly = false; ///< nothing that changes anything is offered or run, whatever else is said
    QHash<QString, Decision> exceptions = {}; ///< by the tool's name; for what it changes

    Decision decide(const QString &tool, Effect effect) const;
    /// Why a call was denied, and who can change that; never how a model could.
    QString denial(Effect effect) const;

    bool operator==(const Policy &) const = default;
};

/// Exceptions as the settings hold them: "run_job=ask", sorted.
QStringList exceptionTexts(const QHash<QString, Decision> &exceptions);
/// What names no tool is left out.
QHash<QString, Decision> exceptionsFromTexts(const QStringList &texts);

} // namespace Calls
