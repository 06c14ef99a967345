#pragma once

#include "calls/record.h"

#include <QJsonObject>
#include <QString>

namespace Gui {

/// "340 ms", "3.2 s", "4 min 10 s", "2 h 14 min", "3 d 4 h".
QString spanWords(qint64 milliseconds);
/// "just now", "3 s ago", "4 min ago".
QString agoWords(qint64 milliseconds);
QString bytesWords(qint64 bytes);
/// The outcome in the window's language.
QString outcomeWords(Calls::Outcome outcome);
/// "Delete cluster" for delete_cluster.
QString toolWords(const QString &tool);

/// One line that shows what is there: what a client or a workspace says may hold line feeds and characters that turn
/// the direction of the text, made to hide something from whoever approves it.
QString shown(const QString &foreign, int atMost = 200);
/// JSON for a person to read, those characters escaped.
QString prettyJson(const QJsonObject &object);

} // namespace Gui
