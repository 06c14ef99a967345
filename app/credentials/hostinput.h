#pragma once

#include <QString>
#include <QUrl>

namespace Credentials {

/// The host as a person types or pastes it: without a scheme, with a path, upper case. Of a query the number of the
/// workspace stays ("https://host?o=123", see Databricks::workspaceIdOf()). An empty URL and
/// words for a person where it can't be a workspace or may not get a token (plain http to another machine).
QUrl hostFromInput(const QString &input, QString *problem);

} // namespace Credentials
