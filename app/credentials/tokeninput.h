#pragma once

#include <QString>

namespace Credentials {

/// A token as a person pastes it, without the white space around it. Empty and words for a person where it can't be
/// one: nothing, white space inside, or a character that has no place in a header. The words never hold the token.
QString tokenFromInput(const QString &input, QString *problem);

} // namespace Credentials
