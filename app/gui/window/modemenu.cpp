#include "gui/window/modemenu.h"

#include "gui/widgets/symbol.h"
#include "gui/widgets/text.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Calls::Mode;

namespace Gui {

QString modeText(const ModeStatus &mode)
{
    switch (mode.mode) {
    case Mode::ReadOnly:
        return ModeMenu::tr("Read-only");
    case Mode::Ask:
        return ModeMenu::tr("Ask");
    case Mode::Trust:
        break;
    }
    if (!mode.trustUntil.isValid())
        return ModeMenu::tr("Trust until you quit");
    const auto left = std::chrono::milliseconds(QDateTime::currentDateTimeUtc().msecsTo(mode.trustUntil));
    return ModeMenu::tr("Trust: %1 left").arg(formatDuration(left));
}

ModeMenu::ModeMenu(Controller *controller, QWidget *parent)
    : QMenu(parent)
    , m_controller(controller)
    , m_readOnly(add(u"modeReadOnly"_s, tr("Read-only: nothing changes"), Mode::ReadOnly))
    , m_ask(add(u"modeAsk"_s, tr("Ask before anything that matters"), Mode::Ask))
{
    setTitle(tr("What clients may do"));
    addSeparator();
    for (QAction *action : {add(u"modeTrust15"_s, tr("Trust for 15 minutes: nobody is asked"), Mode::Trust, 15min),
                            add(u"modeTrust60"_s, tr("Trust for 60 minutes"), Mode::Trust, 60min),
                            add(u"modeTrustUntilQuit"_s, tr("Trust until I quit"), Mode::Trust)})
        action->setIcon(symbolIcon(u"warning"_s));
    m_readOnly->setCheckable(true);
    m_ask->setCheckable(true);
    connect(controller, &Controller::modeChanged, this, &ModeMenu::showMode);
    showMode();
}

QAction *ModeMenu::add(const QString &name, const QString &text, Mode mode, std::chrono::minutes trustFor)
{
    QAction *action = addAction(text);
    action->setObjectName(name);
    connect(action, &QAction::triggered, this, [this, mode, trustFor] {
        m_controller->setMode(mode, trustFor);
        // A click on what holds already unticks it.
        showMode();
    });
    return action;
}

void ModeMenu::showMode()
{
    const ModeStatus status = m_controller->mode();
    m_readOnly->setChecked(status.mode == Mode::ReadOnly);
    m_ask->setChecked(status.mode == Mode::Ask);
    setEnabled(!status.isFixed);
}

} // namespace Gui
