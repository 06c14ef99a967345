#pragma once

#include <QHash>
#include <QString>

#include <optional>

namespace Sample {

/// A division by zero in an expression.
struct ZeroDivision
{};

/// The value of +, -, *, /, //, %, ** and parentheses over numbers and named numbers; nothing for any other text.
/// Throws ZeroDivision.
std::optional<double> arithmetic(const QString &text, const QHash<QString, double> &names);

} // namespace Sample
