#pragma once

#include "credentials/keychain.h"
#include "credentials/profile.h"
#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QNetworkAccessManager>
#include <QWidget>

#include <optional>

class QLineEdit;
class QPushButton;

namespace Gui {

class KeychainTask;
class NoteLabel;

/// The workspace and its token. A stored token is never shown: the field is for a new one.
class WorkspacePage : public QWidget
{
    Q_OBJECT

public:
    struct Entry
    {
        Credentials::Profile profile;
        QString token; ///< empty: the stored one stays
    };

    WorkspacePage(Settings::Store *settings, Credentials::Keychain *keychain, Controller *controller,
                  QNetworkAccessManager *network, QWidget *parent = nullptr);

    /// What was entered, or nothing, with the reasons beside the fields. A new host needs a new token.
    std::optional<Entry> validated();

Q_SIGNALS:
    /// The stored token is gone.
    void tokenForgotten();

private:
    QLineEdit *field(const QString &name, const QString &text, const QString &placeholder);
    void layOut(Controller *controller);
    void clearProblems();
    void test();
    void testWith(const QString &token);
    void showTest(bool ok, const QString &message);
    void forget();
    void showToken();

    Settings::Store *m_settings;
    Credentials::Profile m_profile;
    QLineEdit *m_host;
    QLineEdit *m_token;
    QLineEdit *m_cluster;
    QLineEdit *m_warehouse;
    NoteLabel *m_hostProblem;
    NoteLabel *m_tokenProblem;
    NoteLabel *m_tokenState;
    NoteLabel *m_result;
    QPushButton *m_test;
    QPushButton *m_forget;
    QNetworkAccessManager *m_network;
    KeychainTask *m_reading;
    KeychainTask *m_forgetting;
    QUrl m_testedHost;
};

} // namespace Gui
