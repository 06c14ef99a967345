#pragma once

#include <QObject>
#include <QString>

namespace Gui {

/// Whether the desktop takes a notification's body for markup ("body-markup" among the capabilities of
/// https://specifications.freedesktop.org/notification-spec/latest/): then what other people wrote is escaped. Until
/// the desktop has answered it might.
class NotificationMarkup : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NotificationMarkup)

public:
    explicit NotificationMarkup(QObject *parent = nullptr);

    /// The text as a body that shows it as it stands.
    QString body(const QString &text) const { return m_isMarkup ? text.toHtmlEscaped() : text; }

private:
    bool m_isMarkup = true;
};

} // namespace Gui
