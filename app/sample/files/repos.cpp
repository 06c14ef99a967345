#include "sample/files/repos.h"

#include "sample/files/workspacetree.h"
#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"
#include "sample/server/parameters.h"

#include <QCryptographicHash>
#include <QUrl>
#include <QVariant>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// Small, so that a listing has pages.
constexpr qsizetype PageSize = 4;

const QStringList providers{u"gitHub"_s,
                            u"gitHubEnterprise"_s,
                            u"gitLab"_s,
                            u"gitLabEnterpriseEdition"_s,
                            u"bitbucketCloud"_s,
                            u"bitbucketServer"_s,
                            u"azureDevOpsServices"_s,
                            u"awsCodeCommit"_s};

QString commitOf(const QString &url, const QString &reference)
{
    const QByteArray text = QString(url + u'@' + reference).toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex());
}

QJsonObject repoFacts(const QString &path, const QString &url, const QString &provider, const QString &branch)
{
    return {{"id"_L1, stableId(path)}, {"path"_L1, path},     {"url"_L1, url},
            {"provider"_L1, provider}, {"branch"_L1, branch}, {"head_commit_id"_L1, commitOf(url, branch)}};
}

QStringList texts(const QJsonValue &array)
{
    return array.toVariant().toStringList();
}

} // namespace

RepoShelf::RepoShelf(WorkspaceTree &tree, const QString &user)
    : m_tree(tree)
    , m_user(user)
{
    for (const QJsonValue line : builtInJson(u"repos.json"_s).value("repos"_L1).toArray())
        add({repoFacts(line["path"_L1].toString(), line["url"_L1].toString(), line["provider"_L1].toString(),
                       line["branch"_L1].toString()),
             texts(line["branches"_L1]), texts(line["tags"_L1])});
}

void RepoShelf::add(const Repo &repo)
{
    const QString path = repo.facts.value("path"_L1).toString();
    WorkspaceNode node;
    node.type = u"REPO"_s;
    m_tree.put(path, node);
    m_repos.insert_or_assign(repo.facts.value("id"_L1).toInteger(), repo);
}

RepoShelf::Repo &RepoShelf::existing(const ApiRequest &ask)
{
    const QString id = ask.captures.value(u"id"_s);
    const auto found = m_repos.find(id.toLongLong());
    if (found == m_repos.end())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Repo with id %1 could not be found."_s.arg(id));
    return found->second;
}

Http::Reply RepoShelf::list(const ApiRequest &ask) const
{
    const QString prefix = queryText(ask.query, u"path_prefix"_s);
    QMap<QString, QJsonObject> byPath;
    for (const auto &[id, repo] : m_repos) {
        const QString path = repo.facts.value("path"_L1).toString();
        if (path.startsWith(WorkspaceTree::plain(prefix)))
            byPath.insert(path, repo.facts);
    }
    QJsonArray all;
    for (const QJsonObject &facts : std::as_const(byPath))
        all.append(facts);
    const PageWish wish{PageSize, queryText(ask.query, u"next_page_token"_s)};
    QJsonObject json = page(all, u"repos"_s, wish, "repos|"_L1 + prefix);
    json.remove("prev_page_token"_L1);
    if (json.value("next_page_token"_L1).toString().isEmpty())
        json.remove("next_page_token"_L1);
    return answer(json);
}

Http::Reply RepoShelf::create(const ApiRequest &ask)
{
    const QString url = requiredText(ask.json, u"url"_s);
    const QString provider = word(requiredText(ask.json, u"provider"_s), u"provider"_s, providers);
    QString name = QUrl(url).fileName();
    if (name.endsWith(".git"_L1))
        name.chop(4);
    if (name.isEmpty())
        throw ApiRefusal::invalidParameter(u"%1 is not a valid Git URL."_s.arg(url));
    const QString wanted = WorkspaceTree::plain(ask.json.value("path"_L1).toString());
    const QString path = wanted.isEmpty() ? u"/Repos/%1/%2"_s.arg(m_user, name) : wanted;
    const QString parent = path.section(u'/', 0, -2);
    if (!m_tree.find(parent))
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Parent directory %1 does not exist."_s.arg(parent));
    if (m_tree.find(path))
        throw ApiRefusal(400, u"RESOURCE_ALREADY_EXISTS"_s, u"Repo with path %1 already exists"_s.arg(path));
    const Repo repo{repoFacts(path, url, provider, u"main"_s), {u"main"_s}, {}};
    add(repo);
    return answer(repo.facts);
}

Http::Reply RepoShelf::update(const ApiRequest &ask)
{
    Repo &repo = existing(ask);
    const QString branch = ask.json.value("branch"_L1).toString();
    const QString tag = ask.json.value("tag"_L1).toString();
    if (branch.isEmpty() == tag.isEmpty())
        throw ApiRefusal::invalidParameter(u"Exactly one of branch and tag must be given."_s);
    if (!branch.isEmpty() && !repo.branches.contains(branch))
        throw ApiRefusal::invalidParameter(u"Branch '%1' was not found in the remote repository."_s.arg(branch));
    if (!tag.isEmpty() && !repo.tags.contains(tag))
        throw ApiRefusal::invalidParameter(u"Tag '%1' was not found in the remote repository."_s.arg(tag));
    repo.facts.insert("head_commit_id"_L1, commitOf(repo.facts.value("url"_L1).toString(), branch + tag));
    if (branch.isEmpty())
        repo.facts.remove("branch"_L1);
    else
        repo.facts.insert("branch"_L1, branch);
    return answer({});
}

Http::Reply RepoShelf::remove(const ApiRequest &ask)
{
    const QJsonObject facts = existing(ask).facts;
    m_tree.remove(facts.value("path"_L1).toString());
    m_repos.erase(facts.value("id"_L1).toInteger());
    return answer({});
}

QList<Route> RepoShelf::routes()
{
    const QString base = u"/api/2.0/repos"_s;
    return {
        {"GET", base, [this](const ApiRequest &ask) { return list(ask); }},
        {"POST", base, [this](const ApiRequest &ask) { return create(ask); }},
        {"GET", base + "/{id}"_L1, [this](const ApiRequest &ask) { return answer(existing(ask).facts); }},
        {"PATCH", base + "/{id}"_L1, [this](const ApiRequest &ask) { return update(ask); }},
        {"DELETE", base + "/{id}"_L1, [this](const ApiRequest &ask) { return remove(ask); }},
    };
}

} // namespace Sample
