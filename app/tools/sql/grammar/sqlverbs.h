#pragma once

#include "calls/effect.h"

#include <QHash>
#include <QSet>
#include <QString>

namespace Tools {

// The vocabulary of statements, in upper case. Grammar: Apache Spark's SqlBaseParser, which Databricks SQL extends.

/// The words with which statements begin that change something, wherever in a text they stand, and what they do. Some
/// are looked at more closely.
const QHash<QString, Calls::Effects> &verbs();
const QSet<QString> &queries();
/// Statements that only look.
const QSet<QString> &inspections();
/// Parts of a script; any statement may follow them without a semicolon.
const QSet<QString> &controls();
/// Behind these words of a script another statement begins.
const QSet<QString> &openings();
/// Verbs that no query has but as the name of a column; with these it is no query.
const QSet<QString> &turningVerbs();
/// Words between a verb and what it works on.
const QSet<QString> &fillers();
/// What may stand behind the name of what a verb works on: before anything else it was no name, or a name with an
/// alias.
const QSet<QString> &behindNames();
/// What a statement can make, change and remove.
const QSet<QString> &objects();
/// Those of them that decide who may do what, and what is reached from the workspace.
const QSet<QString> &accessObjects();

} // namespace Tools
