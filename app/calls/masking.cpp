#include "calls/masking.h"

#include "common/secrets.h"
#include "common/visible.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

QString mask()
{
    return u"•••"_s;
}

constexpr qsizetype ShortestSecret = 6;

// Keys are compared as letters and digits only, in lower case: "apiKey", "api-key" and "API_KEY" are one.
constexpr std::array secretKeyParts{"token"_L1,           "password"_L1,   "passwd"_L1,        "secret"_L1,
                                    "stringvalue"_L1,     "bytesvalue"_L1, "privatekey"_L1,    "apikey"_L1,
                                    "accesskey"_L1,       "accountkey"_L1, "authorization"_L1, "credential"_L1,
                                    "connectionstring"_L1};

// Databricks' names that contain such a word and hold nothing secret. Their values are still searched for patterns.
constexpr std::array plainKeys{"pagetoken"_L1,      "nextpagetoken"_L1, "prevpagetoken"_L1, "idempotencytoken"_L1,
                               "maxtokens"_L1,      "tokenid"_L1,       "secretscope"_L1,   "storagecredentialname"_L1,
                               "credentialname"_L1, "secretname"_L1};

QString normalized(const QString &key)
{
    QString plain = key.normalized(QString::NormalizationForm_KC).toCaseFolded();
    plain.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return plain;
}

class Masking
{
public:
    explicit Masking(const QStringList &secretArguments, const QStringList &secrets = {})
        : m_secrets(secrets)
    {
        for (const QString &name : secretArguments)
            m_named.append(normalized(name));
    }

    bool hides(const QString &key) const
    {
        const QString plain = normalized(key);
        if (m_named.contains(plain))
            return true;
        const auto found = [&plain](QLatin1StringView part) { return plain.contains(part); };
        return std::ranges::any_of(secretKeyParts, found) && std::ranges::find(plainKeys, plain) == plainKeys.end();
    }

    // The depth is that of a parsed document, and the parser stops at 1024.
    QJsonObject object(const QJsonObject &values) const
    {
        QJsonObject result;
        for (auto it = values.begin(); it != values.end(); ++it) {
            const bool hidden = hides(values, it.key()) && !it.value().isNull();
            result.insert(maskedText(it.key(), m_secrets), hidden ? QJsonValue(mask()) : value(it.value()));
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
            return maskedText(value.toString(), m_secrets);
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

QString maskedText(const QString &text, const QStringList &secrets)
{
    QString result = text;
    for (const QString &secret : secrets)
        result.replace(secret, mask());
    return Text::masked(result);
}

QString displayLine(const QString &text, int limit, const QStringList &secrets)
{
    return Text::line(maskedText(Text::visible(text), secrets), limit);
}

} // namespace Calls
