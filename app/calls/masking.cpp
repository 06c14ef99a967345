#include "calls/masking.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

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

// What the key of a secret looks like inside a text.
#define BRICKTRAY_SECRET                                                                                               \
    u"(?:token|passw(?:or)?d|pwd|secret|string_value|bytes_value|(?:private|api|access|account)[_-]?key|"              \
    u"authorization)"

// Every credential that is recognised inside a text; what the first group holds stays. Only possessive or bounded
// repetition, and no prefix of variable length: the time must stay linear in a text that a stranger chose.
constexpr std::array<const char16_t *, 20> patterns{
    // Databricks: personal access tokens, OAuth secrets and the newer prefixes
    uR"((?:dapi|dose|dsapi)[0-9a-f]{32,}+(?:-[0-9]++)?)",
    uR"(dkea[0-9a-z]{16,}+(?:-[0-9]++)?)",
    // our own access keys
    uR"(bricktray_[\w-]{8,}+)",
    // JSON web tokens, whole or torn off
    uR"(eyJ[\w-]{13,}+(?:\.[\w-]*+){0,4})",
    // GitHub, as found in the addresses of Git folders
    uR"((?:gh[pousr]_|github_pat_)\w{20,}+)",
    uR"(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\z))",
    // Authorization headers, and their schemes alone
    uR"((authorization\\?["']?\s*+[:=]\s*+\\?["']?(?:(?:basic|bearer|digest|token)\s++)?+)[^\s"'\\,;]++)",
    uR"((bearer(?:\s|%20|\+)++)[^\s"'\\,;<>]++)",
    uR"((basic\s++)[a-z0-9+/]{16,}+={0,2})",
    // https://user:password@host and https://token@host, but not abfss://container@account
    uR"((://)[^\s/:@"'<>]*+:[^\s/"'<>]*(?=@))",
    uR"((https?://)[^\s/:@"'<>]++(?=@))",
    // signed addresses of Azure, AWS and Google
    uR"((sig(?:=|%3d))[^&\s"'<>]++)",
    uR"((x-(?:amz|goog)-(?:signature|credential|security-token)(?:=|%3d))[^&\s"'<>]++)",
    // "password": "..." in JSON or Python inside a string, and JSON whose quotes are escaped once more
    u"(" BRICKTRAY_SECRET uR"(\w{0,20}+"\s*+:\s*+")(?:[^"\\]++|\\[\s\S])*+)",
    u"(" BRICKTRAY_SECRET uR"(\w{0,20}+'\s*+:\s*+')(?:[^'\\]++|\\[\s\S])*+)",
    u"(" BRICKTRAY_SECRET uR"(\w{0,20}+\\"\s*+:\s*+\\")(?:[^"\\]++|\\\\\\"|\\[^"])*+)",
    // password = "..." and password=...; before a colon only what no sentence has there
    u"(" BRICKTRAY_SECRET uR"(\s*+=\s*+")[^"]*+)",
    u"(" BRICKTRAY_SECRET uR"(\s*+=\s*+')[^']*+)",
    u"(" BRICKTRAY_SECRET uR"((?:=|%3d))[^\s"'&;,)]++)",
    uR"(((?:passw(?:or)?d|client_secret|private_key|api_key|access_key):\s*+)[^\s"'&;,)]++)",
};

#undef BRICKTRAY_SECRET

const std::vector<QRegularExpression> &expressions()
{
    static const std::vector<QRegularExpression> compiled = [] {
        std::vector<QRegularExpression> list;
        for (const char16_t *pattern : patterns) {
            list.emplace_back(QString::fromUtf16(pattern), QRegularExpression::CaseInsensitiveOption);
            Q_ASSERT_X(list.back().isValid(), "Calls::maskedText", qPrintable(list.back().errorString()));
            list.back().optimize();
        }
        return list;
    }();
    return compiled;
}

/// The text with what the expression finds masked; nothing of the text where the engine gives up on it, for then it may
/// hold anything.
QString applied(const QRegularExpression &expression, const QString &text)
{
    QString result;
    qsizetype done = 0;
    while (true) {
        const QRegularExpressionMatch match = expression.match(
            // Checked once by maskedText(); checking at every match would make many matches quadratic.
            text, done, QRegularExpression::NormalMatch, QRegularExpression::DontCheckSubjectStringMatchOption);
        if (!match.isValid())
            return mask();
        if (!match.hasMatch())
            break;
        result += QStringView(text).sliced(done, match.capturedStart() - done);
        result += match.capturedView(1);
        result += mask();
        done = match.capturedEnd();
    }
    return done == 0 ? text : result + QStringView(text).sliced(done);
}

QString normalized(const QString &key)
{
    QString plain = key.normalized(QString::NormalizationForm_KC).toCaseFolded();
    plain.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return plain;
}

class Masking
{
public:
    explicit Masking(const QStringList &secretArguments)
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
            result.insert(maskedText(it.key()), hidden ? QJsonValue(mask()) : value(it.value()));
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
            return maskedText(value.toString());
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
};

bool isInvisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
        return true;
    default:
        return false;
    }
}

} // namespace

QJsonObject masked(const QJsonObject &arguments, const QStringList &secretArguments)
{
    return Masking(secretArguments).object(arguments);
}

QString maskedText(const QString &text)
{
    // The engine refuses unpaired surrogates, and what it refuses it does not search.
    QString result = text.isValidUtf16() ? text : QString::fromUtf8(text.toUtf8());
    for (const QRegularExpression &expression : expressions())
        result = applied(expression, result);
    return result;
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
    return maskedText(result);
}

QString displayLine(const QString &text, int limit, const QStringList &secrets)
{
    QString visible;
    const QList<uint> characters = text.toUcs4();
    for (const char32_t c : characters) {
        if (QChar::isSpace(c))
            visible += u' ';
        else if (!isInvisible(c))
            visible += QStringView(QChar::fromUcs4(c));
    }
    QString line = maskedText(visible, secrets).simplified();
    if (line.size() > limit) {
        line.truncate(line.at(limit - 2).isHighSurrogate() ? limit - 2 : limit - 1);
        line += u'…';
    }
    return line;
}

} // namespace Calls
