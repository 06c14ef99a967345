#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/required.h"
#include "tools/workspace/workspaceconsequence.h"

#include "common/secrets.h"
#include "common/visible.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

const QStringList Providers{u"gitHub"_s,
                            u"gitHubEnterprise"_s,
                            u"gitLab"_s,
                            u"gitLabEnterpriseEdition"_s,
                            u"bitbucketCloud"_s,
                            u"bitbucketServer"_s,
                            u"azureDevOpsServices"_s,
                            u"awsCodeCommit"_s};

/// The provider that a well-known host stands for; empty for every other.
QString providerOf(const QUrl &url)
{
    static const QHash<QString, QString> known{{u"github.com"_s, u"gitHub"_s},
                                               {u"gitlab.com"_s, u"gitLab"_s},
                                               {u"bitbucket.org"_s, u"bitbucketCloud"_s},
                                               {u"dev.azure.com"_s, u"azureDevOpsServices"_s}};
    return known.value(url.host().toLower());
}

QString repoPath(const ToolCall &call)
{
    const QString id = call.text(u"repo_id"_s);
    bool isNumber = false;
    const qint64 number = id.toLongLong(&isNumber);
    if (!isNumber || number <= 0)
        throw ApiError(
            ApiError::Kind::BadRequest,
            u"“%1” is not the id of a Git folder, which is a number. list_repos shows them."_s.arg(Text::visible(id)));
    return u"/api/2.0/repos/%1"_s.arg(number);
}

/// A Git folder as an answer shows it. A URL may hold somebody's credentials.
QJsonObject repoRow(const QJsonObject &repo)
{
    QJsonObject row{{"repo_id"_L1, QString::number(repo.value("id"_L1).toInteger())}};
    addTexts(row, repo, {u"path"_s, u"branch"_s, u"provider"_s, u"head_commit_id"_s});
    const QString url = repo.value("url"_L1).toString();
    const bool hidden = url.contains(u'@') && url.contains("://"_L1);
    addText(row, u"url"_s, Text::visible(hidden ? QUrl(url).toString(QUrl::RemoveUserInfo) : url));
    return row;
}

Schema repoSchema()
{
    return Schema()
        .text(u"repo_id"_s, {})
        .text(u"path"_s, {})
        .text(u"branch"_s, {})
        .text(u"head_commit_id"_s, {})
        .text(u"provider"_s, {})
        .text(u"url"_s, {})
        .require({u"repo_id"_s});
}

QCoro::Task<QJsonObject> readRepo(ToolCall call)
{
    const QJsonObject repo = co_await call.workspace().get(repoPath(call));
    mustHave(repo, {u"id"_s});
    const QJsonObject row = repoRow(repo);
    call.setTarget(row.value("path"_L1).toString());
    co_return row;
}

QCoro::Task<QString> repoTarget(ToolCall call)
{
    const QJsonObject row = co_await readRepo(call);
    const QString branch = row.value("branch"_L1).toString();
    const QString path = row.value("path"_L1).toString();
    const QString target = branch.isEmpty() ? path : u"%1 (on %2)"_s.arg(path, branch);
    co_return target;
}

QCoro::Task<ToolResult> listRepos(ToolCall call)
{
    QUrlQuery query;
    if (call.has(u"path_prefix"_s))
        Databricks::addQueryItem(query, u"path_prefix"_s, call.text(u"path_prefix"_s));
    Listing listing(u"/api/2.0/repos"_s, query, u"repos"_s, &repoRow);
    listing.pagedBy(u"next_page_token"_s).from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"repo_id"_s, u"id"_s},
                          {u"path"_s, u"path"_s},
                          {u"branch"_s, u"branch"_s},
                          {u"provider"_s, u"provider"_s},
                          {u"url"_s, u"url"_s}};
    const QString headline =
        u"Found %1 Git folders%2"_s.arg(listed.totalInWords(), listed.rows.isEmpty() ? u"."_s : u":"_s);
    co_return listAnswer(headline, columns, u"repos"_s, listed);
}

QCoro::Task<ToolResult> getRepo(ToolCall call)
{
    const QJsonObject row = co_await readRepo(call);
    co_return factsAnswer(u"Git folder %1:"_s.arg(row.value("path"_L1).toString()), row);
}

/// "https://github.com/org/repo.git" of "git@github.com:org/repo.git"; empty for anything else.
QString httpsAddress(const QString &given)
{
    static const QRegularExpression ssh(u"^(?:ssh://)?git@([A-Za-z0-9.-]+)[:/](?:v3/)?([A-Za-z0-9._/-]+)$"_s);
    const QRegularExpressionMatch match = ssh.match(given.trimmed());
    return match.hasMatch() ? u"https://%1/%2"_s.arg(match.captured(1), match.captured(2)) : QString();
}

QCoro::Task<ToolResult> createRepo(ToolCall call)
{
    QUrl url(call.text(u"url"_s), QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != "https"_L1 || url.host().isEmpty()) {
        const QString https = httpsAddress(call.text(u"url"_s));
        co_return ToolResult::error(u"The url must be the repository's https:// address%1. Nothing was created."_s.arg(
            https.isEmpty() ? QString() : QString(u": "_s + Text::visible(https))));
    }
    const QString user = url.userName();
    // The address that Azure DevOps and Bitbucket show to clone from holds the organisation or the user.
    const bool isName = url.password().isEmpty() && Text::masked(user) == user && user.size() < 40;
    if (isName)
        url.setUserInfo(QString());
    const QString text = url.toString(QUrl::FullyEncoded);
    if (!url.userInfo().isEmpty())
        co_return ToolResult::error(
            u"The url holds a user name or a token. Git credentials are kept in the workspace "
            "(Settings > Linked accounts): give the address without them. Nothing was created."_s);
    const QString provider = call.text(u"provider"_s, providerOf(url));
    if (provider.isEmpty())
        co_return ToolResult::error(u"Say which provider %1 is: %2. Nothing was created."_s.arg(
            Text::visible(url.host()), Providers.join(", "_L1)));
    QJsonObject body{{"url"_L1, text}, {"provider"_L1, provider}};
    addText(body, u"path"_s, call.text(u"path"_s));
    const QJsonObject repo = co_await call.workspace().post(u"/api/2.0/repos"_s, body);
    mustHave(repo, {u"id"_s}, Purpose::Changing);
    const QJsonObject row = repoRow(repo);
    call.setTarget(row.value("path"_L1).toString());
    co_return factsAnswer(u"The Git folder %1 was created."_s.arg(row.value("path"_L1).toString()), row);
}

QCoro::Task<ToolResult> updateRepo(ToolCall call)
{
    if (call.has(u"branch"_s) == call.has(u"tag"_s))
        co_return ToolResult::error(
            u"Give either branch or tag: what the Git folder is to check out. Nothing was changed."_s);
    const QString key = call.has(u"branch"_s) ? u"branch"_s : u"tag"_s;
    const QString wanted = call.text(key);
    const QString path = repoPath(call);
    const QJsonObject body{{key, wanted}};
    co_await call.workspace().patch(path, body);
    // The answer to the change is empty.
    const QJsonObject row = co_await readRepo(call);
    co_return factsAnswer(u"The Git folder %1 is now on %2 %3, with its latest commit."_s.arg(
                              row.value("path"_L1).toString(), key, Text::visible(wanted)),
                          row);
}

QCoro::Task<ToolResult> deleteRepo(ToolCall call)
{
    const QString path = repoPath(call);
    co_await call.workspace().remove(path);
    const QString id = Text::visible(call.text(u"repo_id"_s));
    const QJsonObject facts{{"repo_id"_L1, id}, {"deleted"_L1, true}};
    co_return factsAnswer(u"Git folder %1 was deleted from the workspace, with what was not committed. The repository "
                          "itself is untouched."_s.arg(id),
                          facts);
}

QCoro::Task<QString> newRepoTarget(ToolCall call)
{
    const QString url = QUrl(call.text(u"url"_s)).toString(QUrl::RemoveUserInfo);
    const QString target = Text::visible(call.has(u"path"_s) ? u"%1 at %2"_s.arg(url, call.text(u"path"_s)) : url);
    co_return target;
}

Schema idSchema()
{
    return Schema().text(u"repo_id"_s, u"Id of the Git folder, from list_repos"_s).require({u"repo_id"_s});
}

} // namespace

QList<Tool> repoTools()
{
    return {
        {
            .name = u"list_repos"_s,
            .title = u"List Git folders"_s,
            .description = u"Lists the workspace's Git folders (repos) with branch and remote. Folders made by a Git "
                           "command line may be missing."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                withPages(Schema().text(u"path_prefix"_s, u"Only below this path, such as /Repos/name@example.com"_s)),
            .outputSchema = listedSchema(u"repos"_s, repoSchema()),
            .run = &listRepos,
        },
        {
            .name = u"get_repo"_s,
            .title = u"Get Git folder"_s,
            .description = u"Shows a Git folder: path, remote, branch and the commit it is on."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = idSchema(),
            .outputSchema = repoSchema(),
            .run = &getRepo,
        },
        {
            .name = u"create_repo"_s,
            .title = u"Create Git folder"_s,
            .description = u"Clones a remote repository into a Git folder of the workspace. Uses the Git credentials "
                           "that the workspace keeps for the user."_s,
            .effects = Calls::Effect::Adds | Calls::Effect::ReachesOut,
            .inputSchema =
                Schema()
                    .text(u"url"_s, u"https:// address of the remote, without credentials"_s)
                    .choice(u"provider"_s, u"Optional for github.com, gitlab.com, bitbucket.org, dev.azure.com"_s,
                            Providers)
                    .text(u"path"_s,
                          u"Where to, such as /Repos/team/name. Optional: below /Repos/ and the user's name"_s)
                    .require({u"url"_s}),
            .outputSchema = repoSchema(),
            .run = &createRepo,
            .target = &newRepoTarget,
        },
        {
            .name = u"update_repo"_s,
            .title = u"Update Git folder"_s,
            .description = u"Checks out a branch or a tag in a Git folder and pulls its latest commit."_s,
            .effects = Calls::Effect::Replaces | Calls::Effect::ReachesOut,
            .inputSchema = idSchema()
                               .text(u"branch"_s, u"Branch to check out and pull; or give tag"_s)
                               .text(u"tag"_s, u"Tag to check out"_s),
            .outputSchema = repoSchema(),
            .run = &updateRepo,
            .target = &repoTarget,
            .consequence = &updateOfRepo,
            .idempotent = true,
        },
        {
            .name = u"delete_repo"_s,
            .title = u"Delete Git folder"_s,
            .description = u"Deletes a Git folder from the workspace, with changes that were not committed. The remote "
                           "repository stays."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = idSchema(),
            .outputSchema =
                Schema().text(u"repo_id"_s, {}).flag(u"deleted"_s, {}).require({u"repo_id"_s, u"deleted"_s}),
            .run = &deleteRepo,
            .target = &repoTarget,
            .consequence = &deletionOfRepo,
        },
    };
}

} // namespace Tools
