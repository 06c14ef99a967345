#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Sample {

/// A file of resources/sample, such as "notebooks/weekly.py". It is part of the program: a missing one ends it.
QByteArray builtIn(const QString &name);
bool hasBuiltIn(const QString &name);
QJsonObject builtInJson(const QString &name);

/// A number that is always the same for the same text, of 51 to 53 bits: as large an id as clients in
/// JavaScript can hold.
qint64 stableId(const QString &text);

/// The same as a UUID.
QString stableUuid(const QString &text);

} // namespace Sample
