#include "tools/files/folders/remotefolder.h"

#include "tools/files/volumepath.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

/// It is held in memory, and has to be sent within the time of one request.
constexpr qint64 VolumeFileBytes = 100'000'000;
constexpr qint64 PieceBytes = 4 * 1024 * 1024;

const auto Directories = u"/api/2.0/fs/directories"_s;
const auto Files = u"/api/2.0/fs/files"_s;

/// The workspace lists /Workspace/Shared as /Shared.
QString inTree(const QString &path)
{
    return path == "/Workspace"_L1 || path.startsWith("/Workspace/"_L1) ? path.mid(10) : path;
}

RemoteEntry volumeEntry(const QJsonObject &json)
{
    RemoteEntry entry;
    entry.name = json.value("name"_L1).toString();
    entry.isFolder = json.value("is_directory"_L1).toBool();
    entry.size = json.value("file_size"_L1).toInteger(-1);
    return entry;
}

RemoteEntry treeEntry(const QJsonObject &json, const RemoteFolder &folder)
{
    const QString path = json.value("path"_L1).toString();
    const QString parent = inTree(folder.path) + u'/';
    RemoteEntry entry;
    entry.type = json.value("object_type"_L1).toString();
    entry.isFolder = entry.type == "DIRECTORY"_L1 || entry.type == "REPO"_L1;
    entry.language = json.value("language"_L1).toString();
    entry.size = json.value("size"_L1).toInteger(-1);
    // What lies elsewhere keeps its slashes, and is not fetched.
    entry.name = inTree(path).startsWith(parent) ? inTree(path).mid(parent.size()) : path;
    return entry;
}

void write(QIODevice *sink, const QByteArray &bytes)
{
    if (sink->write(bytes) != bytes.size())
        throw ApiError(ApiError::Kind::BadAnswer, u"The file could not be written: %1."_s.arg(sink->errorString()));
}

QCoro::Task<qint64> readVolumeFile(ToolCall call, QString path, QIODevice *sink, std::function<void(qint64)> progress)
{
    const QString address = Files + volumeAddress(path);
    const QUrlQuery none;
    qint64 read = 0;
    qint64 total = -1;
    do {
        const Databricks::Content piece =
            co_await call.workspace().getBytes(address, none, read, read + PieceBytes - 1);
        if (total >= 0 && piece.total != total)
            throw ApiError(ApiError::Kind::BadAnswer, u"The file was changed while it was read."_s);
        total = piece.total;
        if (piece.bytes.isEmpty() && read < total)
            throw ApiError(ApiError::Kind::BadAnswer, u"The file was cut short."_s);
        if (read + piece.bytes.size() > MostBytes)
            throw ApiError(ApiError::Kind::BadAnswer, u"The file is larger than one call may read."_s);
        write(sink, piece.bytes);
        read += piece.bytes.size();
        progress(read);
        // Without a total a shorter piece than asked for is the last.
        if (total < 0 && piece.bytes.size() < PieceBytes)
            break;
    } while (total < 0 || read < total);
    co_return read;
}

} // namespace

qint64 RemoteFolder::mostFileBytes() const
{
    return isVolume ? VolumeFileBytes : ImportBytes;
}

RemoteFolder remoteFolder(const QString &path)
{
    if (path.startsWith("/Volumes/"_L1) || path.startsWith("dbfs:"_L1)) {
        volumeAddress(path);
        return {volumePath(path), true};
    }
    QString plain = path;
    while (plain.endsWith(u'/'))
        plain.chop(1);
    const QStringList steps = plain.split(u'/').mid(1);
    const bool leads = steps.contains(u""_s) || steps.contains(u"."_s) || steps.contains(u".."_s);
    if (!plain.startsWith(u'/') || leads)
        throw ApiError(ApiError::Kind::BadRequest,
                       u"“%1” is no path of a folder, such as /Workspace/Shared/etl or /Volumes/main/default/raw. "
                       "Nothing was done."_s.arg(Text::line(path, 120)));
    return {plain, false};
}

QCoro::Task<QList<RemoteEntry>> entriesOf(ToolCall call, RemoteFolder folder, qsizetype most)
{
    QList<RemoteEntry> entries;
    QUrlQuery query;
    if (folder.isVolume)
        query.addQueryItem(u"page_size"_s, u"1000"_s);
    else
        Databricks::addQueryItem(query, u"path"_s, folder.path);
    const QString address =
        folder.isVolume ? QString(Directories + volumeAddress(folder.path)) : u"/api/2.0/workspace/list"_s;
    const QString key = folder.isVolume ? u"contents"_s : u"objects"_s;
    const Databricks::Page page = co_await call.workspace().list(address, query, key, most);
    for (const QJsonValue item : page.items) {
        const QJsonObject json = item.toObject();
        if (!folder.isVolume && inTree(json.value("path"_L1).toString()) == inTree(folder.path))
            throw ApiError(ApiError::Kind::BadRequest,
                           u"%1 is no folder. Use export_workspace_object."_s.arg(Text::visible(folder.path)));
        entries.append(folder.isVolume ? volumeEntry(json) : treeEntry(json, folder));
    }
    co_return entries;
}

QCoro::Task<> makeRemoteFolder(ToolCall call, RemoteFolder folder)
{
    if (folder.isVolume) {
        const QUrlQuery none;
        const QString address = Directories + volumeAddress(folder.path);
        const QByteArray empty;
        co_await call.workspace().putBytes(address, none, empty);
        co_return;
    }
    const QJsonObject body{{"path"_L1, folder.path}};
    const QString address = u"/api/2.0/workspace/mkdirs"_s;
    co_await call.workspace().post(address, body);
}

QCoro::Task<> writeRemoteFile(ToolCall call, RemoteFolder folder, QString name, QByteArray bytes, bool overwrite)
{
    const QString path = folder.below(name).path;
    if (folder.isVolume) {
        const QUrlQuery query{{u"overwrite"_s, overwrite ? u"true"_s : u"false"_s}};
        const QString address = Files + volumeAddress(path);
        co_await call.workspace().putBytes(address, query, bytes);
        co_return;
    }
    const QJsonObject body{{"path"_L1, path},
                           {"format"_L1, u"AUTO"_s},
                           {"content"_L1, QString::fromLatin1(bytes.toBase64())},
                           {"overwrite"_L1, overwrite}};
    const QString address = u"/api/2.0/workspace/import"_s;
    co_await call.workspace().post(address, body);
}

QCoro::Task<qint64> readRemoteFile(ToolCall call, RemoteFolder folder, RemoteEntry entry, QIODevice *sink,
                                   std::function<void(qint64)> progress)
{
    const QString path = folder.below(entry.name).path;
    if (folder.isVolume) {
        const qint64 read = co_await readVolumeFile(call, path, sink, progress);
        co_return read;
    }
    const QString format = entry.type == "NOTEBOOK"_L1 ? u"SOURCE"_s : u"AUTO"_s;
    const QByteArray bytes = co_await exportedBytes(call, path, format);
    write(sink, bytes);
    progress(bytes.size());
    co_return bytes.size();
}

} // namespace Tools
