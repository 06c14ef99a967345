#include "databricks/errorcauses.h"

#include <QRegularExpression>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

/// The first row whose pattern is found in code and message, in any case.
struct Cause
{
    const char *pattern;
    const char *advice;
};

constexpr Cause causes[] = {
    {"private.?link|private access settings",
     "The workspace is reached through a private link only, and this computer is not behind it: connect the VPN, or "
     "ask an administrator. Neither the token nor the URL is the cause."},
    {"blocked by databricks ip acl|ip access list|source ip address.*(blocked|not allowed)|blocked by.*network policy",
     "This computer's network address is not on the workspace's list of allowed ones (IP access list): connect the "
     "VPN, or ask an administrator to add the address. A new token does not help."},
    {"unauthorized access to org|token (belongs to|is for|was issued (for|by)) (a different|another) workspace|not a "
     "member of this workspace",
     "The token belongs to another workspace, or its user was never added to this one. Create a token in this "
     "workspace and enter it in Bricktray, or correct the workspace's URL."},
    {"expected aud claim|expected iss claim|invalid audience|incorrectclaimexception|token.*(wrong|invalid|different) "
     "(audience|tenant|issuer)",
     "The token was made for another audience or tenant, not for Databricks: get one for the Databricks resource of "
     "this workspace's tenant, or use a personal access token of this workspace."},
    {"required scopes?|insufficient.?scope|invalid scope",
     "The token was made without the scope that this needs: create one that has it."},
    {"(personal access tokens?|pat).*(disabled|not enabled|not allowed)|tokens? are disabled",
     "An administrator has switched personal access tokens off: sign in with OAuth instead, or ask for them."},
    {"unable to load oauth config|workspace.?id.*(missing|required|must be)|(missing|requires?).*workspace.?id",
     "This address serves many workspaces and was not told which one: give the workspace's address with its number, "
     "as the browser shows it (https://host/?o=1234567890), or set DATABRICKS_WORKSPACE_ID."},
    {"metastore_does_not_exist|no metastore assigned|unity catalog is not enabled",
     "This workspace has no Unity Catalog, so these tools show nothing here. Its tables are reached with SQL: "
     "execute_sql with SHOW TABLES IN hive_metastore.default, SELECT … FROM hive_metastore.schema.table."},
    {"entitlement|databricks-sql-access|workspace-access",
     "The signed-in user lacks an entitlement (workspace access or Databricks SQL access), which a workspace "
     "administrator gives under Settings > Identity and access."},
    {"authorizationpermissionmismatch|authorizationfailure|this request is not authorized to perform this "
     "operation|abfsrestoperationexception|accessdenied \\(service: amazon s3|service: amazon s3; status code: "
     "403|storage\\.objects\\.|public access is not permitted|storage.*(firewall|network rule)",
     "The cloud storage refused, not Databricks: its firewall or the rights of the credential behind the location "
     "block this access. Whoever administers the storage account or bucket can allow it."},
    {"missing git provider credentials|git credentials?|remote repo not found|git provider credential",
     "Git credentials are the signed-in user's own: add or renew them in the workspace under Settings > Linked "
     "accounts, and see that they may read this repository."},
    {"max_notebook_size_exceeded|notebook size exceeded",
     "It is larger than the 10 MB that the workspace exports or imports at once. Open it in the workspace, clear its "
     "outputs or split it; with format SOURCE outputs are left out."},
    {"max_read_size_exceeded|max_block_size_exceeded|request_too_large|payload too large|request entity too "
     "large|exceed(s|ed)? the (maximum|max)[a-z ]* (size|length)|size limit exceeded",
     "That is more than the workspace takes or gives at once: do it in smaller parts."},
};

} // namespace

QString adviceByCause(const QString &code, const QString &message)
{
    const QString text = code + u' ' + message;
    const auto found = std::ranges::find_if(causes, [&text](const Cause &cause) {
        const QRegularExpression words(QString::fromLatin1(cause.pattern), QRegularExpression::CaseInsensitiveOption);
        return words.match(text).hasMatch();
    });
    return found == std::end(causes) ? QString() : QString::fromUtf8(found->advice);
}

} // namespace Databricks
