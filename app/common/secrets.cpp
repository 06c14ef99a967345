#include "common/secrets.h"

#include "common/visible.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace Text {

namespace {

/// What the names of credentials are made of. "_" may be missing, and in a text be "-".
struct Word
{
    QLatin1StringView word;
    bool isFoundInText = true; ///< in front of its value; else only as the name of a member
};

constexpr std::array Words{
    Word{"token"_L1},
    Word{"password"_L1},
    Word{"passwd"_L1},
    Word{"pwd"_L1},
    Word{"secret"_L1},
    Word{"string_value"_L1},
    Word{"bytes_value"_L1},
    Word{"private_key"_L1},
    Word{"api_key"_L1},
    Word{"access_key"_L1},
    Word{"account_key"_L1},
    Word{"authorization"_L1},
    Word{"credential"_L1, false},
    Word{"connection_string"_L1, false},
    Word{"activation_url"_L1, false},
};

// Databricks' names that contain such a word and hold nothing secret. Their values are still searched for patterns.
constexpr std::array PlainNames{
    "pagetoken"_L1,      "nextpagetoken"_L1,
    "prevpagetoken"_L1,  "idempotencytoken"_L1,
    "maxtokens"_L1,      "tokenid"_L1,
    "secretscope"_L1,    "storagecredentialname"_L1,
    "credentialname"_L1, "storagecredentialid"_L1,
    "credentialid"_L1,   "credentialtype"_L1,
    "secretname"_L1,     "tokentype"_L1,
    "tokenendpoint"_L1,  "authorizationendpoint"_L1,
};

/// An expression that finds a name in a text.
QString wordsExpression()
{
    QStringList words;
    for (const Word &word : Words) {
        if (word.isFoundInText)
            words.append(QString(word.word).replace(u"_"_s, u"[_-]?"_s));
    }
    return u"(?:"_s + words.join(u'|') + u')';
}

// Every credential that is recognised inside a text; what the first group holds stays. Only possessive or bounded
// repetition, and no prefix of variable length: the time must stay linear in a text that a stranger chose. NAME stands
// for any of the words above.
constexpr std::array<const char16_t *, 20> patterns{
    // Databricks: personal access tokens, OAuth secrets and the newer prefixes
    uR"((?:dapi|dose|dsapi)[0-9a-f]{32,}+(?:-[0-9]++)?)",
    uR"(dkea[0-9a-z]{16,}+(?:-[0-9]++)?)",
    // our own access keys
    uR"(bricktray_[\w-]{8,}+)",
    // JSON web tokens, whole or torn off
    uR"(eyJ[\w-]{8,}+(?:\.[\w-]*+){0,4})",
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
    uR"((NAME\w{0,20}+"\s*+:\s*+")(?:[^"\\]++|\\[\s\S])*+)",
    uR"((NAME\w{0,20}+'\s*+:\s*+')(?:[^'\\]++|\\[\s\S])*+)",
    uR"((NAME\w{0,20}+\\"\s*+:\s*+\\")(?:[^"\\]++|\\\\\\"|\\[^"])*+)",
    // password = "..." and password=...; before a colon only what no sentence has there
    uR"((NAME\s*+=\s*+")[^"]*+)",
    uR"((NAME\s*+=\s*+')[^']*+)",
    uR"((NAME(?:=|%3d))[^\s"'&;,)]++)",
    uR"(((?:passw(?:or)?d|client_secret|private_key|api_key|access_key):\s*+)[^\s"'&;,)]++)",
};

const std::vector<QRegularExpression> &expressions()
{
    static const std::vector<QRegularExpression> compiled = [] {
        const QString words = wordsExpression();
        std::vector<QRegularExpression> list;
        for (const char16_t *pattern : patterns) {
            const QString expression = QString::fromUtf16(pattern).replace(u"NAME"_s, words);
            list.emplace_back(expression, QRegularExpression::CaseInsensitiveOption);
            Q_ASSERT_X(list.back().isValid(), "Text::masked", qPrintable(list.back().errorString()));
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
            // Checked once by masked(); checking at every match would make many matches quadratic.
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

} // namespace

QString mask()
{
    return u"•••"_s;
}

QString masked(const QString &text, const QStringList &values)
{
    // The engine refuses unpaired surrogates, and what it refuses it does not search.
    QString result = text.isValidUtf16() ? text : QString::fromUtf8(text.toUtf8());
    for (const QString &value : values)
        result.replace(value, mask());
    for (const QRegularExpression &expression : expressions())
        result = applied(expression, result);
    return result;
}

QString shown(const QString &text, qsizetype maxBytes)
{
    // Far more than can stay, so that a huge text costs little and no token is cut in two before it is masked.
    return cut(masked(visible(text.left(4 * maxBytes)).trimmed()), maxBytes);
}

QString shownLine(const QString &text, qsizetype longest, const QStringList &values)
{
    return line(masked(visible(text), values), longest);
}

bool isCredentialName(const QString &name)
{
    static const QStringList parts = [] {
        QStringList list;
        for (const Word &word : Words)
            list.append(foldedName(word.word));
        return list;
    }();
    const QString folded = foldedName(name);
    const auto isIn = [&folded](const QString &part) { return folded.contains(part); };
    return std::ranges::any_of(parts, isIn) && std::ranges::find(PlainNames, folded) == PlainNames.end();
}

QString foldedName(const QString &name)
{
    QString folded = name.normalized(QString::NormalizationForm_KC).toCaseFolded();
    folded.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return folded;
}

} // namespace Text
