#pragma once

#include "calls/effect.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace Calls {

enum class Decision { Allow, Ask, Deny };

/// "allow", "ask", "deny": as the settings hold it. A word that is none of them must not allow more than was meant: it
/// denies.
QString decisionName(Decision decision);
Decision decisionFromName(const QString &name);

/// How much a profile's clients are trusted.
enum class Mode {
    ReadOnly, ///< nothing but reads, whatever else is said
    Ask,      ///< reads and cheap additions run, for everything else a person is asked
    Trust,    ///< nobody is asked: for a time that a person states, and never after a restart
};

/// What may run.
struct Policy
{
    Mode mode = Mode::Ask;
    QHash<Effect, Decision> effects = {};     ///< where the person wants it otherwise than the mode Ask has it
    QHash<QString, Decision> exceptions = {}; ///< by the tool's name; for what it changes
    QStringList trustedFunctions = {};        ///< functions in SQL that the person knows to read only

    /// What the mode Ask does about an effect where the person has said nothing else.
    static Decision standard(Effect effect);
    /// What is to be done about a call: the strictest of what is said about its effects.
    Decision decide(const QString &tool, Effects effects) const;
    bool isReadOnly() const { return mode == Mode::ReadOnly; }
    /// Not even what is there may be started: a query must not start its warehouse.
    bool startsNothing() const { return decide({}, Effect::Adds) == Decision::Deny; }

    bool operator==(const Policy &) const = default;
};

/// Why a call was denied, and who can change that; never how a model could.
QString denial(const Policy &policy, Effects effects);

/// Decisions about effects as the settings hold them: "replaces=allow", sorted.
QStringList effectTexts(const QHash<Effect, Decision> &effects);
/// What names no effect is left out.
QHash<Effect, Decision> effectsFromTexts(const QStringList &texts);

/// Exceptions as the settings hold them: "run_job=ask", sorted.
QStringList exceptionTexts(const QHash<QString, Decision> &exceptions);
/// What names no tool is left out.
QHash<QString, Decision> exceptionsFromTexts(const QStringList &texts);

} // namespace Calls
