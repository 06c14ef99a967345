#include "tools/files/folders/foldernames.h"
#include "tools/files/folders/foldertools.h"
#include "tools/files/folders/remotefolder.h"
#include "tools/files/folders/transfer.h"
#include "tools/kit/answer.h"
#include "tools/kit/effects.h"
#include "tools/kit/local/newfile.h"
#include "tools/kit/required.h"

#include "common/visible.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype MostEntries = 10'000;
constexpr int MostFolders = 200;
/// What is left is for the files.
constexpr auto TimeToMove = 25s;

const QStringList Exported{u"NOTEBOOK"_s, u"FILE"_s, u"DASHBOARD"_s};

/// A file of the workspace, from the folder on that was asked for.
struct RemoteFile
{
    QStringList folders;
    RemoteEntry entry;

    /// What it is called here.
    QString name() const
    {
        return entry.type == "NOTEBOOK"_L1 ? QString(entry.name + sourceEnding(entry.language)) : entry.name;
    }
    QString path() const { return (folders + QStringList{name()}).join(u'/'); }
};

/// A download under way.
struct Download
{
    RemoteFolder source;
    std::shared_ptr<LocalFolder> root;
    QList<RemoteFile> files;
    Transfer done;
    QList<QStringList> unseen; ///< folders that are still to be looked into
    qsizetype seen = 0;
};

/// What one entry of a folder is: another folder, a file to fetch, or nothing for here.
void sort(Download &download, const QStringList &folders, const RemoteEntry &entry)
{
    const RemoteFile file{folders, entry};
    const QString bad = unfit(file.name());
    const QString why = bad.isEmpty() ? keptBack(file.name()) : bad;
    const bool isExported = download.source.isVolume || Exported.contains(entry.type);
    if (!why.isEmpty())
        download.done.left.append({file.path(), why});
    else if (entry.isFolder)
        download.unseen.append(folders + QStringList{entry.name});
    else if (!isExported)
        download.done.left.append({file.path(), u"a %1 is not downloaded"_s.arg(Text::line(entry.type, 40))});
    else
        download.files.append(file);
}

QCoro::Task<> lookInto(ToolCall call, std::shared_ptr<Download> download, QStringList folders)
{
    const RemoteFolder place = download->source.below(folders);
    try {
        const QList<RemoteEntry> entries = co_await entriesOf(call, place, MostEntries - download->seen);
        download->seen += entries.size();
        for (const RemoteEntry &entry : entries)
            sort(*download, folders, entry);
    } catch (const ApiError &error) {
        if (folders.isEmpty() || isEndOfAll(error))
            throw;
        download->done.failed.append({folders.join(u'/') + u'/', error.text()});
    }
}

QCoro::Task<> findFiles(ToolCall call, std::shared_ptr<Download> download)
{
    download->unseen.append(QStringList());
    for (int looked = 0; !download->unseen.isEmpty() && looked < MostFolders; ++looked) {
        if (download->seen >= MostEntries || (looked > 0 && call.timeLeft() < TimeToMove))
            break;
        call.progress(looked, 0, u"%1 files found"_s.arg(download->files.size()));
        const QStringList folders = download->unseen.takeFirst();
        co_await lookInto(call, download, folders);
    }
}

/// Fetches one file, or says why not.
QCoro::Task<> fetch(ToolCall call, std::shared_ptr<Download> download, RemoteFile file, double share)
{
    Transfer &done = download->done;
    QString problem;
    try {
        const auto folder = openBelow(download->root, file.folders, LocalFolder::Missing::IsMade);
        const RemoteFolder place = download->source.below(file.folders);
        NewFile fresh(folder, file.name(), NewFile::WhenTaken::GivenUp);
        if (!fresh.isOpen())
            throw ApiError(ApiError::Kind::BadAnswer, fresh.problem());
        const std::function<void(qint64)> progress = [call, share, path = file.path()](qint64 bytes) {
            call.progress(share, 1, u"%1: %2 bytes"_s.arg(Text::line(path, 80)).arg(bytes));
        };
        const qint64 bytes = co_await readRemoteFile(call, place, file.entry, &fresh.part(), progress);
        if (download->source.isVolume && file.entry.size >= 0 && bytes != file.entry.size)
            throw ApiError(ApiError::Kind::BadAnswer, u"It was changed while it was read."_s);
        if (fresh.finish().isEmpty())
            throw ApiError(ApiError::Kind::BadAnswer, fresh.problem());
        done.names.append(file.path());
        done.bytes += bytes;
    } catch (const ApiError &error) {
        if (isEndOfAll(error))
            throw;
        problem = error.text();
    }
    if (!problem.isEmpty())
        done.failed.append({file.path(), problem});
}

/// Whether something of this name is here already, a link that leads nowhere included.
bool isHere(const Download &download, const RemoteFile &file)
{
    std::shared_ptr<LocalFolder> folder = download.root;
    for (const QString &step : file.folders) {
        if (folder->kindOf(step) != LocalFolder::Kind::Folder)
            return false;
        folder = folder->below(step, LocalFolder::Missing::Fails);
    }
    return folder->problem().isEmpty() && folder->kindOf(file.name()) != LocalFolder::Kind::Nothing;
}

/// Fetches file after file until they are through, or the time is.
QCoro::Task<> fetchAll(ToolCall call, std::shared_ptr<Download> download)
{
    const QList<RemoteFile> files = download->files;
    Transfer &done = download->done;
    qsizetype next = 0;
    qsizetype begun = 0;
    try {
        for (; next < files.size(); ++next) {
            const RemoteFile file = files.at(next);
            if (isHere(*download, file)) {
                done.left.append({file.path(), u"there is one here already"_s});
                continue;
            }
            const qint64 size = std::max<qint64>(file.entry.size, 0);
            if (size > MostBytes) {
                done.left.append({file.path(), u"it is larger than the 500 MB of one call"_s});
                continue;
            }
            if (begun == MostFiles || done.bytes + size > MostBytes || !hasTime(call, begun, size))
                break;
            ++begun;
            const double share = double(next) / double(files.size());
            call.progress(share, 1,
                          u"%1 of %2 files, now %3"_s.arg(next).arg(files.size()).arg(Text::line(file.path(), 80)));
            co_await fetch(call, download, file, share);
        }
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled || done.names.isEmpty())
            throw;
        done.problem = error.text();
    }
    done.remaining = files.size() - next;
}

QCoro::Task<ToolResult> downloadFolder(ToolCall call)
{
    const auto download = std::make_shared<Download>();
    const QStringList steps = localSteps(call);
    download->source = remoteFolder(call.text(u"path"_s));
    // Nothing is made before the workspace has shown that there is something.
    openShared(call, {}, LocalFolder::Missing::Fails);
    co_await findFiles(call, download);
    download->root = openShared(call, steps, LocalFolder::Missing::IsMade);
    Transfer &done = download->done;
    done.remote = Text::visible(download->source.path);
    done.local = Text::visible(QDir::toNativeSeparators(download->root->path()));
    co_await fetchAll(call, download);
    if (!download->unseen.isEmpty())
        done.problem += u" The listing was cut: %1 folders were not looked into."_s.arg(download->unseen.size());
    if (done.remaining > 0)
        done.goOn = u"For what remains call again with the same arguments: what is here is left alone."_s;
    else if (!download->unseen.isEmpty())
        done.goOn = u"Download the folders in it one by one."_s;
    done.problem = done.problem.trimmed();
    co_return transferAnswer(done, u"Downloaded"_s);
}

} // namespace

Tool downloadFolderTool()
{
    return {
        .name = u"download_folder"_s,
        .title = u"Download folder"_s,
        .description = u"Downloads a folder of the workspace or a volume to this computer, within the folder that the "
                       "person shares: notebooks as source, at most 1,000 files and 500 MB a call. Never overwrites."_s,
        .effects = Calls::Effect::Adds,
        .inputSchema = Schema()
                           .text(u"path"_s, u"Such as /Workspace/Shared/etl or /Volumes/main/default/raw"_s)
                           .text(u"local_path"_s, u"Relative to the shared folder; . for itself"_s)
                           .require({u"path"_s, u"local_path"_s}),
        .outputSchema = transferSchema(),
        .run = &downloadFolder,
    };
}

} // namespace Tools
