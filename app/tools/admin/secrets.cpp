#include "tools/admin/adminconsequence.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

Schema scopeSchema()
{
    return Schema().text(u"scope"_s, u"Name of the secret scope"_s).require({u"scope"_s});
}

Schema secretSchema()
{
    return scopeSchema().text(u"key"_s, u"Name of the secret in its scope"_s).require({u"key"_s});
}

QString secretName(const ToolCall &call)
{
    return Text::visible(call.text(u"scope"_s) + u'/' + call.text(u"key"_s));
}

QCoro::Task<QString> scopeTarget(ToolCall call)
{
    const QString name = Text::visible(call.text(u"scope"_s));
    co_return name;
}

QCoro::Task<QString> secretTarget(ToolCall call)
{
    const QString name = secretName(call);
    co_return name;
}

QCoro::Task<ToolResult> listScopes(ToolCall call)
{
    const QUrlQuery query;
    Listing listing(u"/api/2.0/secrets/scopes/list"_s, query, u"scopes"_s, [](const QJsonObject &scope) {
        return textsOf(scope, {u"name"_s, u"backend_type"_s});
    });
    listing.from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"name"_s, u"scope"_s}, {u"backend_type"_s, u"kept in"_s}};
    co_return listAnswer(u"Found %1 secret scopes:"_s.arg(listed.totalInWords()), columns, u"scopes"_s, listed);
}

QCoro::Task<ToolResult> listSecrets(ToolCall call)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"scope"_s, call.text(u"scope"_s));
    Listing listing(u"/api/2.0/secrets/list"_s, query, u"secrets"_s, [](const QJsonObject &secret) {
        QJsonObject row = textsOf(secret, {u"key"_s});
        addText(row, u"last_updated"_s, timeText(secret.value("last_updated_timestamp"_L1).toInteger()));
        return row;
    });
    listing.from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"key"_s, u"key"_s}, {u"last_updated"_s, u"last updated"_s}};
    co_return listAnswer(u"Found %1 secrets in scope %2 (names only; values are never read):"_s.arg(
                             listed.totalInWords(), Text::visible(call.text(u"scope"_s))),
                         columns, u"secrets"_s, listed);
}

Calls::Effects effectsOfCreating(const ToolCall &call)
{
    return call.has(u"initial_manage_principal"_s) ? Calls::Effect::Adds | Calls::Effect::Grants
                                                   : Calls::Effects(Calls::Effect::Adds);
}

QCoro::Task<ToolResult> createScope(ToolCall call)
{
    const QString scope = call.text(u"scope"_s);
    call.setTarget(Text::visible(scope));
    QJsonObject body{{"scope"_L1, scope}};
    const QString principal = call.text(u"initial_manage_principal"_s);
    addText(body, u"initial_manage_principal"_s, principal);
    try {
        co_await call.workspace().post(u"/api/2.0/secrets/scopes/create"_s, body);
    } catch (const ApiError &error) {
        // Whoever asked for a scope of their own did not ask for one that is everybody's.
        const bool isStandard = error.message().contains("initial_manage_principal"_L1) ||
                                error.message().contains("Premium Tier"_L1, Qt::CaseInsensitive);
        if (!isStandard || !principal.isEmpty())
            throw;
        co_return ToolResult::error(
            u"This workspace is on the Standard tier, where every user manages every secret scope. Nothing was "
            u"created. To make one that all users may read and change call again with initial_manage_principal "
            "\"users\"."_s);
    }
    const QJsonObject facts{{"scope"_L1, Text::visible(scope)}};
    co_return factsAnswer(u"Secret scope %1 was created. put_secret stores secrets in it."_s.arg(Text::visible(scope)),
                          facts);
}

QCoro::Task<ToolResult> putSecret(ToolCall call)
{
    call.setTarget(secretName(call));
    const QJsonObject body{{"scope"_L1, call.text(u"scope"_s)},
                           {"key"_L1, call.text(u"key"_s)},
                           {"string_value"_L1, call.text(u"value"_s)}};
    co_await call.workspace().post(u"/api/2.0/secrets/put"_s, body);
    const QJsonObject facts{{"scope"_L1, Text::visible(call.text(u"scope"_s))},
                            {"key"_L1, Text::visible(call.text(u"key"_s))}};
    co_return factsAnswer(u"Secret %1 was stored."_s.arg(secretName(call)), facts);
}

QCoro::Task<ToolResult> deleteSecret(ToolCall call)
{
    call.setTarget(secretName(call));
    const QJsonObject body{{"scope"_L1, call.text(u"scope"_s)}, {"key"_L1, call.text(u"key"_s)}};
    co_await call.workspace().post(u"/api/2.0/secrets/delete"_s, body);
    const QJsonObject facts{{"scope"_L1, Text::visible(call.text(u"scope"_s))},
                            {"key"_L1, Text::visible(call.text(u"key"_s))}};
    co_return factsAnswer(u"Secret %1 was deleted."_s.arg(secretName(call)), facts);
}

} // namespace

QList<Tool> secretTools()
{
    return {
        {
            .name = u"list_secret_scopes"_s,
            .title = u"List secret scopes"_s,
            .description = u"Lists the secret scopes of the workspace."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(Schema()),
            .outputSchema = listedSchema(u"scopes"_s, Schema().text(u"name"_s, {}).text(u"backend_type"_s, {})),
            .run = &listScopes,
        },
        {
            .name = u"list_secrets"_s,
            .title = u"List secrets"_s,
            .description = u"Lists the names of the secrets in a scope. Their values cannot be read."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(scopeSchema()),
            .outputSchema = listedSchema(u"secrets"_s, Schema().text(u"key"_s, {}).text(u"last_updated"_s, {})),
            .run = &listSecrets,
        },
        {
            .name = u"create_secret_scope"_s,
            .title = u"Create secret scope"_s,
            .description = u"Creates an empty secret scope."_s,
            .effects = Calls::Effect::Adds | Calls::Effect::Grants,
            .inputSchema = scopeSchema().choice(u"initial_manage_principal"_s,
                                                u"Who may manage it. Optional: only its creator; on the Standard tier "
                                                "it must be users"_s,
                                                {u"users"_s}),
            .outputSchema = scopeSchema(),
            .run = &createScope,
            .effectsOf = &effectsOfCreating,
            .leastEffects = Calls::Effect::Adds,
            .effectRange = u"adds; grants where all users may manage it"_s,
            .target = &scopeTarget,
        },
        {
            .name = u"put_secret"_s,
            .title = u"Put secret"_s,
            .description =
                u"Stores a secret in a scope; one of the same key is replaced. The value is masked everywhere and "
                "cannot be read back."_s,
            .effects = Calls::Effect::Replaces,
            .inputSchema =
                secretSchema().text(u"value"_s, u"The secret itself, at most 128 KB"_s).require({u"value"_s}),
            .outputSchema = secretSchema(),
            .run = &putSecret,
            .target = &secretTarget,
            .consequence = &storingOfSecret,
            .idempotent = true,
            .secretArguments = {u"value"_s},
        },
        {
            .name = u"delete_secret"_s,
            .title = u"Delete secret"_s,
            .description = u"Deletes a secret for good; jobs and notebooks that read it will fail."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = secretSchema(),
            .outputSchema = secretSchema(),
            .run = &deleteSecret,
            .target = &secretTarget,
            .consequence = &deletionOfSecret,
        },
    };
}

} // namespace Tools
