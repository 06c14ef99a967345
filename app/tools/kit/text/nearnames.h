#pragma once

#include <QString>
#include <QStringList>

namespace Tools {

/// Those of the names that somebody may have meant, the nearest first, at most so many: that differ by a letter or two,
/// in case, or hold the wanted name or are held by it.
QStringList nearNames(const QString &wanted, const QStringList &names, qsizetype most = 3);

/// " Did you mean a, b or c?" from nearNames(); empty where nothing is near.
QString didYouMean(const QString &wanted, const QStringList &names);

} // namespace Tools
