#pragma once

#include "credentials/accesskey.h"
#include "credentials/keychain.h"
#include "settings/settings.h"
#include "shell/commandline.h"

#include <QByteArray>
#include <QObject>
#include <QSet>

/// The keys that clients must show: the command line's alone, else the keychain's, one a client, and with them a
/// default one, which is made where there is none. What is made or revoked holds at once; the keychain follows.
class AccessKeySource : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccessKeySource)

public:
    AccessKeySource(const CommandLine &commandLine, const Settings::Store *settings, Credentials::Keychain *keychain,
                    QObject *parent = nullptr);

    /// Looks anew; loaded() follows, at once where the keychain need not be asked.
    void load();
    /// Makes another default key. Does nothing where no key is asked for, or the command line gave one.
    void replace();
    /// A new key for the client of this name. Empty where there can be none: the name is taken or empty, there are as
    /// many as may be, no key is asked for, or the command line gave one.
    QByteArray make(const QString &name);
    /// The key of this name is good no longer. The default one can only be replaced.
    void revoke(const QString &name);

    bool isRequired() const { return m_isRequired; }
    /// Keys can be made and revoked.
    bool isEditable() const { return m_isRequired && m_given.isEmpty(); }
    /// Not from the first load() to loaded().
    bool isKnown() const { return m_isKnown; }
    /// The default one; empty when none is required.
    QByteArray key() const;
    /// The default one first; empty when none is required.
    const Credentials::AccessKeys &keys() const { return m_keys; }
    /// Why the keys, as they are, hold for this run only; empty where the keychain keeps them.
    QString problem() const { return m_problem; }

Q_SIGNALS:
    /// The keys() or their problem() are others.
    void changed();
    void loaded();

private:
    QCoro::Task<> synchronise();
    Credentials::AccessKeys merged(const Credentials::AccessKeys &stored) const;
    void keep(const Credentials::AccessKeys &keys, const QString &problem);
    void finishLoading();

    const QByteArray m_given; ///< by the command line
    const bool m_isOff;
    const bool m_isReachable; ///< from other machines: no key, no server
    const Settings::Store *m_settings;
    Credentials::Keychain *m_keychain;
    Credentials::AccessKeys m_keys;
    QSet<QString> m_void; ///< names whose keys in the keychain are good no longer
    QString m_problem;
    bool m_isRequired = true;
    bool m_isKnown = false;
    bool m_isAsking = false; ///< the keychain
    bool m_isNews = false;   ///< the keys changed since it was asked
};
