#include "gui/settings/workspacepage.h"

#include "credentials/connectiontest.h"
#include "credentials/environment.h"
#include "credentials/hostinput.h"
#include "credentials/tokeninput.h"
#include "gui/settings/keychaintask.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/symbol.h"

#include <QAction>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

/// The profile in use, where it is one of the settings': it may have been chosen on the command line.
Credentials::Profile editedProfile(Settings::Store *settings, const WorkspaceStatus &status)
{
    const Credentials::Profiles profiles(settings);
    return !status.sample && profiles.names().contains(status.profile) ? profiles.profile(status.profile)
                                                                       : profiles.active();
}

} // namespace

WorkspacePage::WorkspacePage(Settings::Store *settings, Credentials::Keychain *keychain, Controller *controller,
                             QNetworkAccessManager *network, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_profile(editedProfile(settings, controller->workspaceStatus()))
    , m_host(field(u"settingsHost"_s, m_profile.host.toString(), u"adb-1234567890123456.7.azuredatabricks.net"_s))
    , m_token(field(u"settingsToken"_s, {}, {}))
    , m_cluster(field(u"settingsCluster"_s, m_profile.defaultClusterId, tr("optional, 0123-456789-abcdefgh")))
    , m_warehouse(field(u"settingsWarehouse"_s, m_profile.defaultWarehouseId, tr("optional, 0123456789abcdef")))
    , m_hostProblem(new NoteLabel(Tone::Bad, u"settingsHostProblem"_s))
    , m_tokenProblem(new NoteLabel(Tone::Bad, u"settingsTokenProblem"_s))
    , m_tokenState(new NoteLabel(Tone::Quiet, u"settingsTokenState"_s))
    , m_result(new NoteLabel(Tone::Quiet, u"settingsTestResult"_s))
    , m_test(pushButton(u"settingsTest"_s, tr("&Test connection")))
    , m_forget(pushButton(u"settingsForget"_s, tr("&Forget token")))
    , m_network(network)
    , m_reading(new KeychainTask(keychain, this))
    , m_forgetting(new KeychainTask(keychain, this))
{
    layOut(controller);
    showToken();

    connect(m_host, &QLineEdit::textEdited, this, &WorkspacePage::clearProblems);
    connect(m_host, &QLineEdit::textEdited, this, &WorkspacePage::showToken);
    connect(m_token, &QLineEdit::textEdited, this, &WorkspacePage::clearProblems);
    connect(m_test, &QPushButton::clicked, this, &WorkspacePage::test);
    connect(m_forget, &QPushButton::clicked, this, &WorkspacePage::forget);
    for (const auto &[task, label] : {std::pair{m_reading, m_result}, std::pair{m_forgetting, m_tokenState}})
        connect(task, &KeychainTask::waiting, label, [label = label] {
            label->say(Tone::Active, tr("Waiting for the keyring. If it asks for its password, unlock it."));
        });
    connect(m_reading, &KeychainTask::finished, this, [this](const Credentials::KeychainResult &result) {
        if (result.isOk())
            testWith(result.secret());
        else
            showTest(false, result.message());
    });
    connect(m_forgetting, &KeychainTask::finished, this, [this](const Credentials::KeychainResult &result) {
        m_forget->setEnabled(true);
        if (!result.isOk() && result.status() != Credentials::KeychainResult::Status::NotFound) {
            m_tokenState->say(Tone::Bad, result.message());
            return;
        }
        m_profile.tokenStored = false;
        Credentials::Profiles(m_settings).save(m_profile);
        showToken();
        Q_EMIT tokenForgotten();
    });
}

QLineEdit *WorkspacePage::field(const QString &name, const QString &text, const QString &placeholder)
{
    auto *field = new QLineEdit(text);
    field->setObjectName(name);
    field->setCursorPosition(0);
    field->setPlaceholderText(placeholder);
    return field;
}

void WorkspacePage::layOut(Controller *controller)
{
    m_host->setAccessibleName(tr("Workspace address"));
    m_token->setAccessibleName(tr("Personal access token"));
    m_cluster->setAccessibleName(tr("Default cluster id"));
    m_warehouse->setAccessibleName(tr("Default warehouse id"));

    m_token->setEchoMode(QLineEdit::Password);
    QAction *reveal = m_token->addAction(symbolIcon(u"reveal"_s), QLineEdit::TrailingPosition);
    reveal->setText(tr("Show what is typed"));
    reveal->setCheckable(true);
    connect(reveal, &QAction::toggled, this, [this, reveal](bool shown) {
        m_token->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        reveal->setIcon(symbolIcon(shown ? u"conceal"_s : u"reveal"_s));
    });

    auto *form = new QFormLayout(this);
    form->setContentsMargins(14, 14, 14, 14);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(8);
    const Credentials::EnvironmentProfile environment = Credentials::profileFromEnvironment();
    if (controller->workspaceStatus().sample)
        form->addRow(
            new NoteLabel(Tone::Caution, u"settingsNote"_s,
                          tr("This run shows the sample workspace and has settings of its own. Start Bricktray "
                             "without --sample-workspace to use yours.")));
    else if (environment.isComplete() || !environment.problem.isEmpty())
        form->addRow(new NoteLabel(Tone::Caution, u"settingsNote"_s,
                                   tr("DATABRICKS_HOST and DATABRICKS_TOKEN are set in the environment and come before "
                                      "what is entered here.")));
    form->addRow(tr("&Workspace:"), m_host);
    form->addRow(QString(), m_hostProblem);
    form->addRow(tr("T&oken:"), m_token);
    form->addRow(QString(), m_tokenProblem);
    form->addRow(QString(), m_tokenState);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_test);
    buttons->addWidget(m_forget);
    buttons->addStretch();
    form->addRow(QString(), buttons);
    form->addRow(QString(), m_result);
    form->addRow(tr("Default &cluster:"), m_cluster);
    form->addRow(tr("Default ware&house:"), m_warehouse);
    clearProblems();
}

void WorkspacePage::clearProblems()
{
    for (NoteLabel *label : {m_hostProblem, m_tokenProblem, m_result})
        label->say(Tone::Bad, {});
}

void WorkspacePage::showToken()
{
    QString problem;
    const bool changed = Credentials::hostFromInput(m_host->text(), &problem) != m_profile.host;
    const bool stored = m_profile.tokenStored && !changed;
    m_forget->setVisible(m_profile.tokenStored);
    m_token->setPlaceholderText(stored ? tr("unchanged") : u"dapi…"_s);
    if (stored)
        m_tokenState->say(Tone::Quiet, tr("The token for this workspace is in the keychain. Enter one to replace it."));
    else if (m_profile.tokenStored)
        m_tokenState->say(Tone::Quiet, tr("A token belongs to its workspace: enter one for the new address."));
    else
        m_tokenState->say(Tone::Quiet, tr("It is kept in your system's keychain and sent to this workspace only."));
}

std::optional<WorkspacePage::Entry> WorkspacePage::validated()
{
    clearProblems();
    Entry entry{m_profile, {}};
    entry.profile.defaultClusterId = m_cluster->text().trimmed();
    entry.profile.defaultWarehouseId = m_warehouse->text().trimmed();
    const bool hasToken = !m_token->text().trimmed().isEmpty();
    if (m_host->text().trimmed().isEmpty() && !m_profile.isComplete() && !hasToken)
        return entry;

    QString problem;
    entry.profile.host = Credentials::hostFromInput(m_host->text(), &problem);
    if (!problem.isEmpty()) {
        m_hostProblem->say(Tone::Bad, problem);
        m_host->setFocus();
        return {};
    }
    const bool moved = entry.profile.host != m_profile.host;
    if (moved)
        entry.profile.tokenStored = false;
    if (hasToken || moved) {
        entry.token = Credentials::tokenFromInput(m_token->text(), &problem);
        if (!problem.isEmpty()) {
            m_tokenProblem->say(Tone::Bad, problem);
            m_token->setFocus();
            return {};
        }
    }
    return entry;
}

void WorkspacePage::test()
{
    const std::optional<Entry> entry = validated();
    if (!entry)
        return;
    if (!entry->profile.isComplete() || (entry->token.isEmpty() && !entry->profile.tokenStored)) {
        m_result->say(Tone::Bad, tr("Enter the workspace and a token first."));
        return;
    }
    m_test->setEnabled(false);
    m_result->say(Tone::Active, tr("Asking %1…").arg(entry->profile.host.host()));
    m_testedHost = entry->profile.host;
    if (entry->token.isEmpty())
        m_reading->read(entry->profile.keychainKey());
    else
        testWith(entry->token);
}

void WorkspacePage::testWith(const QString &token)
{
    Credentials::testConnection(m_testedHost, token, m_network)
        .then([self = QPointer(this)](const Credentials::ConnectionReport &report) {
            if (self)
                self->showTest(report.isOk(), report.message());
        });
}

void WorkspacePage::showTest(bool ok, const QString &message)
{
    m_test->setEnabled(true);
    m_result->say(ok ? Tone::Good : Tone::Bad, message);
}

void WorkspacePage::forget()
{
    m_forget->setEnabled(false);
    m_forgetting->remove(m_profile.keychainKey());
}

} // namespace Gui
