#include "tools/files/folders/sharedfolder.h"

#include "tools/files/folders/foldernames.h"

#include "common/visible.h"

#include <QDir>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

ApiError refused(const QString &words)
{
    return ApiError(ApiError::Kind::BadRequest, words + u" Nothing was done."_s);
}

} // namespace

QStringList localSteps(const ToolCall &call)
{
    QString path = call.text(u"local_path"_s);
    while (path.endsWith(u'/') && path.size() > 1)
        path.chop(1);
    if (path.isEmpty() || path == "."_L1)
        return {};
    const QStringList steps = path.split(u'/');
    for (const QString &step : steps) {
        const QString hidden = keptBack(step);
        const QString why = step == ".."_L1 || hidden.isEmpty() ? unfit(step) : hidden;
        if (!why.isEmpty())
            throw refused(
                u"“%1” is no path within the shared folder (%2). Give one relative to it, such as reports/2026."_s.arg(
                    Text::line(path, 120), why));
    }
    return steps;
}

std::shared_ptr<LocalFolder> openBelow(std::shared_ptr<LocalFolder> folder, const QStringList &steps,
                                       LocalFolder::Missing missing)
{
    for (const QString &step : steps) {
        folder = folder->below(step, missing);
        if (!folder->problem().isEmpty())
            throw refused(u"The folder %1 cannot be used: %2."_s.arg(
                Text::visible(QDir::toNativeSeparators(folder->path())), folder->problem()));
    }
    return folder;
}

std::shared_ptr<LocalFolder> openShared(const ToolCall &call, const QStringList &steps, LocalFolder::Missing missing)
{
    const QString path = call.session().sharedFolder;
    if (path.isEmpty())
        throw refused(u"No folder of this computer is shared with models. Only the person can choose one, in "
                      "Bricktray's settings, under Tools: “Share with models”. Ask them to."_s);
    const auto root = std::make_shared<LocalFolder>(path, LocalFolder::Missing::Fails);
    if (!root->problem().isEmpty())
        throw refused(u"The folder that is shared with models, %1, cannot be used: %2. Only the person can choose "
                      "another one, in Bricktray's settings, under Tools."_s.arg(QDir::toNativeSeparators(path),
                                                                                 root->problem()));
    return openBelow(root, steps, missing);
}

} // namespace Tools
