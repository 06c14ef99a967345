#include "tools/catalog/catalogwords.h"
#include "tools/catalog/governancechanges.h"
#include "tools/catalog/grantwords.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"
#include "tools/kit/parts.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// What one principal gains and loses, in the API's spelling: "use schema" is USE_SCHEMA.
struct GrantChange
{
    QString principal;
    QStringList add;
    QStringList remove;
};

QStringList privilegesOf(const QJsonValue &list)
{
    QStringList names;
    for (const QJsonValue name : list.toArray())
        names.append(name.toString().simplified().toUpper().replace(u' ', u'_'));
    return names;
}

/// Throws ApiError for a change that says nothing.
QList<GrantChange> grantChanges(const ToolCall &call)
{
    QList<GrantChange> changes;
    for (const QJsonValue value : call.array(u"changes"_s)) {
        const GrantChange change{value["principal"_L1].toString(), privilegesOf(value["add"_L1]),
                                 privilegesOf(value["remove"_L1])};
        if (change.principal.isEmpty() || (change.add.isEmpty() && change.remove.isEmpty()))
            throw ApiError(ApiError::Kind::BadRequest,
                           u"Each change names a principal, and in add or remove at least one privilege. Nothing was "
                           "changed."_s);
        changes.append(change);
    }
    if (changes.isEmpty())
        throw ApiError(ApiError::Kind::BadRequest, u"changes is empty: name who gains or loses which privileges."_s);
    return changes;
}

/// "analysts gains SELECT and loses MODIFY"
QString inWords(const GrantChange &change)
{
    QStringList parts;
    if (!change.add.isEmpty())
        parts.append(u"gains "_s + change.add.join(", "_L1));
    if (!change.remove.isEmpty())
        parts.append(u"loses "_s + change.remove.join(", "_L1));
    return Text::visible(change.principal + u' ' + parts.join(u" and "_s));
}

QString securableOf(const ToolCall &call)
{
    return call.text(u"securable_type"_s) + u' ' + Text::visible(call.text(u"full_name"_s));
}

QString grantsPath(const ToolCall &call)
{
    return catalogPath(u"permissions/"_s + call.text(u"securable_type"_s), call.text(u"full_name"_s));
}

QJsonArray grantRows(const QJsonObject &answer)
{
    QJsonArray rows;
    for (const QJsonValue assignment : answer.value("privilege_assignments"_L1).toArray()) {
        rows.append(QJsonObject{{"principal"_L1, Text::visible(assignment["principal"_L1].toString())},
                                {"privileges"_L1, privilegesIn(assignment.toObject()).join(", "_L1)}});
    }
    return rows;
}

/// A privilege on a table is of no use without its schema and catalog: what those who gained one still lack. What
/// everybody in the account holds counts for each.
QCoro::Task<QStringList> stillMissing(ToolCall call, QList<GrantChange> changes)
{
    QStringList words;
    const QString type = call.text(u"securable_type"_s);
    const QString name = call.text(u"full_name"_s);
    changes.removeIf([&](const GrantChange &change) {
        return change.add.isEmpty() || missingUse(type, name, change.principal, {}).isEmpty();
    });
    if (changes.isEmpty())
        co_return words;
    const QUrlQuery query = catalogPages();
    const QString path = catalogPath(u"effective-permissions/"_s + type, name);
    const std::optional<QJsonObject> answer = co_await known(call, path, query);
    if (!answer) {
        words.append(UseNotRead);
        co_return words;
    }
    QMap<QString, QStringList> held;
    for (const QJsonValue assignment : answer->value("privilege_assignments"_L1).toArray())
        held[assignment["principal"_L1].toString().toLower()] += privilegesIn(assignment.toObject());
    for (const GrantChange &change : std::as_const(changes)) {
        const QStringList own = held.value(change.principal.toLower()) + held.value(u"account users"_s);
        if (const QString missing = missingUse(type, name, change.principal, own); !missing.isEmpty())
            words.append(missing);
    }
    const QStringList missing = words;
    co_return missing;
}

QStringList heldBy(const QString &principal, const QJsonObject &grants)
{
    QStringList held;
    for (const QJsonValue assignment : grants.value("privilege_assignments"_L1).toArray()) {
        if (assignment["principal"_L1].toString().compare(principal, Qt::CaseInsensitive) == 0)
            held += privilegesIn(assignment.toObject());
    }
    return held;
}

/// What a change made of what was granted directly before: "analysts gains SELECT", or that it changed nothing.
QString outcomeOf(GrantChange change, const QJsonObject &before)
{
    const QStringList held = heldBy(change.principal, before);
    QStringList notHeld;
    change.add.removeIf([&held](const QString &privilege) { return held.contains(privilege); });
    change.remove.removeIf([&](const QString &privilege) {
        const bool isMissing = !held.contains(privilege);
        if (isMissing)
            notHeld.append(privilege);
        return isMissing;
    });
    QStringList words;
    if (!change.add.isEmpty() || !change.remove.isEmpty())
        words.append(inWords(change));
    else if (notHeld.isEmpty())
        words.append(u"nothing for %1, who held that already"_s.arg(Text::visible(change.principal)));
    if (!notHeld.isEmpty())
        words.append(
            u"nothing was taken of %1, which %2 was not granted directly here (what comes from above or from a group stays: list_grants with effective)"_s
                .arg(Text::visible(notHeld.join(", "_L1)), Text::visible(change.principal)));
    return words.join(", "_L1);
}

QCoro::Task<ToolResult> updateGrants(ToolCall call)
{
    const QList<GrantChange> changes = grantChanges(call);
    call.setTarget(securableOf(call));
    const QUrlQuery all = catalogPages();
    const std::optional<QJsonObject> before = co_await known(call, grantsPath(call), all);
    QJsonArray wire;
    QStringList words;
    for (const GrantChange &change : changes) {
        QJsonObject one{{"principal"_L1, change.principal}};
        if (!change.add.isEmpty())
            one.insert("add"_L1, QJsonArray::fromStringList(change.add));
        if (!change.remove.isEmpty())
            one.insert("remove"_L1, QJsonArray::fromStringList(change.remove));
        wire.append(one);
        words.append(before ? outcomeOf(change, *before) : inWords(change));
    }
    const QJsonObject body{{"changes"_L1, wire}};
    const QJsonObject answer = co_await call.workspace().patch(grantsPath(call), body);
    const QString headline = u"Grants on %1: %2. Granted directly now:"_s.arg(securableOf(call), words.join("; "_L1));
    const Columns columns{{u"principal"_s, u"principal"_s}, {u"privileges"_s, u"privileges"_s}};
    const RowsPart part = rowsPart(grantRows(answer), 0, AnswerBytes / 6);
    Answer result(part.total == 0 ? QString(headline + u" nothing."_s) : headline);
    result.table(u"grants"_s, columns, part.rows);
    if (!part.isWhole())
        result.note(u"These are %1 of %2; list_grants shows all."_s.arg(part.rows.size()).arg(part.total));
    const QStringList missing = co_await stillMissing(call, changes);
    for (const QString &one : missing)
        result.note(one);
    co_return result;
}

QCoro::Task<QString> grantsTarget(ToolCall call)
{
    const QString target = securableOf(call);
    co_return target;
}

/// Who gains and loses what, and what they hold already.
QCoro::Task<Calls::Consequence> grantsConsequence(ToolCall call)
{
    const QList<GrantChange> changes = grantChanges(call);
    Calls::Consequence consequence;
    for (const GrantChange &change : changes) {
        consequence.facts.append(inWords(change) + u" on "_s + securableOf(call) + u'.');
        if (change.principal.compare("account users"_L1, Qt::CaseInsensitive) == 0)
            consequence.facts.append(u"account users is everybody in the account, in all of its workspaces."_s);
    }
    const QUrlQuery query = catalogPages();
    const QJsonObject now = co_await call.workspace().get(grantsPath(call), query);
    for (const QJsonValue row : grantRows(now)) {
        const QString principal = row["principal"_L1].toString();
        const bool isMeant = std::ranges::any_of(changes, [&](const GrantChange &change) {
            return change.principal.compare(principal, Qt::CaseInsensitive) == 0;
        });
        if (isMeant)
            consequence.facts.append(
                u"%1 holds %2 directly already."_s.arg(principal, row["privileges"_L1].toString()));
    }
    co_return consequence;
}

} // namespace

QList<Tool> governanceTools()
{
    return {
        {
            .name = u"update_grants"_s,
            .title = u"Update grants"_s,
            .description = u"Grants and revokes privileges on a securable of Unity Catalog; what else is granted "
                           "stays."_s,
            .effects = Calls::Effect::Grants,
            .inputSchema =
                Schema()
                    .choice(u"securable_type"_s, u"Views are tables"_s, securableTypes())
                    .text(u"full_name"_s, u"Such as main, main.default or main.default.orders"_s)
                    .rows(u"changes"_s, u"Who gains and loses what"_s,
                          Schema()
                              .text(u"principal"_s, u"User's email, group, or service principal's application id"_s)
                              .texts(u"add"_s, u"Privileges to grant, such as SELECT, USE_SCHEMA"_s)
                              .texts(u"remove"_s, u"Privileges to revoke"_s)
                              .require({u"principal"_s}))
                    .require({u"securable_type"_s, u"full_name"_s, u"changes"_s}),
            .outputSchema = Schema()
                                .text(u"summary"_s, {})
                                .rows(u"grants"_s, {}, Schema().text(u"principal"_s, {}).text(u"privileges"_s, {}))
                                .require({u"summary"_s, u"grants"_s}),
            .run = &updateGrants,
            .target = &grantsTarget,
            .consequence = &grantsConsequence,
            .deciding = {u"changes"_s, u"securable_type"_s, u"full_name"_s},
            .idempotent = true,
        },
        setTagsTool(),
        setCommentTool(),
    };
}

} // namespace Tools
