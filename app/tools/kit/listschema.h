#pragma once

#include "tools/kit/schema.h"

namespace Tools {

/// The schema with the arguments every list tool takes: limit and page_token.
Schema withPages(Schema schema);

/// What every list tool answers: rows under rowsKey, total, total_is_exact, next_page_token (see listAnswer()).
Schema listedSchema(const QString &rowsKey, const Schema &row);

/// The named texts of an object of the API, cleaned; those that are absent or empty are left out.
QJsonObject textsOf(const QJsonObject &object, const QStringList &keys);

/// Adds a text unless it is empty.
void addText(QJsonObject &object, const QString &key, const QString &text);

} // namespace Tools
