#include "sample/files/dbfs.h"

#include "sample/files/filetree.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonArray>

#include <limits>
#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 mostRead = 1'048'576;

const FileTree::Entry &existing(const FileTree &files, const QUrlQuery &query)
{
    const QString path = requiredText(query, u"path"_s);
    if (!path.startsWith(u'/'))
        throw ApiRefusal::invalidParameter(u"Path must be absolute: "_s + path);
    const FileTree::Entry *entry = files.find(path);
    if (!entry)
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"No file or directory exists on path %1."_s.arg(path));
    return *entry;
}

QJsonObject status(const FileTree::Entry &entry)
{
    return {{u"path"_s, entry.path},
            {u"is_dir"_s, entry.isDirectory},
            {u"file_size"_s, entry.bytes.size()},
            {u"modification_time"_s, entry.modified}};
}

Http::Reply list(const FileTree &files, const QUrlQuery &query)
{
    const FileTree::Entry &asked = existing(files, query);
    QJsonArray rows;
    if (!asked.isDirectory)
        rows.append(status(asked));
    for (const FileTree::Entry &entry : files.children(asked.path))
        rows.append(status(entry));
    return answer({{u"files"_s, rows}});
}

Http::Reply read(const FileTree &files, const QUrlQuery &query)
{
    const FileTree::Entry &file = existing(files, query);
    if (file.isDirectory)
        throw ApiRefusal::invalidParameter(u"Cannot read directory %1"_s.arg(file.path));
    constexpr qint64 any = std::numeric_limits<qint64>::max();
    const qint64 offset = number(query, u"offset"_s, 0, any, 0);
    const qint64 length = number(query, u"length"_s, 0, any, mostRead / 2);
    if (length > mostRead)
        throw ApiRefusal(400, u"MAX_READ_SIZE_EXCEEDED"_s, u"The length to read exceeds 1 MB."_s);
    const QByteArray bytes = file.bytes.mid(offset, length);
    return answer({{u"bytes_read"_s, bytes.size()}, {u"data"_s, QString::fromLatin1(bytes.toBase64())}});
}

} // namespace

QList<Route> dbfsRoutes()
{
    const auto files = std::make_shared<const FileTree>(sampleDbfsFiles());
    return {
        {"GET", u"/api/2.0/dbfs/list"_s, [files](const ApiRequest &ask) { return list(*files, ask.query); }},
        {"GET", u"/api/2.0/dbfs/get-status"_s,
         [files](const ApiRequest &ask) { return answer(status(existing(*files, ask.query))); }},
        {"GET", u"/api/2.0/dbfs/read"_s, [files](const ApiRequest &ask) { return read(*files, ask.query); }},
    };
}

} // namespace Sample
