#pragma once

#include <QString>
#include <QStringList>

namespace Sample {

/// What a Genie space is made of, as its serialized_space says it: tables, sample questions, instructions.
QString serializedSpace(const QString &table, const QStringList &questions);

} // namespace Sample
