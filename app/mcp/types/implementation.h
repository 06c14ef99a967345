#pragma once

#include <QString>

namespace Mcp {

/// How the server introduces itself (initialize, server/discover).
struct Implementation
{
    QString name;
    QString title;
    QString version;
    QString instructions;
};

} // namespace Mcp
