#include "tools/workspace/workspacelisting.h"

#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/identifiers.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr auto ListPath = "/api/2.0/workspace/list"_L1;
/// Each folder is a request, and a tree may have thousands: after this time the answer is what was found, and says what
/// was left out.
constexpr auto LongestWalk = 30s;
constexpr qsizetype NamedFolders = 20;

const Columns TreeColumns{{u"path"_s, u"path"_s},
                          {u"object_type"_s, u"type"_s},
                          {u"language"_s, u"language"_s},
                          {u"size"_s, u"size"_s},
                          {u"modified_at"_s, u"modified"_s}};

QUrlQuery pathQuery(const QString &path)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, path);
    return query;
}

bool isFolder(const QJsonObject &object)
{
    const QString type = object.value("object_type"_L1).toString();
    return type == "DIRECTORY"_L1 || type == "REPO"_L1;
}

Listing::Filter named(const QString &name)
{
    return [name](const QJsonObject &object) {
        return nameHolds(object.value("path"_L1).toString().section(u'/', -1), name);
    };
}

/// A folder that is being walked through: its objects, and how far it has come.
struct Folder
{
    QString path;
    QJsonArray objects;
    qsizetype next = 0;
};

/// What a walk through the tree has seen so far.
struct Walk
{
    QJsonArray rows;
    qsizetype bytes = 0;
    QStringList refused; ///< folders that the user may not look into
    bool cut = false;    ///< ended before everything was seen
};

QJsonArray byPath(const QJsonArray &objects)
{
    QList<QJsonObject> sorted;
    for (const QJsonValue object : objects)
        sorted.append(object.toObject());
    std::sort(sorted.begin(), sorted.end(), [](const QJsonObject &a, const QJsonObject &b) {
        return a.value("path"_L1).toString() < b.value("path"_L1).toString();
    });
    QJsonArray result;
    for (const QJsonObject &object : std::as_const(sorted))
        result.append(object);
    return result;
}

/// The paths of the folders that a walk which was cut has not looked into, or not to their end; innermost first.
QStringList unseen(const QList<Folder> &path)
{
    QStringList folders;
    for (auto folder = path.crbegin(); folder != path.crend(); ++folder) {
        if (folder->next < folder->objects.size())
            folders.append(Text::visible(folder->path));
        for (qsizetype i = folder->next; i < folder->objects.size(); ++i) {
            const QJsonObject object = folder->objects.at(i).toObject();
            if (isFolder(object))
                folders.append(Text::visible(object.value("path"_L1).toString()));
        }
    }
    return folders;
}

ToolResult walkAnswer(const QString &root, const Walk &walk, const QStringList &left)
{
    Answer answer(u"Found %1%2 objects below %3%4"_s.arg(walk.cut ? u"more than "_s : QString(),
                                                         QString::number(walk.rows.size()), Text::visible(root),
                                                         walk.rows.isEmpty() ? u"."_s : u":"_s));
    answer.stated(u"path"_s, Text::visible(root)).table(u"objects"_s, TreeColumns, walk.rows);
    if (!walk.cut)
        answer.stated(u"total"_s, walk.rows.size());
    if (walk.cut) {
        const QStringList named = left.mid(0, NamedFolders);
        answer.stated(u"folders_not_listed"_s, QJsonArray::fromStringList(named));
        answer.stated(u"folders_not_listed_count"_s, left.size());
        answer.note(u"The listing was cut here. %1 folders were not listed to their end%2: %3."_s.arg(left.size())
                        .arg(named.size() < left.size() ? u", the first of them"_s : QString(), named.join(", "_L1)));
        answer.next(u"List a folder by its own path, raise limit, or narrow with name_contains."_s);
    }
    if (!walk.refused.isEmpty()) {
        answer.stated(u"folders_refused"_s, QJsonArray::fromStringList(walk.refused));
        answer.note(u"The workspace refused to list: %1."_s.arg(walk.refused.join(", "_L1)));
    }
    return answer;
}

QCoro::Task<ToolResult> listTree(ToolCall call, QString root)
{
    const qint64 limit = call.number(u"limit"_s, PageSize().usual);
    const Listing::Filter wanted = named(call.text(u"name_contains"_s));
    QElapsedTimer walked;
    walked.start();
    Walk walk;
    const Databricks::Page top = co_await call.workspace().page(ListPath, pathQuery(root), u"objects"_s);
    QList<Folder> path{Folder{root, byPath(top.items)}};
    int requests = 1;
    while (!path.isEmpty()) {
        if (path.last().next >= path.last().objects.size()) {
            path.removeLast();
            continue;
        }
        const QJsonObject object = path.last().objects.at(path.last().next).toObject();
        if (wanted(object)) {
            const QJsonObject row = workspaceRow(object);
            const qsizetype bytes = jsonBytes(row);
            walk.cut = walk.rows.size() >= limit || (walk.bytes + bytes > RowBytes && !walk.rows.isEmpty());
            if (walk.cut)
                break;
            walk.bytes += bytes;
            walk.rows.append(row);
        }
        if (isFolder(object)) {
            walk.cut = std::chrono::milliseconds(walked.elapsed()) > LongestWalk;
            if (walk.cut)
                break;
            const QString folder = object.value("path"_L1).toString();
            call.progress(++requests, 0, u"%1: %2 objects so far"_s.arg(Text::visible(folder)).arg(walk.rows.size()));
            try {
                const Databricks::Page page = co_await call.workspace().page(ListPath, pathQuery(folder), u"objects"_s);
                ++path.last().next;
                path.append(Folder{folder, byPath(page.items)});
            } catch (const ApiError &error) {
                if (!isRefusal(error))
                    throw;
                walk.refused.append(Text::visible(folder));
                ++path.last().next;
            }
            continue;
        }
        ++path.last().next;
    }
    co_return walkAnswer(root, walk, unseen(path));
}

QCoro::Task<ToolResult> listFolder(ToolCall call, QString path)
{
    Listing listing(ListPath, pathQuery(path), u"objects"_s, &workspaceRow);
    listing.matching(named(call.text(u"name_contains"_s))).from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const QString headline = u"Found %1 objects in %2%3"_s.arg(listed.totalInWords(), Text::visible(path),
                                                               listed.rows.isEmpty() ? u"."_s : u":"_s);
    Answer answer = listAnswer(headline, TreeColumns, u"objects"_s, listed);
    answer.stated(u"path"_s, Text::visible(path));
    co_return answer;
}

QCoro::Task<ToolResult> listWorkspace(ToolCall call)
{
    QString path = call.text(u"path"_s);
    if (path.isEmpty()) {
        const QJsonObject me = co_await call.workspace().get(u"/api/2.0/preview/scim/v2/Me"_s);
        path = "/Users/"_L1 + me.value("userName"_L1).toString();
    }
    call.setTarget(Text::visible(path));
    if (!call.flag(u"recursive"_s)) {
        const ToolResult folder = co_await listFolder(call, path);
        co_return folder;
    }
    if (call.has(u"page_token"_s))
        co_return ToolResult::error(
            u"A recursive listing has no pages: leave out page_token, and list the folders that "
            "were left out by their own paths."_s);
    const ToolResult tree = co_await listTree(call, path);
    co_return tree;
}

} // namespace

Tool listWorkspaceTool()
{
    return {
        .name = u"list_workspace"_s,
        .title = u"List workspace folder"_s,
        .description = u"Lists notebooks, files and folders in a workspace folder."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = withPages(Schema()
                                     .text(u"path"_s, u"Such as /Shared; default: the user's home"_s)
                                     .flag(u"recursive"_s, u"Also all folders below"_s)
                                     .text(u"name_contains"_s, u"Part of the name, in any case"_s)),
        .outputSchema =
            listedSchema(u"objects"_s, workspaceRowSchema())
                .text(u"path"_s, u"The folder that was listed"_s)
                .texts(u"folders_not_listed"_s, u"Folders that a cut recursive listing did not list to their end"_s)
                .integer(u"folders_not_listed_count"_s, {})
                .texts(u"folders_refused"_s, u"Folders that the user may not list"_s),
        .run = &listWorkspace,
    };
}

} // namespace Tools
