#include "tools/admin/adminconsequence.h"
#include "tools/admin/permissions.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/required.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

Schema objectSchema()
{
    return Schema()
        .text(u"object_type"_s, u"Such as jobs, clusters, warehouses, notebooks, dashboards"_s)
        .text(u"object_id"_s, u"cluster_id, job_id, a notebook's path, …"_s)
        .require({u"object_type"_s, u"object_id"_s});
}

QCoro::Task<QString> objectTarget(ToolCall call)
{
    const PermissionObject object = co_await permissionObject(call);
    const QString name = object.inWords();
    co_return name;
}

QJsonArray permissionRows(const QJsonObject &answer)
{
    QJsonArray rows;
    for (const QJsonValue value : answer.value("access_control_list"_L1).toArray()) {
        const QJsonObject entry = value.toObject();
        QString principal;
        QString kind;
        for (const QString &key : principalKeys()) {
            const QString name = Text::visible(entry.value(key).toString());
            if (name.isEmpty())
                continue;
            principal = name;
            kind = QString(key).remove("_name"_L1);
        }
        for (const QJsonValue permission : entry.value("all_permissions"_L1).toArray())
            rows.append(
                QJsonObject{{"principal"_L1, principal},
                            {"kind"_L1, kind},
                            {"permission_level"_L1, Text::visible(permission["permission_level"_L1].toString())},
                            {"inherited"_L1, permission["inherited"_L1].toBool()}});
    }
    return rows;
}

Schema permissionsSchema()
{
    return Schema()
        .text(u"object"_s, {})
        .rows(u"permissions"_s, {},
              Schema()
                  .text(u"principal"_s, {})
                  .text(u"kind"_s, u"user, group or service_principal"_s)
                  .text(u"permission_level"_s, {})
                  .flag(u"inherited"_s, u"Comes from a folder or the workspace above"_s))
        .integer(u"total"_s, {})
        .require({u"object"_s, u"permissions"_s});
}

ToolResult permissionsAnswer(const QString &headline, const QString &object, const QJsonObject &answer)
{
    constexpr qsizetype MostRows = 300;
    const QJsonArray all = permissionRows(answer);
    QJsonArray rows;
    for (qsizetype i = 0; i < std::min(all.size(), MostRows); ++i)
        rows.append(all.at(i));
    const Columns columns{{u"principal"_s, u"principal"_s},
                          {u"kind"_s, u"kind"_s},
                          {u"permission_level"_s, u"level"_s},
                          {u"inherited"_s, u"inherited"_s}};
    Answer result(headline);
    result.stated(u"object"_s, object).table(u"permissions"_s, columns, rows);
    if (rows.size() < all.size())
        result.note(u"These are %1 of %2; the others can be seen in the workspace."_s.arg(rows.size()).arg(all.size()));
    return result;
}

QCoro::Task<ToolResult> getPermissions(ToolCall call)
{
    const PermissionObject object = co_await permissionObject(call);
    const QJsonObject answer = co_await call.workspace().get(object.apiPath());
    mustHave(answer, {u"object_id"_s});
    const QString name = object.inWords();
    co_return permissionsAnswer(u"Permissions of %1:"_s.arg(name), name, answer);
}

/// The levels that this kind of object knows; nothing where they cannot be had.
QCoro::Task<QString> levelsWords(ToolCall call, PermissionObject object)
{
    QStringList levels;
    try {
        const QJsonObject answer = co_await call.workspace().get(object.apiPath() + "/permissionLevels"_L1);
        for (const QJsonValue level : answer.value("permission_levels"_L1).toArray())
            levels.append(Text::visible(level["permission_level"_L1].toString()));
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
    }
    const QString words =
        levels.isEmpty()
            ? QString()
            : u" %1 knows the levels %2, and NONE takes one away."_s.arg(object.inWords(), levels.join(", "_L1));
    co_return words;
}

/// An entry as the API takes it. Empty for what does not name exactly one principal.
QJsonObject entryOf(const QJsonObject &who, const QJsonValue &level)
{
    QJsonObject entry;
    for (const QString &key : principalKeys()) {
        if (!who.value(key).toString().isEmpty())
            entry.insert(key, who.value(key));
    }
    if (entry.size() != 1)
        return {};
    entry.insert("permission_level"_L1, level);
    return entry;
}

bool isSamePrincipal(const QJsonObject &one, const QJsonObject &other)
{
    return std::ranges::all_of(principalKeys(), [&](const QString &key) {
        return one.value(key).toString().compare(other.value(key).toString(), Qt::CaseInsensitive) == 0;
    });
}

/// Whom an entry is about and the levels that it has itself, as the API takes them back.
QJsonArray directEntries(const QJsonObject &permissions)
{
    QJsonArray direct;
    for (const QJsonValue entry : permissions.value("access_control_list"_L1).toArray()) {
        for (const QJsonValue permission : entry["all_permissions"_L1].toArray()) {
            if (!permission["inherited"_L1].toBool())
                direct.append(entryOf(entry.toObject(), permission["permission_level"_L1]));
        }
    }
    return direct;
}

/// The whole list with the changes in it, without those that lose their level: the API has no other way to take one.
QJsonArray replaced(const QJsonArray &before, const QJsonArray &changes)
{
    QJsonArray list;
    for (const QJsonValue entry : before) {
        const bool isChanged = std::ranges::any_of(changes, [&entry](const QJsonValue &change) {
            return isSamePrincipal(entry.toObject(), change.toObject());
        });
        if (!isChanged)
            list.append(entry);
    }
    for (const QJsonValue change : changes) {
        if (change["permission_level"_L1] != NoLevel)
            list.append(change);
    }
    return list;
}

/// "etl-robot had IS_OWNER and has nothing of its own now": whom nobody named, and the change took it from.
QString losersWords(const QJsonArray &before, const QJsonArray &now, const QJsonArray &changes)
{
    QStringList losers;
    for (const QJsonValue entry : before) {
        const auto isIt = [&entry](const QJsonValue &other) {
            return isSamePrincipal(entry.toObject(), other.toObject());
        };
        if (std::ranges::any_of(now, isIt) || std::ranges::any_of(changes, isIt))
            continue;
        for (const QString &key : principalKeys()) {
            if (const QString name = Text::visible(entry[key].toString()); !name.isEmpty())
                losers.append(u"%1 had %2 and has nothing of its own now"_s.arg(
                    name, Text::visible(entry["permission_level"_L1].toString())));
        }
    }
    return losers.join(u"; "_s);
}

bool gives(const QJsonArray &changes, QLatin1StringView level)
{
    return std::ranges::any_of(changes,
                               [level](const QJsonValue &change) { return change["permission_level"_L1] == level; });
}

/// Who has which level directly, where a change may take one away: by NONE, or because there is one owner and a new
/// one takes the place of the one before. Else nothing is asked.
QCoro::Task<QJsonArray> whoMayLose(ToolCall call, PermissionObject object, QJsonArray changes)
{
    QJsonArray direct;
    if (gives(changes, NoLevel) || gives(changes, "IS_OWNER"_L1)) {
        const QJsonObject permissions = co_await call.workspace().get(object.apiPath());
        mustHave(permissions, {u"object_id"_s});
        direct = directEntries(permissions);
    }
    const QJsonArray before = direct;
    co_return before;
}

struct Changed
{
    QJsonObject permissions; ///< as they are now
    QString problem;         ///< why they were refused; for a level that the object does not have, with those it has
};

QCoro::Task<Changed> changePermissions(ToolCall call, PermissionObject object, QJsonArray before, QJsonArray changes)
{
    const bool takesAway = gives(changes, NoLevel);
    const QJsonObject body{{"access_control_list"_L1, takesAway ? replaced(before, changes) : changes}};
    Changed changed;
    try {
        if (takesAway)
            changed.permissions = co_await call.workspace().put(object.apiPath(), body);
        else
            changed.permissions = co_await call.workspace().patch(object.apiPath(), body);
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::BadRequest)
            throw;
        changed.problem = error.text();
    }
    if (changed.problem.isEmpty())
        mustHave(changed.permissions, {u"object_id"_s}, Purpose::Changing);
    else
        changed.problem += co_await levelsWords(call, object);
    const Changed done = changed;
    co_return done;
}

QCoro::Task<ToolResult> updatePermissions(ToolCall call)
{
    QJsonArray changes;
    for (const QJsonValue value : call.array(u"changes"_s)) {
        const QJsonObject entry = entryOf(value.toObject(), value["permission_level"_L1]);
        if (entry.isEmpty())
            co_return ToolResult::error(
                u"Each change names exactly one of user_name, group_name and service_principal_name. Nothing was changed."_s);
        changes.append(entry);
    }
    if (changes.isEmpty())
        co_return ToolResult::error(u"changes is empty: name who gets which permission_level."_s);
    const PermissionObject object = co_await permissionObject(call);
    const QString name = object.inWords();
    call.setTarget(name);
    const QJsonArray before = co_await whoMayLose(call, object, changes);
    const Changed changed = co_await changePermissions(call, object, before, changes);
    if (!changed.problem.isEmpty())
        co_return ToolResult::error(changed.problem);
    const QJsonObject &now = changed.permissions;
    ToolResult result = permissionsAnswer(u"The permissions of %1 were changed. They are now:"_s.arg(name), name, now);
    if (const QString losers = losersWords(before, directEntries(now), changes); !losers.isEmpty())
        result.addNote(sentence(losers));
    co_return result;
}

QString expiryWords(qint64 expiry)
{
    if (expiry <= 0)
        return u"never expires"_s;
    const qint64 seconds = QDateTime::currentDateTimeUtc().secsTo(QDateTime::fromMSecsSinceEpoch(expiry));
    const auto amount = [](qint64 count, const QString &unit) {
        return count == 1 ? "1 "_L1 + unit : u"%1 %2s"_s.arg(count).arg(unit);
    };
    const qint64 away = std::abs(seconds);
    const QString span = away >= 86'400 ? amount(away / 86'400, u"day"_s) : amount(away / 3600, u"hour"_s);
    return seconds < 0 ? u"expired %1 ago"_s.arg(span) : u"expires in %1"_s.arg(span);
}

QJsonObject tokenRow(const QJsonObject &token)
{
    QJsonObject row = textsOf(token, {u"token_id"_s, u"comment"_s});
    const qint64 expiry = token.value("expiry_time"_L1).toInteger();
    // The table has no room for a column more: the day stands in the words.
    QString words = expiryWords(expiry);
    if (expiry > 0)
        words += u", %1 UTC"_s.arg(QDateTime::fromMSecsSinceEpoch(expiry).toUTC().toString(u"yyyy-MM-dd"_s));
    addText(row, u"expiry"_s, words);
    addText(row, u"expiry_time"_s, timeText(expiry));
    addText(row, u"creation_time"_s, timeText(token.value("creation_time"_L1).toInteger()));
    addText(row, u"last_accessed_time"_s, timeText(token.value("last_accessed_time"_L1).toInteger()));
    return row;
}

QCoro::Task<ToolResult> listTokens(ToolCall call)
{
    const QUrlQuery query;
    Listing listing(u"/api/2.0/token/list"_s, query, u"token_infos"_s, &tokenRow);
    listing.from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"comment"_s, u"comment"_s},
                          {u"expiry"_s, u"expiry"_s},
                          {u"creation_time"_s, u"created"_s},
                          {u"token_id"_s, u"id"_s}};
    co_return listAnswer(
        u"Found %1 personal access tokens of the signed-in user (never their values):"_s.arg(listed.totalInWords()),
        columns, u"tokens"_s, listed);
}

} // namespace

QList<Tool> accessTools()
{
    return {
        {
            .name = u"get_permissions"_s,
            .title = u"Get permissions"_s,
            .description = u"Shows who has which permission on a job, cluster, notebook … (tables: list_grants)."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = objectSchema(),
            .outputSchema = permissionsSchema(),
            .run = &getPermissions,
        },
        {
            .name = u"update_permissions"_s,
            .title = u"Update permissions"_s,
            .description =
                u"Gives users, groups or service principals a permission level on an object, or takes it away; what "
                "others have stays. A principal's former direct level is replaced."_s,
            .effects = Calls::Effect::Grants,
            .inputSchema = objectSchema()
                               .rows(u"changes"_s, u"Who gets what"_s,
                                     Schema()
                                         .text(u"user_name"_s, u"One of these three"_s)
                                         .text(u"group_name"_s, {})
                                         .text(u"service_principal_name"_s, {})
                                         .text(u"permission_level"_s, u"Such as CAN_MANAGE; NONE takes it away"_s)
                                         .require({u"permission_level"_s}))
                               .require({u"changes"_s}),
            .outputSchema = permissionsSchema(),
            .run = &updatePermissions,
            .target = &objectTarget,
            .consequence = &changeOfPermissions,
            .idempotent = true,
        },
        {
            .name = u"list_tokens"_s,
            .title = u"List tokens"_s,
            .description =
                u"Lists the signed-in user's personal access tokens and when they expire. Never their values."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(Schema()),
            .outputSchema = listedSchema(u"tokens"_s, Schema()
                                                          .text(u"token_id"_s, {})
                                                          .text(u"comment"_s, {})
                                                          .text(u"expiry"_s, u"In words"_s)
                                                          .text(u"expiry_time"_s, {})
                                                          .text(u"creation_time"_s, {})
                                                          .text(u"last_accessed_time"_s, {})),
            .run = &listTokens,
        },
    };
}

} // namespace Tools
