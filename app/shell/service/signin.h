#pragma once

#include "databricks/workspace.h"

#include <QObject>

#include <stop_token>

/// Asks a workspace whose token it is. Only the last question counts.
class SignIn : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SignIn)

public:
    explicit SignIn(QObject *parent = nullptr);
    ~SignIn() override;

    /// The session's number comes back with what became of it.
    void ask(int session, const Databricks::Workspace &workspace);
    void stop();

Q_SIGNALS:
    void signedIn(int session, const QString &user);
    void failed(int session, const QString &message, bool unauthorized);

private:
    std::stop_source m_stop;
};
