#include "calls/masking.h"

#include "common/credentialnames.h"
#include "common/secrets.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr qsizetype ShortestSecret = 6;

class Masking
{
public:
    explicit Masking(const QStringList &secretArguments, const QStringList &secrets = {})
        : m_secrets(secrets)
    {
        for (const QString &name : secretArguments)
            m_named.append(Text::foldedName(name));
    }

    bool hides(const QString &key) const
    {
        return m_named.contains(Text::foldedName(key)) || Text::isCredentialName(key);
    }

    // The depth is that of a parsed document, and the parser stops at 1024.
    QJsonObject object(const QJsonObject &values) const
    {
        QJsonObject result;
        for (auto it = values.begin(); it != values.end(); ++it) {
            const bool hidden = hides(values, it.key()) && !it.value().isNull();
            result.insert(Text::masked(it.key(), m_secrets), hidden ? QJsonValue(Text::mask()) : value(it.value()));
        }
        return result;
    }

    void collect(const QJsonValue &value, bool hidden, QStringList &into) const
    {
        if (value.isObject()) {
            const QJsonObject values = value.toObject();
            for (auto it = values.begin(); it != values.end(); ++it)
                collect(it.value(), hidden || hides(values, it.key()), into);
        } else if (value.isArray()) {
            for (const QJsonValue element : value.toArray())
                collect(element, hidden, into);
        } else if (hidden && value.isString() && value.toString().size() >= ShortestSecret) {
            into.append(value.toString());
        }
    }

private:
    /// Also the value of {"name": "password", "value": "..."}, as statements and jobs take their parameters.
    bool hides(const QJsonObject &values, const QString &key) const
    {
        if (hides(key))
            return true;
        const bool isValue = key == "value"_L1 || key == "default"_L1;
        return isValue && (hides(values["name"_L1].toString()) || hides(values["key"_L1].toString()));
    }

    QJsonValue value(const QJsonValue &value) const
    {
        if (value.isString())
            return Text::masked(value.toString(), m_secrets);
        if (value.isObject())
            return object(value.toObject());
        if (!value.isArray())
            return value;
        QJsonArray result;
        for (const QJsonValue element : value.toArray())
            result.append(this->value(element));
        return result;
    }

    QStringList m_named;
    QStringList m_secrets;
};

} // namespace

QJsonObject masked(const QJsonObject &arguments, const QStringList &secretArguments, const QStringList &secrets)
{
    return Masking(secretArguments, secrets).object(arguments);
}

QStringList secretValues(const QJsonObject &arguments, const QStringList &secretArguments)
{
    QStringList values;
    Masking(secretArguments).collect(arguments, false, values);
    // A secret that contains another one must go first, or its rest stays.
    std::ranges::sort(values, std::greater(), &QString::size);
    return values;
}

} // namespace Calls
