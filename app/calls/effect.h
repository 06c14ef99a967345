#pragma once

#include <QFlags>
#include <QList>
#include <QString>

#include <optional>

namespace Calls {

/// What a call may do to the workspace. A call that does several things has several of them.
enum class Effect {
    Reads = 0,           ///< nothing but reading; the absence of every other effect
    Adds = 1 << 0,       ///< makes something new that is cheap to undo, or starts what exists
    Appends = 1 << 1,    ///< adds rows to a table that is there
    Replaces = 1 << 2,   ///< overwrites or changes what is there
    Computes = 1 << 3,   ///< creates compute, which costs money while it runs
    Grants = 1 << 4,     ///< changes who may do what: permissions, owners, shares, masks, filters
    RunsCode = 1 << 5,   ///< runs code that may do anything its owner may
    ReachesOut = 1 << 6, ///< sends data or requests beyond the workspace, or uses a secret
    Destroys = 1 << 7,   ///< removes or interrupts
    Unknown = 1 << 8,    ///< nobody can say
};
Q_DECLARE_FLAGS(Effects, Effect)
Q_DECLARE_OPERATORS_FOR_FLAGS(Effects)

/// Every effect but reading, the mildest first.
const QList<Effect> &changingEffects();

/// All of them: of what can be asked for anything.
Effects anyEffect();

/// The single ones that are in it, the worst first; Reads alone where there is none.
QList<Effect> listOf(Effects effects);
/// The one that a person should hear of first.
Effect worstOf(Effects effects);

/// "destroys": as settings and answers spell it.
QString effectName(Effect effect);
std::optional<Effect> effectFromName(const QString &name);
/// "destroys, grants", the worst first.
QString effectNames(Effects effects);

} // namespace Calls
