#pragma once

#include "mcp/types/toolrequest.h"

#include <QList>
#include <QString>

namespace Tools {

/// What clients have begun here that runs in the workspace: runs, statements, commands. A client may end its own work
/// without a question; anybody else's is an interruption. The newest are remembered, in memory only.
class StartedWork
{
public:
    enum class Kind { Run, Statement, Command };

    void add(const Mcp::Client &client, Kind kind, const QString &id);
    bool isOf(const Mcp::Client &client, Kind kind, const QString &id) const;

private:
    struct Work
    {
        QString client;
        Kind kind;
        QString id;

        bool operator==(const Work &) const = default;
    };

    QList<Work> m_works; ///< the oldest first
};

} // namespace Tools
