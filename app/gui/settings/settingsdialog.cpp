#include "gui/settings/settingsdialog.h"

#include "gui/settings/keychaintask.h"
#include "gui/settings/safetypage.h"
#include "gui/settings/serverpage.h"
#include "gui/settings/toolspage.h"
#include "gui/settings/windowpage.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/labels.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

SettingsDialog::SettingsDialog(Settings::Store *settings, Credentials::Keychain *keychain, Controller *controller,
                               QNetworkAccessManager *network, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_controller(controller)
    , m_writing(new KeychainTask(keychain, this))
    , m_removing(new KeychainTask(keychain, this))
    , m_tabs(new QTabWidget)
    , m_workspace(new WorkspacePage(settings, keychain, controller, network))
    , m_server(new ServerPage(settings, controller))
    , m_safety(new SafetyPage(settings, controller))
    , m_tools(new ToolsPage(settings, controller))
    , m_window(new WindowPage(settings))
    , m_status(new NoteLabel(Tone::Active, u"settingsStatus"_s))
    , m_useForThisRun(pushButton(u"settingsUseForThisRun"_s, tr("&Use for this run only")))
    , m_stopWaiting(pushButton(u"settingsStopWaiting"_s, tr("Stop &waiting")))
{
    setObjectName(u"settingsDialog"_s);
    setWindowTitle(tr("Settings"));
    m_tabs->setObjectName(u"settingsTabs"_s);
    m_tabs->setAccessibleName(tr("Groups of settings"));
    m_tabs->addTab(m_workspace, tr("Workspace"));
    m_tabs->addTab(m_server, tr("Server"));
    m_tabs->addTab(m_tools, tr("Tools"));
    m_tabs->addTab(m_safety, tr("Safety"));
    m_tabs->addTab(m_window, tr("Window"));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setObjectName(u"settingsSave"_s);
    m_save->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(u"settingsCancel"_s);
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_tabs, 1);
    column->addWidget(statusRow());
    column->addWidget(buttons);
    setBusy(false);
    resize(fontMetrics().averageCharWidth() * 96, sizeHint().height() + fontMetrics().height() * 6);

    connect(m_writing, &KeychainTask::finished, this, &SettingsDialog::showKeychainResult);
    connect(m_writing, &KeychainTask::waiting, this, [this] {
        m_status->say(Tone::Active, tr("Waiting for the keyring… If it asks for its password, unlock it."));
        m_stopWaiting->show();
    });
    connect(m_removing, &KeychainTask::finished, this, &SettingsDialog::showRemoval);
    connect(m_workspace, &WorkspacePage::tokenForgotten, controller, &Controller::reloadSettings);
}

QWidget *SettingsDialog::statusRow()
{
    connect(m_useForThisRun, &QPushButton::clicked, this, &SettingsDialog::useForThisRun);
    connect(m_stopWaiting, &QPushButton::clicked, this, &SettingsDialog::stopWaiting);

    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(4, 0, 0, 0);
    line->addWidget(m_status, 1);
    line->addWidget(m_useForThisRun, 0, Qt::AlignTop);
    line->addWidget(m_stopWaiting, 0, Qt::AlignTop);
    return row;
}

void SettingsDialog::setBusy(bool busy)
{
    m_tabs->setEnabled(!busy);
    m_save->setEnabled(!busy);
    m_useForThisRun->hide();
    m_stopWaiting->hide();
    m_status->say(Tone::Active, busy ? tr("Saving…") : QString());
}

void SettingsDialog::save()
{
    const std::optional<WorkspacePage::Entry> entry = m_workspace->validated();
    if (!entry) {
        m_tabs->setCurrentWidget(m_workspace);
        return;
    }
    if (!m_window->saveAutostart()) {
        m_tabs->setCurrentWidget(m_window);
        return;
    }
    m_entry = *entry;
    if (m_entry.token.isEmpty()) {
        saveSettings();
        m_controller->reloadSettings();
        accept();
        return;
    }
    setBusy(true);
    m_writing->write(m_entry.profile.keychainKey(), m_entry.token);
}

void SettingsDialog::showKeychainResult(const Credentials::KeychainResult &result)
{
    if (!result.isOk()) {
        setBusy(false);
        m_status->say(Tone::Bad, tr("The token was not saved. %1").arg(result.message()));
        m_useForThisRun->show();
        return;
    }
    const Credentials::Profile before = Credentials::Profiles(m_settings).profile(m_entry.profile.name);
    m_entry.profile.tokenStored = true;
    saveSettings();
    m_controller->reloadSettings();
    // A token that no page leads to any more should not stay behind.
    if (before.tokenStored && before.keychainKey() != m_entry.profile.keychainKey())
        m_removing->remove(before.keychainKey());
    else
        accept();
}

void SettingsDialog::showRemoval(const Credentials::KeychainResult &result)
{
    if (result.isOk() || result.status() == Credentials::KeychainResult::Status::NotFound) {
        accept();
        return;
    }
    setBusy(false);
    m_status->say(Tone::Caution,
                  tr("Saved. The token of the earlier address is still in the keychain: %1").arg(result.message()));
}

void SettingsDialog::stopWaiting()
{
    m_writing->giveUp();
    setBusy(false);
    m_status->say(Tone::Caution,
                  tr("The token was not saved. Unlock the keyring and save again, or use it for this run."));
    m_useForThisRun->show();
}

void SettingsDialog::useForThisRun()
{
    m_entry.profile.tokenStored = false;
    saveSettings();
    Q_EMIT tokenForThisRun(m_entry.profile, m_entry.token);
    accept();
}

void SettingsDialog::saveSettings()
{
    m_server->save(m_settings);
    m_safety->save(m_settings);
    m_tools->save(m_settings);
    m_window->save(m_settings);
    if (m_entry.profile.isComplete())
        Credentials::Profiles(m_settings).save(m_entry.profile);
}

void SettingsDialog::done(int result)
{
    m_writing->giveUp();
    m_removing->giveUp();
    m_entry.token.clear();
    QDialog::done(result);
}

} // namespace Gui
