#include "tools/admin/adminconsequence.h"

#include "tools/admin/permissions.h"
#include "tools/kit/consequences.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Calls::Consequence;

namespace Tools {

namespace {

using Known = std::optional<QJsonObject>;

constexpr qsizetype MostChanges = 30;
constexpr qsizetype MostSecrets = 1000;

/// "CAN_VIEW" of a principal's direct or inherited permissions; empty where there are none.
QString levels(const QJsonObject &permissions, const QString &key, const QString &name, bool inherited)
{
    QStringList found;
    for (const QJsonValue entry : permissions.value("access_control_list"_L1).toArray()) {
        if (entry[key].toString().compare(name, Qt::CaseInsensitive) != 0)
            continue;
        for (const QJsonValue permission : entry["all_permissions"_L1].toArray()) {
            if (permission["inherited"_L1].toBool() == inherited)
                found.append(Text::line(permission["permission_level"_L1].toString(), 60));
        }
    }
    return found.join(u", "_s);
}

/// "ada@example.com (user): CAN_VIEW becomes CAN_MANAGE"
QString changeText(const Known &permissions, const QJsonObject &change)
{
    QString who;
    QString before;
    QString inherited;
    for (const QString &key : principalKeys()) {
        const QString name = change.value(key).toString();
        if (name.isEmpty())
            continue;
        const QString kind = QString(key).remove("_name"_L1).replace(u'_', u' ');
        who = u"%1 (%2)"_s.arg(Text::line(name, 120), kind);
        before = permissions ? levels(*permissions, key, name, false) : QString();
        inherited = permissions ? levels(*permissions, key, name, true) : QString();
    }
    const QString after = Text::line(change.value("permission_level"_L1).toString(), 60);
    const QString words = !permissions       ? u"gets %1; what it holds now is not known"_s.arg(after)
                          : before.isEmpty() ? u"gains %1, holds nothing directly now"_s.arg(after)
                          : before == after  ? u"keeps %1"_s.arg(after)
                                             : u"%1 becomes %2"_s.arg(before, after);
    const QString loss = !permissions       ? u"loses what it holds directly, which is not known"_s
                         : before.isEmpty() ? u"holds nothing directly, and loses nothing"_s
                                            : u"loses %1"_s.arg(before);
    const QString rest = inherited.isEmpty() ? QString() : u"; %1 is inherited and stays"_s.arg(inherited);
    return who + u": "_s + (after == NoLevel ? loss : words) + rest;
}

/// The secret's row in its scope's list: an empty one where there is no such secret, nothing where nobody knows.
QCoro::Task<Known> secretRow(ToolCall call)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"scope"_s, call.text(u"scope"_s));
    const QString path = u"/api/2.0/secrets/list"_s;
    const QString itemsKey = u"secrets"_s;
    const std::optional<KnownItems> secrets = co_await knownItems(call, path, query, itemsKey, MostSecrets);
    Known row;
    if (secrets && secrets->isWhole)
        row = QJsonObject();
    for (const QJsonValue secret : secrets.value_or(KnownItems()).items) {
        if (secret["key"_L1].toString() == call.text(u"key"_s))
            row = secret.toObject();
    }
    co_return row;
}

QString writtenText(const QJsonObject &secret)
{
    const QString time = agoText(secret.value("last_updated_timestamp"_L1).toInteger());
    return time.isEmpty() ? u"at a time that is not known"_s : time;
}

} // namespace

QCoro::Task<Consequence> changeOfPermissions(ToolCall call)
{
    const QUrlQuery none;
    const PermissionObject object = co_await permissionObject(call);
    const QString path = object.apiPath();
    const Known permissions = co_await known(call, path, none);
    Consequence consequence;
    const QJsonArray changes = call.array(u"changes"_s);
    for (qsizetype i = 0; i < std::min(changes.size(), MostChanges); ++i)
        consequence.facts.append(changeText(permissions, changes.at(i).toObject()));
    if (changes.size() > MostChanges)
        consequence.facts.append(u"%1 more changes are among the arguments."_s.arg(changes.size() - MostChanges));
    consequence.facts.append(u"Nobody else gains or loses anything."_s);
    co_return consequence;
}

QCoro::Task<Consequence> storingOfSecret(ToolCall call)
{
    const Known secret = co_await secretRow(call);
    Consequence consequence;
    if (!secret)
        consequence.facts.append(u"Whether there is such a secret already is not known."_s);
    else if (secret->isEmpty())
        consequence.facts.append(u"There is no such secret yet: nothing is replaced."_s);
    else
        consequence.facts.append(
            u"It replaces the secret that was written %1; its old value can't be brought back."_s.arg(
                writtenText(*secret)));
    co_return consequence;
}

QCoro::Task<Consequence> deletionOfSecret(ToolCall call)
{
    const Known secret = co_await secretRow(call);
    Consequence consequence;
    if (!secret)
        consequence.facts.append(u"Whether there is such a secret is not known."_s);
    else if (secret->isEmpty())
        consequence.facts.append(u"There is no such secret: nothing is deleted."_s);
    else
        consequence.facts.append(u"It was written %1."_s.arg(writtenText(*secret)));
    consequence.facts.append(u"It can't be brought back; who reads it is not known."_s);
    co_return consequence;
}

} // namespace Tools
