#pragma once

#include "tools/toolbench.h"

#include <QJsonObject>
#include <QList>

/// A valid call of a tool, one that succeeds in a fresh sample workspace.
struct EveryCall
{
    const char *tool;
    const char *json; ///< its arguments
    /// Makes what the call works on, and gives the arguments that tell which it is; mostly none is needed.
    QJsonObject (*prepare)(ToolBench &bench) = nullptr;

    /// The arguments, after what has to be there was made. The bench has no requests on record then.
    QJsonObject ready(ToolBench &bench) const;
};

/// At least one call of every tool, in the catalogue's order.
const QList<EveryCall> &everyCall();
