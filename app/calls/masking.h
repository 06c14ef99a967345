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
/// Text::masked(), and the given values hidden as well.
QString maskedText(const QString &text, const QStringList &secrets = {});

/// The text as one masked line of at most limit characters, without control, bidi and invisible characters: for words
/// that a stranger chose and a person reads.
QString displayLine(const QString &text, int limit, const QStringList &secrets = {});

} // namespace Calls
