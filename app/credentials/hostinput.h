#pragma once

#include <QString>
#include <QUrl>

namespace Credentials {

/// The host as a person types or pastes it: without a scheme, with a path ("…/?o=123"), upper case. An empty URL and
/// words for a person where it can't be a workspace or may not get a token (plain http to another machine).
QUrl hostFromInput(const QString &input, QString *problem);

} // namespace Credentials
