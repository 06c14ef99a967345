#pragma once

#include <QString>

namespace Settings {

/// Makes the folder, readable by its owner only (0700). One that is there stays as it is: it may be the person's own.
bool makePrivateFolder(const QString &path);

/// Makes an empty file, or tightens the one that is there, so that its owner alone can read it (0600).
bool makePrivateFile(const QString &path);

} // namespace Settings
