#include "tools/kit/safejson.h"

#include "tools/kit/answer.h"

#include "calls/masking.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// token/create, service principal secrets, temporary credentials of tables and paths, OAuth.
const QSet<QString> Credentials{u"token_value"_s,   u"access_token"_s,      u"refresh_token"_s, u"id_token"_s,
                                u"session_token"_s, u"secret_access_key"_s, u"sas_token"_s,     u"client_secret"_s,
                                u"secret"_s,        u"oauth_token"_s,       u"password"_s,      u"private_key"_s,
                                u"activation_url"_s};

} // namespace

QJsonValue safeJson(const QJsonValue &value)
{
    if (value.isString())
        return clean(Calls::maskedText(value.toString()));
    if (value.isArray()) {
        QJsonArray safe;
        for (const QJsonValue element : value.toArray())
            safe.append(safeJson(element));
        return safe;
    }
    if (!value.isObject())
        return value;
    QJsonObject safe;
    const QJsonObject members = value.toObject();
    for (auto member = members.begin(); member != members.end(); ++member) {
        const bool hidden = member->isString() && Credentials.contains(member.key().toLower());
        safe.insert(clean(member.key()), hidden ? QJsonValue(u"•••"_s) : safeJson(*member));
    }
    return safe;
}

} // namespace Tools
