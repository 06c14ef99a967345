#include "sample/files/volumefiles.h"

#include "sample/catalog/catalogdata.h"
#include "sample/files/filetree.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString kindOf(bool isDirectory)
{
    return isDirectory ? u"directory"_s : u"file"_s;
}

/// The API answers 404 also where the other kind stands at the path; it is said what stands there.
ApiRefusal notFound(const FileTree::Entry *there, bool wantsDirectory)
{
    QString message = u"The %1 being accessed is not found."_s.arg(kindOf(wantsDirectory));
    if (there)
        message = message.chopped(1) + u": %1 is a %2."_s.arg(there->path, kindOf(there->isDirectory));
    return {404, u"NOT_FOUND"_s, message};
}

QString pathOf(const ApiRequest &ask)
{
    QString path = u"/Volumes/"_s + ask.captures.value(u"path"_s);
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

const FileTree::Entry &existing(const FileTree &files, const QString &path, bool directory)
{
    const FileTree::Entry *entry = files.find(path);
    if (!entry || entry->isDirectory != directory)
        throw notFound(entry, directory);
    return *entry;
}

Http::Reply listing(const FileTree &files, const ApiRequest &ask)
{
    const QString path = pathOf(ask);
    existing(files, path, true);
    QJsonArray contents;
    for (const FileTree::Entry &entry : files.children(path)) {
        QJsonObject row{{u"path"_s, entry.isDirectory ? QString(entry.path + u'/') : entry.path},
                        {u"name"_s, entry.path.section(u'/', -1)},
                        {u"is_directory"_s, entry.isDirectory},
                        {u"last_modified"_s, entry.modified}};
        if (!entry.isDirectory)
            row.insert(u"file_size"_s, entry.bytes.size());
        contents.append(row);
    }
    const PageWish wish{number(ask.query, u"page_size"_s, 1, 1000, 1000), queryText(ask.query, u"page_token"_s)};
    return answer(page(contents, u"contents"_s, wish, u"files"_s + path));
}

QByteArray httpDate(qint64 milliseconds)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(milliseconds).toUTC();
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

/// "bytes=first-last" of RFC 9110, section 14.1.2; the other forms of a range are ignored, as a server may.
Http::Reply part(const FileTree::Entry &file, const QByteArray &range)
{
    const QByteArray &bytes = file.bytes;
    Http::Reply reply;
    reply.contentType = "application/octet-stream";
    reply.body = bytes;
    reply.headers.emplaceBack("Last-Modified", httpDate(file.modified));
    bool isFirst = false;
    bool isLast = false;
    const QList<QByteArray> ends = range.mid(6).split('-');
    const qint64 first = ends.value(0).toLongLong(&isFirst);
    const qint64 last = ends.value(1).toLongLong(&isLast);
    if (!range.startsWith("bytes=") || !isFirst || !isLast)
        return reply;
    const QByteArray total = QByteArray::number(bytes.size());
    if (first >= bytes.size()) {
        reply.status = 416;
        reply.body.clear();
        reply.headers.emplaceBack("Content-Range", "bytes */" + total);
        return reply;
    }
    reply.status = 206;
    reply.body = bytes.mid(first, last - first + 1);
    reply.headers.emplaceBack("Content-Range", "bytes " + QByteArray::number(first) + '-' +
                                                   QByteArray::number(first + reply.body.size() - 1) + '/' + total);
    return reply;
}

Http::Reply noContent()
{
    Http::Reply reply;
    reply.status = 204;
    return reply;
}

/// Throws unless the path lies in a volume that there is. A volume without files is a directory, too.
void requireVolume(FileTree &files, const CatalogData &catalog, const ApiRequest &ask)
{
    QString path = pathOf(ask);
    const QString volume = path.section(u'/', 0, 4);
    if (catalog.volumes.contains(path.section(u'/', 2, 4).replace(u'/', u'.').toLower()))
        files.makeDirectory(volume, QDateTime::currentMSecsSinceEpoch());
    else
        throw ApiRefusal(404, u"NOT_FOUND"_s,
                         u"Volume '%1' does not exist."_s.arg(path.section(u'/', 2, 4).replace(u'/', u'.')));
}

Http::Reply makeDirectory(FileTree &files, const ApiRequest &ask)
{
    const QString path = pathOf(ask);
    const FileTree::Entry *there = files.find(path);
    if (there && !there->isDirectory)
        throw ApiRefusal(409, u"ALREADY_EXISTS"_s, u"A file of this name already exists."_s);
    files.makeDirectory(path, QDateTime::currentMSecsSinceEpoch());
    return noContent();
}

Http::Reply eraseDirectory(FileTree &files, const ApiRequest &ask)
{
    const QString path = existing(files, pathOf(ask), true).path;
    if (!files.children(path).isEmpty())
        throw ApiRefusal::invalidParameter(u"The directory being accessed is not empty."_s)
            .withReason(u"FILES_API_DIRECTORY_IS_NOT_EMPTY"_s);
    files.remove(path);
    return noContent();
}

Http::Reply write(FileTree &files, const ApiRequest &ask)
{
    const QString path = pathOf(ask);
    const FileTree::Entry *there = files.find(path);
    if (there && (there->isDirectory || truth(ask.query, u"overwrite"_s) == false))
        throw ApiRefusal(409, u"ALREADY_EXISTS"_s,
                         there->isDirectory ? u"The file cannot be created: %1 is a directory."_s.arg(path)
                                            : u"The file being created already exists."_s);
    files.put(path, ask.body, QDateTime::currentMSecsSinceEpoch());
    return noContent();
}

Http::Reply erase(FileTree &files, const ApiRequest &ask)
{
    const QString path = existing(files, pathOf(ask), false).path;
    files.remove(path);
    return noContent();
}

} // namespace

QList<Route> volumeFileRoutes(FileTree &files, const CatalogData &catalog)
{
    using Work = Http::Reply (*)(FileTree &, const ApiRequest &);
    const auto in = [&files, &catalog](Work work) {
        return [&files, &catalog, work](const ApiRequest &ask) {
            requireVolume(files, catalog, ask);
            return work(files, ask);
        };
    };
    const auto read =
        in([](FileTree &tree, const ApiRequest &ask) { return part(existing(tree, pathOf(ask), false), ask.range); });
    const auto list = in([](FileTree &tree, const ApiRequest &ask) { return listing(tree, ask); });
    const auto isDirectory = in([](FileTree &tree, const ApiRequest &ask) {
        existing(tree, pathOf(ask), true);
        return Http::Reply();
    });
    const QString directory = u"/api/2.0/fs/directories/Volumes/{path+}"_s;
    const QString file = u"/api/2.0/fs/files/Volumes/{path+}"_s;
    return {
        {"GET", directory, list},
        {"HEAD", directory, isDirectory},
        {"PUT", directory, in(&makeDirectory)},
        {"DELETE", directory, in(&eraseDirectory)},
        {"GET", file, read},
        {"HEAD", file, read},
        {"PUT", file, in(&write), BodyKind::Bytes},
        {"DELETE", file, in(&erase)},
    };
}

} // namespace Sample
