#include "credentials/keychainerrors.h"

#include <QCoreApplication>

namespace Credentials {

using namespace Qt::StringLiterals;

namespace {

using Status = KeychainResult::Status;

constexpr auto NoServiceWords = QT_TRANSLATE_NOOP(
    "Credentials", "There is no keychain to keep secrets in. Install and start gnome-keyring, KWallet "
                   "or KeePassXC (with its Secret Service switched on), then sign in again. Until "
                   "then a token is kept in memory and forgotten when you quit.");
constexpr auto NoSessionWords =
    QT_TRANSLATE_NOOP("Credentials", "The keychain can't be reached, because this process has no D-Bus session. Start "
                                     "it from your desktop session, or give DATABRICKS_HOST and DATABRICKS_TOKEN in "
                                     "the environment.");
constexpr auto NoLibraryWords =
    QT_TRANSLATE_NOOP("Credentials", "The keychain can't be used, because the library libsecret is missing or does not "
                                     "answer. Install the package libsecret-1-0 (libsecret on Fedora and Arch) and "
                                     "gnome-keyring, KWallet or KeePassXC, then start the application again.");
constexpr auto LockedWords =
    QT_TRANSLATE_NOOP("Credentials", "The keyring is locked. Unlock it, for example in the application Passwords and "
                                     "Keys, and try again.");
constexpr auto NoKeyringWords = QT_TRANSLATE_NOOP(
    "Credentials", "There is no keyring yet, or it is locked. Create or unlock the keyring \"Login\", "
                   "for example in the application Passwords and Keys, and try again.");
constexpr auto RefusedWords = QT_TRANSLATE_NOOP(
    "Credentials", "The keychain refused the request. Allow it when the keychain asks, and try again.");
constexpr auto NotFoundWords = QT_TRANSLATE_NOOP("Credentials", "The keychain has no such entry.");
constexpr auto FailedWords = QT_TRANSLATE_NOOP("Credentials", "The keychain reported an error: %1");

/// The first row that fits counts. The texts are those of GLib's D-Bus client and gnome-keyring, as measured.
struct Row
{
    QKeychain::Error error;
    QString text; ///< part of the backend's text; empty fits all
    Status status;
    const char *words;
};

const QList<Row> &rows()
{
    using namespace QKeychain;
    static const QList<Row> table{
        {EntryNotFound, {}, Status::NotFound, NotFoundWords},
        {AccessDeniedByUser, {}, Status::Refused, RefusedWords},
        {AccessDenied, u"locked"_s, Status::Locked, LockedWords},
        {AccessDenied, {}, Status::Refused, RefusedWords},
        {NoBackendAvailable, {}, Status::NoService, NoServiceWords},
        {NotImplemented, {}, Status::NoService, NoServiceWords},
        {OtherError, u"autolaunch D-Bus"_s, Status::NoService, NoSessionWords},
        {OtherError, u"Could not connect"_s, Status::NoService, NoSessionWords},
        {OtherError, u"was not provided by any"_s, Status::NoService, NoServiceWords},
        {OtherError, u"ServiceUnknown"_s, Status::NoService, NoServiceWords},
        {OtherError, u"Unknown error"_s, Status::NoService, NoLibraryWords},
        {OtherError, u"locked"_s, Status::Locked, LockedWords},
        {OtherError, u"Object does not exist at path"_s, Status::Locked, NoKeyringWords},
        {OtherError, u"dismissed"_s, Status::Refused, RefusedWords},
    };
    return table;
}

QString translated(const char *words)
{
    return QCoreApplication::translate("Credentials", words);
}

} // namespace

KeychainResult::KeychainResult(Status status, const QString &message, const QString &secret)
    : m_status(status)
    , m_message(message)
    , m_secret(secret)
{}

KeychainResult keychainFailure(QKeychain::Error error, const QString &errorText)
{
    for (const Row &row : rows()) {
        if (row.error == error && (row.text.isEmpty() || errorText.contains(row.text, Qt::CaseInsensitive)))
            return KeychainResult(row.status, translated(row.words));
    }
    const QString firstLine = errorText.section(u'\n', 0, 0).simplified().left(300);
    const QString shown = firstLine.isEmpty() ? u"error %1"_s.arg(int(error)) : firstLine;
    return KeychainResult(Status::Failed, translated(FailedWords).arg(shown));
}

KeychainResult keychainLocked()
{
    return KeychainResult(Status::Locked, translated(LockedWords));
}

KeychainResult keychainWithoutGlib()
{
    return KeychainResult(
        Status::Failed,
        translated(QT_TRANSLATE_NOOP("Credentials", "The keychain can't be used, because Qt runs without GLib's event "
                                                    "loop. Start the application without QT_NO_GLIB in its "
                                                    "environment.")));
}

KeychainResult keychainDidNotKeep()
{
    return KeychainResult(Status::Failed,
                          translated(QT_TRANSLATE_NOOP(
                              "Credentials", "The keychain said that it stored the secret, but does not have it. "
                                             "Check that it is unlocked and not read-only, and try again.")));
}

} // namespace Credentials
