#pragma once

#include <QByteArray>
#include <QString>

namespace Tools {

/// Why a file or folder of this name is neither sent nor written: it is hidden, or looks like a key. Empty where
/// nothing is against it.
QString keptBack(const QString &name);

/// Why no file of this name is made here: it leads elsewhere, deceives the eye, or not every computer takes it. Empty
/// where nothing is against it.
QString unfit(const QString &name);

/// Whether it is a private key, whatever its file is called.
bool holdsPrivateKey(const QByteArray &bytes);

/// The name that the workspace gives a file that it imports: without its ending where it makes a notebook of it.
QString importedName(const QString &name, const QByteArray &beginning);

/// The ending of a notebook's source: ".py" of "PYTHON".
QString sourceEnding(const QString &language);

} // namespace Tools
