#pragma once

#include <QByteArray>
#include <QRegularExpression>
#include <QString>

namespace Text {

/// Whether a member, a parameter or a setting of this name holds a credential: "apiKey", "api-key" and
/// "AWS_SECRET_ACCESS_KEY" do, "next_page_token" and "secret_scope" do not.
bool isCredentialName(const QString &name);

/// The same of a name that stands in a text without quotes, where more words are ordinary ones.
bool isCredentialNameInText(const QString &name);

/// A name as isCredentialName() compares it: its letters and digits in one case.
QString foldedName(const QString &name);

/// Words of which one stands wherever credentialWord() finds something (see Signs).
QByteArray credentialSigns();

/// Finds the words that the names of credentials are made of.
const QRegularExpression &credentialWord();

} // namespace Text
