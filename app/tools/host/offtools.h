#pragma once

#include "tools/host/catalogue.h"
#include "tools/host/session.h"

namespace Tools {

/// What keeps a tool off: all of it, so that the person is not sent twice.
struct Off
{
    bool isReadOnly = false; ///< and the tool changes something
    bool isDenied = false;   ///< the least it does is not allowed, where nobody can be asked
    bool isOtherSet = false; ///< it is not on, nor is all of its toolset
    bool isPartly = false;   ///< others of its toolset are on

    /// Whether a client is not shown it at all; what is denied, the policy refuses when it is called.
    bool isHidden() const { return isReadOnly || isOtherSet; }
};

Off whyOff(const Tool &tool, const Session &session);

/// Why a tool cannot be called now, who can change that, and what can be done meanwhile.
QString offWords(const Tool &tool, const Off &off);

/// A sentence on the tools that these words of an answer name and that are off; empty where there are none.
QString offToolsNamed(const QString &words, const Session &session);

} // namespace Tools
