#include "tools/files/folders/foldernames.h"
#include "tools/files/folders/foldertools.h"
#include "tools/files/folders/transfer.h"
#include "tools/files/folders/uploadconsequence.h"
#include "tools/files/folders/uploadplan.h"
#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"
#include "tools/kit/effects.h"
#include "tools/kit/required.h"

#include "common/visible.h"

#include <QDir>
#include <QSet>

#include <variant>

using namespace Qt::StringLiterals;
using Calls::Effect;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// So many entries of a folder there are looked through for what exists; the workspace itself refuses the rest.
constexpr qsizetype MostEntries = 10'000;

/// An upload under way.
struct Upload
{
    UploadPlan plan;
    Transfer done;
    bool overwrite = false;
    QStringList folders;  ///< the one that was prepared last
    bool isReady = false; ///< and whether there is one
    QString refusal;      ///< why nothing can be put there
    QSet<QString> taken;  ///< names in it
};

QString existsAlready()
{
    return u"it is there already"_s;
}

/// Looks at what is in the folder of the files that follow, and makes it where there is none.
QCoro::Task<> prepare(ToolCall call, std::shared_ptr<Upload> upload, QStringList folders)
{
    if (upload->isReady && upload->folders == folders)
        co_return;
    upload->isReady = true;
    upload->folders = folders;
    upload->refusal.clear();
    upload->taken.clear();
    const RemoteFolder place = upload->plan.target.below(folders);
    bool isMissing = false;
    try {
        const QList<RemoteEntry> entries = co_await entriesOf(call, place, MostEntries);
        for (const RemoteEntry &entry : entries)
            upload->taken.insert(entry.name);
    } catch (const ApiError &error) {
        if (isEndOfAll(error))
            throw;
        isMissing = error.kind() == ApiError::Kind::NotFound;
        if (!isMissing)
            upload->refusal = error.text();
    }
    if (!isMissing)
        co_return;
    try {
        co_await makeRemoteFolder(call, place);
    } catch (const ApiError &error) {
        if (isEndOfAll(error))
            throw;
        upload->refusal = error.text();
    }
}

/// The bytes of a file that is still an ordinary one and no larger than it was; else why not.
std::variant<QByteArray, QString> contentOf(const UploadPlan &plan, const LocalFile &file)
{
    try {
        const auto folder = openBelow(plan.root, file.folders, LocalFolder::Missing::Fails);
        QFile open;
        if (!folder->open(file.name, &open))
            return folder->problem();
        const QByteArray bytes = open.read(file.size + 1);
        if (bytes.size() != file.size || open.error() != QFileDevice::NoError)
            return u"it was changed while it was read"_s;
        return holdsPrivateKey(bytes) ? std::variant<QByteArray, QString>(u"it holds a private key"_s) : bytes;
    } catch (const ApiError &error) {
        return error.message();
    }
}

/// Sends one file, or says why not.
QCoro::Task<> send(ToolCall call, std::shared_ptr<Upload> upload, LocalFile file)
{
    co_await prepare(call, upload, file.folders);
    Transfer &done = upload->done;
    const bool isThere = upload->taken.contains(file.remoteName);
    if (!upload->refusal.isEmpty()) {
        done.failed.append({file.path(), upload->refusal});
        co_return;
    }
    if (isThere && !upload->overwrite) {
        done.left.append({file.path(), existsAlready()});
        co_return;
    }
    const std::variant<QByteArray, QString> content = contentOf(upload->plan, file);
    if (const QString *why = std::get_if<QString>(&content)) {
        done.left.append({file.path(), *why});
        co_return;
    }
    const QByteArray bytes = std::get<QByteArray>(content);
    const RemoteFolder place = upload->plan.target.below(file.folders);
    try {
        co_await writeRemoteFile(call, place, file.name, bytes, upload->overwrite);
    } catch (const ApiError &error) {
        const bool exists =
            error.kind() == ApiError::Kind::Conflict || error.errorCode() == "RESOURCE_ALREADY_EXISTS"_L1;
        if (exists && !upload->overwrite)
            done.left.append({file.path(), existsAlready()});
        else
            done.failed.append({file.path(), error.text()});
        if (isEndOfAll(error))
            throw;
        co_return;
    }
    done.names.append(file.path());
    done.bytes += bytes.size();
    done.replaced += isThere ? 1 : 0;
    upload->taken.insert(file.remoteName);
}

QString goOnWords(const UploadPlan &plan, qsizetype next, bool overwrite)
{
    if (!overwrite)
        return u"For what remains call again with the same arguments: what is there is left alone."_s;
    const QString after = next > 0 ? plan.files.at(next - 1).path() : QString();
    return after.isEmpty() ? u"For what remains call again with the same arguments."_s
                           : u"For what remains call again with the same arguments and after \"%1\"."_s.arg(after);
}

/// Sends file after file until they are through or the time is; how far it came.
QCoro::Task<qsizetype> sendAll(ToolCall call, std::shared_ptr<Upload> upload)
{
    const QList<LocalFile> files = upload->plan.files;
    qsizetype next = 0;
    try {
        for (; next < files.size() && hasTime(call, next, files.at(next).size); ++next) {
            const LocalFile file = files.at(next);
            call.progress(double(next), double(files.size()),
                          u"%1 of %2 files, now %3"_s.arg(next).arg(files.size()).arg(Text::line(file.path(), 80)));
            co_await send(call, upload, file);
        }
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled || upload->done.names.isEmpty())
            throw;
        upload->done.problem = error.text();
    }
    co_return next;
}

QCoro::Task<ToolResult> uploadFolder(ToolCall call)
{
    const auto upload = std::make_shared<Upload>();
    upload->plan = planUpload(call);
    upload->overwrite = call.flag(u"overwrite"_s);
    upload->done.left = upload->plan.left;
    upload->done.remote = Text::visible(upload->plan.target.path);
    upload->done.local = Text::visible(QDir::toNativeSeparators(upload->plan.root->path()));
    const qsizetype next = co_await sendAll(call, upload);
    Transfer &done = upload->done;
    done.remaining = upload->plan.files.size() - next + upload->plan.behind;
    if (done.remaining > 0)
        done.goOn = goOnWords(upload->plan, next, upload->overwrite);
    if (!upload->plan.isWhole)
        done.problem += u" The folder holds more than is looked at: upload its folders one by one."_s;
    done.problem = done.problem.trimmed();
    co_return transferAnswer(done, u"Uploaded"_s);
}

Calls::Effects effectsOfUpload(const ToolCall &call)
{
    return overwriting(call) | Effect::ReachesOut;
}

QString targetOfUpload(const ToolCall &call)
{
    return u"%1 from %2"_s.arg(call.text(u"path"_s), call.text(u"local_path"_s));
}

} // namespace

Tool uploadFolderTool()
{
    return {
        .name = u"upload_folder"_s,
        .title = u"Upload folder"_s,
        .description = u"Uploads a folder of this computer, within the one that the person shares, to the workspace or "
                       "a volume: at most 1,000 files and 500 MB a call. Never hidden files, keys or links."_s,
        .effects = Effect::Adds | Effect::Replaces | Effect::ReachesOut,
        .inputSchema = Schema()
                           .text(u"local_path"_s, u"Relative to the shared folder; . for all of it"_s)
                           .text(u"path"_s, u"Such as /Workspace/Shared/etl or /Volumes/main/default/raw"_s)
                           .flag(u"overwrite"_s, u"Replace files that exist; default false"_s)
                           .text(u"after"_s, u"Go on after this file"_s)
                           .require({u"local_path"_s, u"path"_s}),
        .outputSchema = transferSchema(),
        .run = &uploadFolder,
        .effectsOf = &effectsOfUpload,
        .leastEffects = Effect::Adds | Effect::ReachesOut,
        .effectRange = u"reaches out, adds; replaces with overwrite"_s,
        .targetOf = &targetOfUpload,
        .consequence = &uploadOfFolder,
    };
}

} // namespace Tools
