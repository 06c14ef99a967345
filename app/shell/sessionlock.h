#pragma once

#include <QObject>

/// Tells when the person leaves the session: it is locked (logind, the desktop's screen saver), or the machine goes to
/// sleep. Where there is no D-Bus, or nothing on it that knows, it never tells.
class SessionLock : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionLock)

public:
    explicit SessionLock(QObject *parent = nullptr);
    ~SessionLock() override;

Q_SIGNALS:
    /// The screen is locked, or about to be. Several sources may tell of the same leaving.
    void left();

private Q_SLOTS:
    void onSwitched(bool on);
};
