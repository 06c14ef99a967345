#pragma once

#include <QByteArray>

namespace Databricks {

/// JSON as Qt reads it without loss: integers that do not fit into 64 bits, and Python's NaN and Infinity, which are no
/// JSON at all, become texts. What is between quotes stays as it is.
QByteArray withExactNumbers(const QByteArray &json);

} // namespace Databricks
