#pragma once

#include <QJsonObject>
#include <QString>

#include <chrono>

/// How the window writes numbers, times and what other people and programs wrote.
namespace Gui {

/// "340 ms", "3.2 s", "4 min 10 s", "2 h 14 min", "3 d 4 h".
QString formatDuration(std::chrono::milliseconds duration);
/// How long ago something was: "just now", "3 s ago", "4 min ago".
QString formatAge(std::chrono::milliseconds age);
/// How long it is since then.
std::chrono::milliseconds timeSince(const QDateTime &moment);
/// In local time: "14:03:59" of today, else "28 Nov 14:03".
QString formatTime(const QDateTime &moment);
/// In local time: "28 Nov 14:03:59", with the year where it is another one.
QString formatDateTime(const QDateTime &moment);
/// "4.2 kB".
QString formatSize(qint64 bytes);

/// One line that shows what is there: what a client or a workspace says may hold line feeds and characters that turn
/// the direction of the text, made to hide something from whoever approves it.
QString displayText(const QString &foreign, int atMost = 200);
/// A tool tip with these words. One that looks like markup would be drawn as such.
QString plainToolTip(const QString &text);
/// JSON for a person to read, with the characters that could deceive escaped.
QString prettyJson(const QJsonObject &object);
/// "Delete cluster" for delete_cluster.
QString toolTitle(const QString &tool);

} // namespace Gui
