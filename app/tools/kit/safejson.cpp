#include "tools/kit/safejson.h"

#include "tools/kit/answer.h"

#include "common/secrets.h"

namespace Tools {

QJsonValue safeJson(const QJsonValue &value)
{
    if (value.isString())
        return clean(Text::masked(value.toString()));
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
        const bool hidden = member->isString() && Text::isCredentialName(member.key());
        safe.insert(clean(member.key()), hidden ? QJsonValue(Text::mask()) : safeJson(*member));
    }
    return safe;
}

} // namespace Tools
