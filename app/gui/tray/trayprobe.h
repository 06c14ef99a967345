#pragma once

#include <QObject>

#include <chrono>

namespace Gui {

/// Finds out when a tray icon may be made. Qt 6.4 chooses its kind of tray (StatusNotifierItem or XEmbed) at the first
/// touch of QSystemTrayIcon and never again, so nothing may touch it before the panel's host is on the bus.
class TrayProbe : public QObject
{
    Q_OBJECT

public:
    /// How long a start with the session waits for the panel.
    static constexpr std::chrono::seconds Patience{30};

    explicit TrayProbe(QObject *parent = nullptr);

    /// Emits ready() once: when the host is there, or after that time without one.
    void start(std::chrono::milliseconds patience);

Q_SIGNALS:
    void ready();

private Q_SLOTS:
    void look();

private:
    void finish();

    bool m_done = false;
};

} // namespace Gui
