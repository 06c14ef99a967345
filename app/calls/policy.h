#pragma once

#include <QHash>
#include <QString>

namespace Calls {

/// What a tool does to the workspace.
enum class Effect { Reads, Writes, Destroys };

enum class Decision { Allow, Ask, Deny };

/// What may run: a decision for each effect. Reads always run.
struct Policy
{
    Decision writes = Decision::Allow;
    Decision destroys = Decision::Ask;
    bool readOnly = false; ///< nothing that changes anything is offered or run

    Decision decide(Effect effect) const;
    /// Why a call was denied, and who can change that; never how a model could.
    QString denial(Effect effect) const;

    bool operator==(const Policy &) const = default;
};

} // namespace Calls
