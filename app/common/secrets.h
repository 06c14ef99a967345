#pragma once

#include <QString>

namespace Text {

/// The text with all that looks like a credential replaced by "•••": Databricks tokens, our own access keys, JSON web
/// tokens, Authorization headers, signed addresses, passwords in addresses. In linear time, whatever the text.
QString masked(const QString &text);

} // namespace Text
