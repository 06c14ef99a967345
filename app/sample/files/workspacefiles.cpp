#include "sample/files/workspacefiles.h"

#include "sample/files/notebookformats.h"
#include "sample/files/workspacetree.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qsizetype MostBytes = 10 * 1024 * 1024;
const QStringList exportFormats{u"SOURCE"_s, u"HTML"_s, u"JUPYTER"_s, u"DBC"_s, u"AUTO"_s, u"R_MARKDOWN"_s, u"RAW"_s};
const QStringList rootFolders{u"/"_s, u"/Users"_s, u"/Shared"_s, u"/Repos"_s};

QString checkedPath(const QString &path)
{
    if (!path.startsWith(u'/'))
        throw ApiRefusal::invalidParameter(u"Path (%1) doesn't start with '/'"_s.arg(path));
    return WorkspaceTree::plain(path);
}

ApiRefusal alreadyExists(const QString &message)
{
    return {400, u"RESOURCE_ALREADY_EXISTS"_s, message};
}

void checkAccess(const WorkspaceTree &tree, const QString &path)
{
    for (QString above = path; !above.isEmpty(); above = above.section(u'/', 0, -2)) {
        const WorkspaceNode *node = tree.find(above);
        if (node && node->isPrivate)
            throw ApiRefusal::permissionDenied(u"User does not have permission to view %1."_s.arg(path));
    }
}

const WorkspaceNode &existing(const WorkspaceTree &tree, const QString &path)
{
    checkAccess(tree, path);
    const WorkspaceNode *node = tree.find(path);
    if (!node)
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Path (%1) doesn't exist."_s.arg(path));
    return *node;
}

Http::Reply list(const WorkspaceTree &tree, const ApiRequest &ask)
{
    const QString path = checkedPath(requiredText(ask.query, u"path"_s));
    QJsonArray objects;
    if (!existing(tree, path).isFolder())
        objects.append(tree.object(path));
    for (const QString &child : tree.children(path))
        objects.append(tree.object(child));
    return answer(objects.isEmpty() ? QJsonObject() : QJsonObject{{"objects"_L1, objects}});
}

Http::Reply status(const WorkspaceTree &tree, const ApiRequest &ask)
{
    const QString path = checkedPath(requiredText(ask.query, u"path"_s));
    existing(tree, path);
    return answer(tree.object(path));
}

Http::Reply exportNode(const WorkspaceTree &tree, const ApiRequest &ask)
{
    const QString path = checkedPath(requiredText(ask.query, u"path"_s));
    const QString format = word(queryText(ask.query, u"format"_s), u"format"_s, exportFormats);
    const WorkspaceNode &node = existing(tree, path);
    const Exported result = exported(node, format);
    if (node.isTooLarge || result.bytes.size() > MostBytes)
        throw ApiRefusal(400, u"MAX_NOTEBOOK_SIZE_EXCEEDED"_s, u"Notebook size exceeds the limit of 10 MB."_s);
    if (truth(ask.query, u"direct_download"_s).value_or(false))
        return {.contentType = "application/octet-stream", .body = result.bytes};
    QJsonObject json{{"content"_L1, QString::fromLatin1(result.bytes.toBase64())}};
    if (!result.fileType.isEmpty())
        json.insert("file_type"_L1, result.fileType);
    return answer(json);
}

QByteArray contentOf(const QJsonObject &body)
{
    const QByteArray base64 = body.value("content"_L1).toString().toLatin1();
    if (base64.size() > MostBytes)
        throw ApiRefusal(400, u"MAX_NOTEBOOK_SIZE_EXCEEDED"_s, u"Content exceeds the limit of 10 MB."_s);
    const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        throw ApiRefusal::invalidParameter(u"The content is not base64-encoded."_s);
    return decoded.decoded;
}

void checkReplaceable(const WorkspaceTree &tree, const QString &path, const WorkspaceNode &node, bool overwrite)
{
    const WorkspaceNode *there = tree.find(path);
    if (!there)
        return;
    if (!overwrite || there->isFolder())
        throw alreadyExists(u"Path (%1) already exists."_s.arg(path));
    if (there->type != node.type)
        throw alreadyExists(u"Node named '%1' already exists"_s.arg(path.section(u'/', -1)));
}

Http::Reply importNode(WorkspaceTree &tree, const ApiRequest &ask)
{
    const QString path = checkedPath(requiredText(ask.json, u"path"_s));
    const QString format = word(ask.json.value("format"_L1).toString(), u"format"_s, exportFormats);
    const QString language = ask.json.value("language"_L1).toString();
    if (!language.isEmpty())
        word(language, u"language"_s, {u"PYTHON"_s, u"SQL"_s, u"SCALA"_s, u"R"_s});
    checkAccess(tree, path);
    const QString parent = path.section(u'/', 0, -2);
    const WorkspaceNode *folder = tree.find(parent.isEmpty() ? u"/"_s : parent);
    if (!folder || !folder->isFolder())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"The parent folder (%1) does not exist."_s.arg(parent));
    QString name = path.section(u'/', -1);
    WorkspaceNode node = imported(contentOf(ask.json), format, language, name);
    const QString target = parent + u'/' + name;
    checkReplaceable(tree, target, node, ask.json.value("overwrite"_L1).toBool());
    node.modified = QDateTime::currentMSecsSinceEpoch();
    const WorkspaceNode *there = tree.find(target);
    node.created = there ? there->created : node.modified;
    tree.put(target, node);
    return answer({});
}

Http::Reply makeFolders(WorkspaceTree &tree, const ApiRequest &ask)
{
    const QString path = checkedPath(requiredText(ask.json, u"path"_s));
    checkAccess(tree, path);
    for (QString above = path; !above.isEmpty(); above = above.section(u'/', 0, -2)) {
        const WorkspaceNode *node = tree.find(above);
        if (node && !node->isFolder())
            throw alreadyExists(u"%1 already exists and it is not a folder"_s.arg(above));
    }
    if (!tree.find(path)) {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        tree.put(path, {.created = now, .modified = now});
    }
    return answer({});
}

Http::Reply deleteNode(WorkspaceTree &tree, const ApiRequest &ask)
{
    const QString path = checkedPath(requiredText(ask.json, u"path"_s));
    if (rootFolders.contains(path))
        throw ApiRefusal(400, u"BAD_REQUEST"_s, u"Folder (%1) is protected"_s.arg(path));
    existing(tree, path);
    if (!tree.children(path).isEmpty() && !ask.json.value("recursive"_L1).toBool())
        throw ApiRefusal(400, u"DIRECTORY_NOT_EMPTY"_s, u"Folder (%1) is not empty"_s.arg(path));
    tree.remove(path);
    return answer({});
}

} // namespace

QList<Route> workspaceRoutes(WorkspaceTree &tree)
{
    const QString base = u"/api/2.0/workspace/"_s;
    return {
        {"GET", base + "list"_L1, [&tree](const ApiRequest &ask) { return list(tree, ask); }},
        {"GET", base + "get-status"_L1, [&tree](const ApiRequest &ask) { return status(tree, ask); }},
        {"GET", base + "export"_L1, [&tree](const ApiRequest &ask) { return exportNode(tree, ask); }},
        {"POST", base + "import"_L1, [&tree](const ApiRequest &ask) { return importNode(tree, ask); }},
        {"POST", base + "mkdirs"_L1, [&tree](const ApiRequest &ask) { return makeFolders(tree, ask); }},
        {"POST", base + "delete"_L1, [&tree](const ApiRequest &ask) { return deleteNode(tree, ask); }},
    };
}

} // namespace Sample
