#include "gui/settings/windowpage.h"

#include "gui/settings/autostart.h"
#include "gui/widgets/labels.h"

#include <QCheckBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

WindowPage::WindowPage(Settings::Store *settings, QWidget *parent)
    : QWidget(parent)
    , m_notifications(new QCheckBox(tr("Show &notifications")))
    , m_minimized(new QCheckBox(tr("Start in the &tray")))
{
    m_notifications->setObjectName(u"settingsNotifications"_s);
    m_notifications->setChecked(settings->value(Settings::Key::ShowNotifications).toBool());
    m_minimized->setObjectName(u"settingsMinimized"_s);
    m_minimized->setChecked(settings->value(Settings::Key::StartMinimized).toBool());

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(8);
    column->addWidget(m_notifications);
    column->addWidget(new NoteLabel(
        Tone::Quiet, {}, tr("When a call needs your approval, and when a cluster you started runs or fails.")));
    column->addWidget(m_minimized);
    column->addWidget(
        new NoteLabel(Tone::Quiet, {}, tr("Where there is no tray, the window starts minimised instead.")));
    if (Autostart::isSupported())
        addAutostart(column);
    column->addStretch();
}

void WindowPage::addAutostart(QVBoxLayout *column)
{
    m_autostart = new QCheckBox(tr("Start Bricktray when I &sign in"));
    m_autostart->setObjectName(u"settingsAutostart"_s);
    m_autostart->setChecked(Autostart::isOn());
    m_autostartProblem = new NoteLabel(Tone::Bad, u"settingsAutostartProblem"_s);
    m_autostartProblem->hide();
    column->addWidget(m_autostart);
    column->addWidget(new NoteLabel(Tone::Quiet, {}, tr("It starts in the tray.")));
    column->addWidget(m_autostartProblem);
}

bool WindowPage::saveAutostart()
{
    if (!m_autostart || m_autostart->isChecked() == Autostart::isOn())
        return true;
    const QString problem = Autostart::set(m_autostart->isChecked());
    m_autostartProblem->say(Tone::Bad, problem);
    return problem.isEmpty();
}

void WindowPage::save(Settings::Store *settings) const
{
    settings->setValue(Settings::Key::ShowNotifications, m_notifications->isChecked());
    settings->setValue(Settings::Key::StartMinimized, m_minimized->isChecked());
}

} // namespace Gui
