#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace Sample {

/// A file of resources/sample, such as "notebooks/weekly.py". It is part of the program: a missing one ends it.
QByteArray builtIn(const QString &name);
QJsonObject builtInJson(const QString &name);

} // namespace Sample
