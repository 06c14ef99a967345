#pragma once

#include "credentials/keychain.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace Gui {

/// One request to the keychain at a time, for a dialog: tells when it waits for a person's unlock prompt, and can be
/// given up, after which a late result is ignored.
class KeychainTask : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds Patience{2};

    explicit KeychainTask(Credentials::Keychain *keychain, QObject *parent = nullptr);

    void read(const QString &key);
    void write(const QString &key, const QString &secret);
    void remove(const QString &key);
    void giveUp();

Q_SIGNALS:
    /// It takes longer than a keychain that is open would.
    void waiting();
    void finished(const Credentials::KeychainResult &result);

private:
    void follow(QCoro::Task<Credentials::KeychainResult> request);

    Credentials::Keychain *m_keychain;
    QTimer m_patience;
    int m_generation = 0;
};

} // namespace Gui
