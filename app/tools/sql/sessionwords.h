#pragma once

#include <QString>

namespace Tools {

/// What is to be known of a statement that changes its session and nothing else: the session ends with it. Empty for
/// all others.
QString sessionNote(const QString &statement);

} // namespace Tools
