#pragma once

#include "credentials/keychain.h"

#include <qt6keychain/keychain.h>

namespace Credentials {

/// What an error of QtKeychain means, and what the person can do. errorText is the backend's own, and only the first
/// line of it is ever shown. Never called with NoError.
KeychainResult keychainFailure(QKeychain::Error error, const QString &errorText);

/// The keyring has the entry (or had it and a removal could not reach it) and is locked.
KeychainResult keychainLocked();

/// Qt runs without GLib's event loop, in which libsecret's answers would never arrive.
KeychainResult keychainWithoutGlib();

/// The backend reported success, and reading back gave something else.
KeychainResult keychainDidNotKeep();

} // namespace Credentials
