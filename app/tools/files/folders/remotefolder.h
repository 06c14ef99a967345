#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QIODevice>
#include <QList>
#include <QString>

#include <functional>

namespace Tools {

/// How many files one call moves, and how many bytes.
inline constexpr qsizetype MostFiles = 1000;
inline constexpr qint64 MostBytes = 500'000'000;

/// A folder of the workspace: of its tree or of a volume.
struct RemoteFolder
{
    QString path; ///< without a slash at the end
    bool isVolume = false;

    RemoteFolder below(const QString &name) const { return {path + u'/' + name, isVolume}; }
    RemoteFolder below(const QStringList &steps) const { return {(QStringList{path} + steps).join(u'/'), isVolume}; }
    /// How large a file may be that is sent there at once.
    qint64 mostFileBytes() const;
};

/// Throws ApiError for what is no absolute path of either.
RemoteFolder remoteFolder(const QString &path);

/// What is in a folder.
struct RemoteEntry
{
    QString name; ///< as it stands there, whatever that is
    bool isFolder = false;
    QString type; ///< in the workspace's tree: "NOTEBOOK"
    QString language;
    qint64 size = -1; ///< -1: not known
};

/// At least so many of them, where there are so many. Throws ApiError.
QCoro::Task<QList<RemoteEntry>> entriesOf(ToolCall call, RemoteFolder folder, qsizetype most);

/// Makes a folder, and those above it. Throws ApiError.
QCoro::Task<> makeRemoteFolder(ToolCall call, RemoteFolder folder);

/// Sends a file. Throws ApiError.
QCoro::Task<> writeRemoteFile(ToolCall call, RemoteFolder folder, QString name, QByteArray bytes, bool overwrite);

/// Writes the content of a file or a notebook's source to the sink, piece by piece where it comes from a volume, and
/// returns how many bytes that were. progress is told the bytes so far. Throws ApiError.
QCoro::Task<qint64> readRemoteFile(ToolCall call, RemoteFolder folder, RemoteEntry entry, QIODevice *sink,
                                   std::function<void(qint64)> progress);

} // namespace Tools
