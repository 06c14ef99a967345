#include "tools/files/fileconsequence.h"
#include "tools/files/filepart.h"
#include "tools/files/folders/foldertools.h"
#include "tools/files/volumepath.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/effects.h"
#include "tools/kit/listing.h"
#include "tools/kit/parts.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// Beyond every file in a volume (https://docs.databricks.com/api/workspace/files: 5 GiB an upload).
constexpr qint64 LargestOffset = 1LL << 50;

QJsonObject volumeFileRow(const QJsonObject &entry)
{
    QJsonObject row{{"name"_L1, Text::visible(entry.value("name"_L1).toString())},
                    {"path"_L1, Text::visible(entry.value("path"_L1).toString())},
                    {"is_directory"_L1, entry.value("is_directory"_L1).toBool()}};
    if (entry.contains("file_size"_L1))
        row.insert("file_size"_L1, entry.value("file_size"_L1));
    if (const QString time = timeText(entry.value("last_modified"_L1).toInteger()); !time.isEmpty())
        row.insert("last_modified"_L1, time);
    return row;
}

QJsonObject dbfsRow(const QJsonObject &entry)
{
    const QString path = Text::visible(entry.value("path"_L1).toString());
    const bool isDirectory = entry.value("is_dir"_L1).toBool();
    QJsonObject row{{"name"_L1, path.section(u'/', -1)}, {"path"_L1, path}, {"is_directory"_L1, isDirectory}};
    if (!isDirectory)
        row.insert("file_size"_L1, entry.value("file_size"_L1));
    if (const QString time = timeText(entry.value("modification_time"_L1).toInteger()); !time.isEmpty())
        row.insert("last_modified"_L1, time);
    return row;
}

QCoro::Task<ToolResult> listFiles(ToolCall call, Listing listing, QString path)
{
    listing
        .countedBy([](const QJsonObject &entry) {
            return entry.value("is_directory"_L1).toBool() || entry.value("is_dir"_L1).toBool() ? u"directory"_s
                                                                                                : u"file"_s;
        })
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    QString headline = u"%1 holds %2 entries"_s.arg(Text::visible(path), listed.totalInWords());
    if (listed.counts.contains(u"directory"_s))
        headline += u" (%1 of them directories)"_s.arg(listed.counts.value(u"directory"_s));
    const Columns columns{{u"name"_s, u"name"_s},
                          {u"is_directory"_s, u"directory"_s},
                          {u"file_size"_s, u"bytes"_s},
                          {u"last_modified"_s, u"modified"_s}};
    co_return listAnswer(headline + u':', columns, u"files"_s, listed);
}

QCoro::Task<ToolResult> listVolumeFiles(ToolCall call)
{
    const QString path = volumePath(call.text(u"path"_s));
    QUrlQuery query{{u"page_size"_s, u"1000"_s}};
    return listFiles(
        call, Listing(u"/api/2.0/fs/directories"_s + volumeAddress(path), query, u"contents"_s, &volumeFileRow), path);
}

QCoro::Task<ToolResult> readVolumeFile(ToolCall call)
{
    FilePart part;
    part.path = volumePath(call.text(u"path"_s));
    part.offset = call.number(u"offset"_s);
    const qint64 last = part.offset + call.number(u"length"_s, AnswerBytes) - 1;
    const QUrlQuery query;
    const Databricks::Content content =
        co_await call.workspace().getBytes(u"/api/2.0/fs/files"_s + volumeAddress(part.path), query, part.offset, last);
    part.bytes = content.bytes;
    part.total = content.total;
    co_return fileAnswer(part);
}

QCoro::Task<ToolResult> writeVolumeFile(ToolCall call)
{
    const QString path = volumePath(call.text(u"path"_s));
    const bool overwrite = call.flag(u"overwrite"_s);
    const std::optional<QByteArray> content = contentToWrite(call);
    if (!content)
        co_return ToolResult::error(
            u"The content is not base64. Send it as base64, or as text with encoding \"text\"."_s);
    const QByteArray bytes = *content;
    call.setTarget(Text::visible(path));
    const QUrlQuery query{{u"overwrite"_s, overwrite ? u"true"_s : u"false"_s}};
    const QString address = u"/api/2.0/fs/files"_s + volumeAddress(path);
    bool exists = false;
    try {
        co_await call.workspace().putBytes(address, query, bytes);
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::Conflict || overwrite)
            throw;
        exists = true;
    }
    if (exists)
        co_return ToolResult::error(
            u"%1 exists already and was left as it is. Choose another name, or set overwrite to replace it."_s.arg(
                Text::visible(path)));
    const QJsonObject facts{{"path"_L1, Text::visible(path)}, {"bytes"_L1, bytes.size()}};
    co_return factsAnswer(u"The file was written."_s, facts);
}

QCoro::Task<ToolResult> deleteVolumeFile(ToolCall call)
{
    const QString path = volumePath(call.text(u"path"_s));
    call.setTarget(Text::visible(path));
    co_await call.workspace().remove(u"/api/2.0/fs/files"_s + volumeAddress(path));
    const QJsonObject facts{{"path"_L1, Text::visible(path)}};
    co_return factsAnswer(u"The file was deleted."_s, facts);
}

/// "dbfs:/tmp/x" and "/dbfs/tmp/x" are ways to write /tmp/x.
QString dbfsPath(const ToolCall &call)
{
    QString path = call.text(u"path"_s);
    for (const auto prefix : {"dbfs:"_L1, "/dbfs/"_L1}) {
        if (path.startsWith(prefix))
            path.remove(0, prefix == "/dbfs/"_L1 ? 5 : prefix.size());
    }
    if (!path.startsWith(u'/'))
        throw ApiError(ApiError::Kind::BadRequest,
                       u"“%1” is not an absolute path in DBFS, such as /FileStore/tables."_s.arg(path));
    return path;
}

QCoro::Task<ToolResult> listDbfs(ToolCall call)
{
    const QString path = dbfsPath(call);
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, path);
    return listFiles(call, Listing(u"/api/2.0/dbfs/list"_s, query, u"files"_s, &dbfsRow), path);
}

QCoro::Task<ToolResult> readDbfsFile(ToolCall call)
{
    FilePart part;
    part.path = dbfsPath(call);
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, part.path);
    const QJsonObject status = co_await call.workspace().get(u"/api/2.0/dbfs/get-status"_s, query);
    if (status.value("is_dir"_L1).toBool())
        co_return ToolResult::error(u"%1 is a directory. Use list_dbfs."_s.arg(Text::visible(part.path)));
    part.total = status.value("file_size"_L1).toInteger();
    part.offset = call.number(u"offset"_s);
    // The API answers with at most 1 MB, which is far more than an answer may carry.
    const qint64 length = qMin(call.number(u"length"_s, AnswerBytes), part.total - part.offset);
    if (length > 0) {
        query.addQueryItem(u"offset"_s, QString::number(part.offset));
        query.addQueryItem(u"length"_s, QString::number(length));
        const QJsonObject read = co_await call.workspace().get(u"/api/2.0/dbfs/read"_s, query);
        part.bytes = QByteArray::fromBase64(read.value("data"_L1).toString().toLatin1());
    }
    co_return fileAnswer(part);
}

Schema listSchema()
{
    return listedSchema(u"files"_s, Schema()
                                        .text(u"name"_s, {})
                                        .text(u"path"_s, {})
                                        .flag(u"is_directory"_s, {})
                                        .integer(u"file_size"_s, u"In bytes"_s)
                                        .text(u"last_modified"_s, {}));
}

Schema pathSchema(const QString &description)
{
    return Schema().text(u"path"_s, description).require({u"path"_s});
}

Schema &addRange(Schema &schema)
{
    return schema.integer(u"offset"_s, u"From which byte on; default 0"_s, 0, LargestOffset)
        .integer(u"length"_s, u"At most so many bytes; default and most 49152"_s, 1, AnswerBytes);
}

} // namespace

QList<Tool> fileTools()
{
    const QString volumeFile = u"Such as /Volumes/main/default/raw/orders.csv"_s;
    Schema listVolume = pathSchema(u"A directory in a volume, such as /Volumes/main/default/raw"_s);
    Schema readVolume = pathSchema(volumeFile);
    Schema list = pathSchema(u"A directory, such as /FileStore/tables"_s);
    Schema read = pathSchema(u"Such as /FileStore/tables/orders.csv"_s);
    return {
        {
            .name = u"list_volume_files"_s,
            .title = u"List volume files"_s,
            .description = u"Lists the files and directories of a directory in a Unity Catalog volume."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(listVolume),
            .outputSchema = listSchema(),
            .run = &listVolumeFiles,
        },
        {
            .name = u"read_volume_file"_s,
            .title = u"Read volume file"_s,
            .description =
                u"Reads a file in a volume, or a range of its bytes: text as text, anything else as base64."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = addRange(readVolume),
            .outputSchema = filePartSchema(),
            .run = &readVolumeFile,
        },
        {
            .name = u"write_volume_file"_s,
            .title = u"Write volume file"_s,
            .description = u"Writes a file into a volume. One that exists is left alone unless overwrite is set."_s,
            .effects = Calls::Effect::Adds | Calls::Effect::Replaces,
            .inputSchema = pathSchema(volumeFile)
                               .text(u"content"_s, u"The whole file"_s)
                               .choice(u"encoding"_s, u"How content is given; default text"_s, {u"text"_s, u"base64"_s})
                               .flag(u"overwrite"_s, u"Replace the file if it exists; default false"_s)
                               .require({u"content"_s}),
            .outputSchema = Schema().text(u"path"_s, {}).integer(u"bytes"_s, {}).require({u"path"_s, u"bytes"_s}),
            .run = &writeVolumeFile,
            .effectsOf = &overwriting,
            .leastEffects = Calls::Effect::Adds,
            .effectRange = u"adds; replaces with overwrite"_s,
            .targetOf = &pathOf,
            .consequence = &writingOfVolumeFile,
        },
        {
            .name = u"delete_volume_file"_s,
            .title = u"Delete volume file"_s,
            .description = u"Deletes a file in a volume for good."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = pathSchema(volumeFile),
            .outputSchema = Schema().text(u"path"_s, {}).require({u"path"_s}),
            .run = &deleteVolumeFile,
            .consequence = &deletionOfVolumeFile,
        },
        {
            .name = u"list_dbfs"_s,
            .title = u"List DBFS"_s,
            .description =
                u"Lists a directory of the Databricks file system, where older workspaces keep files. For files "
                "in Unity Catalog use list_volume_files."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(list),
            .outputSchema = listSchema(),
            .run = &listDbfs,
        },
        {
            .name = u"read_dbfs_file"_s,
            .title = u"Read DBFS file"_s,
            .description =
                u"Reads a file of the Databricks file system, or a range of its bytes: text as text, anything "
                "else as base64."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = addRange(read),
            .outputSchema = filePartSchema(),
            .run = &readDbfsFile,
        },
        uploadFolderTool(),
        downloadFolderTool(),
    };
}

} // namespace Tools
