#pragma once

#include <QObject>

namespace Gui {

/// Finds out when a tray icon may be made. Qt 6.4 chooses its kind of tray (StatusNotifierItem or XEmbed) at the first
/// touch of QSystemTrayIcon and never again, so nothing may touch it before the panel's host is on the bus.
class TrayProbe : public QObject
{
    Q_OBJECT

public:
    /// How long a start with the session waits for the panel.
    static constexpr int PatienceMs = 30'000;

    explicit TrayProbe(QObject *parent = nullptr);

    /// Emits ready() once: when the host is there, or after that many milliseconds without one.
    void start(int patienceMs);

Q_SIGNALS:
    void ready();

private Q_SLOTS:
    void look();

private:
    void finish();

    bool m_done = false;
};

} // namespace Gui
