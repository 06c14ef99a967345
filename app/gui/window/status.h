#pragma once

#include "calls/policy.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace Gui {

/// What the server is doing.
struct ServerStatus
{
    enum class State { Stopped, Starting, Running, Failed };
    State state = State::Stopped;
    QUrl url;        ///< "http://localhost:8080/mcp"
    QString message; ///< why it failed
    bool accessKeyRequired = true;
    QString accessKeyProblem; ///< why the key holds for this run only; empty where the keychain keeps it

    /// It serves, or is about to: what a person can do is stop it.
    bool isUp() const { return state == State::Running || state == State::Starting; }
    /// The state in the window's language: "Serving http://localhost:8080/mcp".
    QString text() const;
};

/// Whose workspace it is and whether it lets us in.
struct WorkspaceStatus
{
    enum class State {
        NotConfigured,
        Waiting, ///< for the keychain
        Connecting,
        Connected,
        Unauthorized, ///< the token was refused
        Failed        ///< unreachable, keychain trouble
    };
    State state = State::NotConfigured;
    QString profile;
    QUrl host;
    QString user;
    QString message; ///< what is wrong and what to do
    bool sample = false;
};

/// How much the clients of the profile in use are trusted.
struct ModeStatus
{
    Calls::Mode mode = Calls::Mode::Ask;
    QDateTime trustUntil; ///< UTC; of the mode Trust, and invalid where that ends with the program
    bool isFixed = false; ///< the program was started so, and a person cannot change it

    bool operator==(const ModeStatus &) const = default;
};

/// A named group of tools, switched on and off as one.
struct ToolsetInfo
{
    QString name;
    QString description; ///< what it holds, in a sentence
    QStringList tools;
    QStringList changing; ///< those of them that can change something
    bool onByDefault = false;
};

} // namespace Gui

Q_DECLARE_METATYPE(Gui::ServerStatus)
Q_DECLARE_METATYPE(Gui::WorkspaceStatus)
Q_DECLARE_METATYPE(Gui::ModeStatus)
