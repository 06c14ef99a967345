#pragma once

#include "credentials/keychain.h"
#include "settings/settings.h"
#include "shell/commandline.h"

#include <QByteArray>
#include <QObject>

/// The key that clients must show: the command line's, else the keychain's, else a new one, which the keychain is given
/// to keep.
class AccessKeySource : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccessKeySource)

public:
    AccessKeySource(const CommandLine &commandLine, const Settings::Store *settings, Credentials::Keychain *keychain,
                    QObject *parent = nullptr);

    /// Looks anew; loaded() follows, at once where the keychain need not be asked.
    void load();
    /// Makes a new key; replaced() follows. Does nothing where no key is asked for, or the command line gave one.
    void replace();

    bool isRequired() const { return m_isRequired; }
    /// Not from load() to loaded().
    bool isKnown() const { return m_isKnown; }
    /// Empty when none is required.
    QByteArray key() const { return m_key; }
    /// Why the key holds for this run only; empty where the keychain keeps it.
    QString problem() const { return m_problem; }

Q_SIGNALS:
    /// The key() or its problem() is another one.
    void changed();
    void loaded();
    void replaced();

private:
    QCoro::Task<> askKeychain();
    QCoro::Task<> store(QByteArray key);
    void keep(const QByteArray &key, const QString &problem = {});
    void finishLoading();

    const QByteArray m_given; ///< by the command line
    const bool m_isOff;
    const bool m_isReachable; ///< from other machines: no key, no server
    const Settings::Store *m_settings;
    Credentials::Keychain *m_keychain;
    QByteArray m_key;
    QString m_problem;
    bool m_isRequired = true;
    bool m_isKnown = false;
};
