#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Calls {

/// The arguments with the values of the named keys, the known secrets, and all that looks like a credential, replaced
/// by "•••". Names are compared without regard to case and at every depth.
QJsonObject masked(const QJsonObject &arguments, const QStringList &secretArguments = {},
                   const QStringList &secrets = {});
/// The strings that masked() hides because of their key: an answer or an error may repeat them in free text.
/// Those shorter than 6 characters are left out, for they would tear holes into ordinary words.
QStringList secretValues(const QJsonObject &arguments, const QStringList &secretArguments = {});

} // namespace Calls
