#pragma once

#include <QByteArray>
#include <QString>

namespace Databricks {

/// "bricktray/0.1.0 qt/6.4.2 os/linux auth/pat", after the official SDKs' convention; it shows in the workspace's query
/// history and audit tables. What is not allowed in a name or a version becomes "-".
QByteArray userAgent(const QString &version, const QString &authType = QStringLiteral("pat"));

} // namespace Databricks
