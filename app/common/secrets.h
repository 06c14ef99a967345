#pragma once

#include <QString>
#include <QStringList>

namespace Text {

/// What stands in a credential's place.
QString mask();

/// The text with all that looks like a credential masked, and the given values as well: tokens of Databricks and others
/// by their prefixes, our own access keys, JSON web tokens, private keys, Authorization headers, signed addresses,
/// passwords in addresses, and what stands behind a credential's name in SQL, Python and JSON. In linear time, whatever
/// the text; with more than 256 values nothing of it stays.
QString masked(const QString &text, const QStringList &values = {});

/// Text that came from outside, fit for a person, a log and a model: without hidden characters, masked, at most
/// maxBytes of UTF-8.
QString shown(const QString &text, qsizetype maxBytes = 4096);

/// The same as one line of at most longest characters.
QString shownLine(const QString &text, qsizetype longest, const QStringList &values = {});

} // namespace Text
