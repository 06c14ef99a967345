#pragma once

#include "tools/files/folders/remotefolder.h"
#include "tools/files/folders/sharedfolder.h"

#include <QList>

namespace Tools {

/// A file of this computer, from the folder on that was asked for.
struct LocalFile
{
    QStringList folders;
    QString name;
    QString remoteName; ///< what it is called there
    qint64 size = 0;

    QString path() const { return (folders + QStringList{name}).join(u'/'); }
};

/// What an upload will send, in this order.
struct UploadPlan
{
    std::shared_ptr<LocalFolder> root;
    RemoteFolder target;
    QList<LocalFile> files;
    qint64 bytes = 0;
    QList<LeftOut> left;
    qsizetype behind = 0; ///< files that one call does not take
    bool isWhole = true;  ///< false: the folder holds more than is looked at
};

/// From the call's arguments. Sends nothing. Throws ApiError.
UploadPlan planUpload(const ToolCall &call);

} // namespace Tools
