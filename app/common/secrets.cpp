#include "common/secrets.h"

#include <QRegularExpression>

#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace Text {

namespace {

QString mask()
{
    return u"•••"_s;
}

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

QString masked(const QString &text)
{
    // The engine refuses unpaired surrogates, and what it refuses it does not search.
    QString result = text.isValidUtf16() ? text : QString::fromUtf8(text.toUtf8());
    for (const QRegularExpression &expression : expressions())
        result = applied(expression, result);
    return result;
}

} // namespace Text
