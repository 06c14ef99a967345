#include "gui/window/grantmenu.h"

#include "gui/widgets/symbol.h"
#include "gui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace Gui {

QString grantText(const Calls::Grant &grant)
{
    const QString target = grant.isAnyTarget ? GrantMenu::tr("ANYTHING") : displayText(grant.target, 60);
    const auto left = std::chrono::milliseconds(QDateTime::currentDateTimeUtc().msecsTo(grant.until));
    return GrantMenu::tr("%1, %2, for %3 (%4 left, calls so far: %5)")
        .arg(displayText(grant.verb, 60), target, displayText(grant.client, 60), formatDuration(left))
        .arg(grant.uses);
}

GrantMenu::GrantMenu(Controller *controller, QWidget *parent)
    : QMenu(parent)
    , m_controller(controller)
{
    setTitle(tr("What you allowed for a while"));
    connect(this, &QMenu::aboutToShow, this, &GrantMenu::fill);
    connect(controller, &Controller::grantsChanged, this, &GrantMenu::fill);
    fill();
}

void GrantMenu::fill()
{
    clear();
    const QList<Calls::Grant> grants = m_controller->grants();
    for (const Calls::Grant &grant : grants) {
        const QString text = tr("Revoke: %1").arg(grantText(grant));
        QAction *action = addAction(symbolIcon(u"refused"_s), QString(text).replace(u'&', u"&&"_s));
        action->setObjectName(u"grant%1"_s.arg(grant.id));
        connect(action, &QAction::triggered, this, [this, id = grant.id] { m_controller->revokeGrant(id); });
    }
    if (grants.size() > 1) {
        addSeparator();
        QAction *all = addAction(tr("Revoke all"));
        all->setObjectName(u"grantsRevokeAll"_s);
        connect(all, &QAction::triggered, this, [this] {
            for (const Calls::Grant &grant : m_controller->grants())
                m_controller->revokeGrant(grant.id);
        });
    }
    setEnabled(!grants.isEmpty());
}

} // namespace Gui
