#pragma once

#include <QString>
#include <QStringList>

namespace Text {

/// What stands in a credential's place.
QString mask();

/// The text with all that looks like a credential masked, and the given values as well: Databricks tokens, our own
/// access keys, JSON web tokens, Authorization headers, signed addresses, passwords in addresses. In linear time,
/// whatever the text.
QString masked(const QString &text, const QStringList &values = {});

/// Text that came from outside, fit for a person, a log and a model: without hidden characters, masked, at most
/// maxBytes of UTF-8.
QString shown(const QString &text, qsizetype maxBytes = 4096);

/// The same as one line of at most longest characters.
QString shownLine(const QString &text, qsizetype longest, const QStringList &values = {});

/// Whether a member, a parameter or a setting of this name holds a credential: "apiKey", "api-key" and
/// "AWS_SECRET_ACCESS_KEY" do, "next_page_token" and "secret_scope" do not.
bool isCredentialName(const QString &name);

/// A name as isCredentialName() compares it: its letters and digits in one case.
QString foldedName(const QString &name);

} // namespace Text
