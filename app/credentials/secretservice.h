#pragma once

#include <QCoroTask>
#include <QPointer>
#include <QString>

namespace Credentials {

/// Whether the Secret Service has this entry of QtKeychain's in a locked keyring. Without a display to show its prompt
/// on, libsecret reports such an entry as not found, and its removal as done. False where there is no Secret Service.
/// https://specifications.freedesktop.org/secret-service/latest/, SearchItems
QCoro::Task<bool> hasLockedEntry(QPointer<QObject> owner, QString service, QString key);

} // namespace Credentials
