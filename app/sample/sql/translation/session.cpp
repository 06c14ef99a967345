#include "sample/sql/translation/session.h"

#include "sample/admin/directory.h"
#include "sample/admin/identity.h"
#include "sample/sql/expressions/coercion.h"

#include <QHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// The groups that the user is in, as texts of SQLite.
QString ownGroups()
{
    QStringList names;
    for (const QString &group : directoryNames(u"Groups"_s)) {
        if (groupMembers(group).contains(sampleUser()))
            names.append(textValue(group).sql);
    }
    return names.join(", "_L1);
}

} // namespace

bool isOfTheSession(const QString &function)
{
    static const QSet<QString> functions{u"current_user"_s,
                                         u"session_user"_s,
                                         u"user"_s,
                                         u"current_catalog"_s,
                                         u"current_schema"_s,
                                         u"current_database"_s,
                                         u"is_account_group_member"_s,
                                         u"is_member"_s};
    return functions.contains(function);
}

std::optional<SqlValue> sessionValue(const SqlCall &call, const SqlDefaults &defaults)
{
    const QString user = sampleUser();
    const QHash<QString, QString> facts{{u"current_user"_s, user},
                                        {u"session_user"_s, user},
                                        {u"user"_s, user},
                                        {u"current_catalog"_s, defaults.catalog},
                                        {u"current_schema"_s, defaults.schema},
                                        {u"current_database"_s, defaults.schema}};
    if (call.arguments.isEmpty() && !call.isStar && facts.contains(call.name))
        return textValue(facts.value(call.name));
    const bool asksForGroup = call.name == "is_member"_L1 || call.name == "is_account_group_member"_L1;
    if (!asksForGroup || call.arguments.size() != 1)
        return std::nullopt;
    const SqlValue group = coerced(call.arguments.first(), u"string"_s);
    return computed(u"(%1 IN (%2))"_s.arg(group.sql, ownGroups()), u"boolean"_s, {group});
}

} // namespace Sample
