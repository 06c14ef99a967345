#include "gui/window/status.h"

#include <QCoreApplication>
#include <QHash>

namespace Gui {

QString ServerStatus::text() const
{
    static const QHash<State, const char *> texts{
        {State::Stopped, QT_TRANSLATE_NOOP("Gui::ServerStatus", "Stopped")},
        {State::Starting, QT_TRANSLATE_NOOP("Gui::ServerStatus", "Starting…")},
        {State::Running, QT_TRANSLATE_NOOP("Gui::ServerStatus", "Serving %1")},
        {State::Failed, QT_TRANSLATE_NOOP("Gui::ServerStatus", "Not serving: the server could not start")}};
    const QString text = QCoreApplication::translate("Gui::ServerStatus", texts.value(state));
    return state == State::Running ? text.arg(url.toString()) : text;
}

} // namespace Gui
