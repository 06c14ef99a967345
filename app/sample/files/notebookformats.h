#pragma once

#include "sample/files/workspacetree.h"

namespace Sample {

/// What workspace/export gives of a node: its bytes and the ending of a file that would hold them. Throws ApiRefusal
/// for a format that the kind of node does not have.
struct Exported
{
    QByteArray bytes;
    QString fileType;
};
Exported exported(const WorkspaceNode &node, const QString &format);

/// The node that workspace/import makes of the bytes. name is the last part of the path and may lose its ending.
/// Throws ApiRefusal.
WorkspaceNode imported(const QByteArray &bytes, const QString &format, const QString &language, QString &name);

} // namespace Sample
