#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

namespace Instance {

inline constexpr auto AccessRequest = "endpoint"; ///< what a RunningInstance is asked for it

/// Where the running application serves and what it wants to be shown, for the owner's own programs. It crosses the
/// local socket that only its owner may open, as one line of JSON, and belongs nowhere else: it holds the access key.
struct ServerAccess
{
    enum class State { Stopped, Starting, Running, Failed };

    State state = State::Stopped;
    QUrl url = {};             ///< "http://localhost:8080/mcp"; empty while it does not run
    QByteArray accessKey = {}; ///< empty: none is asked for
    QString message = {};      ///< why it does not run, for a person

    QString toLine() const;
    /// Nothing where the line is not what toLine() writes.
    static std::optional<ServerAccess> fromLine(const QString &line);

    bool operator==(const ServerAccess &) const = default;
};

/// "stopped", "starting", "running", "failed": here, and wherever else the program spells a server's state.
QString stateName(ServerAccess::State state);
std::optional<ServerAccess::State> stateCalled(const QString &name);

} // namespace Instance
