#pragma once

#include "tools/kit/local/localfolder.h"
#include "tools/kit/toolcall.h"

#include <QStringList>

#include <memory>

namespace Tools {

/// What stays where it is, and why.
struct LeftOut
{
    QString path;
    QString why;
};

/// The argument local_path as steps within the shared folder; none for the folder itself. Throws ApiError for what
/// leads out of it or to what is kept back.
QStringList localSteps(const ToolCall &call);

/// The folder that the person shares with models, and from there through no link to the one that these steps lead to.
/// Throws ApiError where none was chosen, or it cannot be used.
std::shared_ptr<LocalFolder> openShared(const ToolCall &call, const QStringList &steps, LocalFolder::Missing missing);

/// The same from a folder on. Throws ApiError.
std::shared_ptr<LocalFolder> openBelow(std::shared_ptr<LocalFolder> folder, const QStringList &steps,
                                       LocalFolder::Missing missing);

} // namespace Tools
