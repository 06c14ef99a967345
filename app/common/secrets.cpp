#include "common/secrets.h"

#include "common/namedsecrets.h"
#include "common/visible.h"

#include <QRegularExpression>

#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace Text {

namespace {

constexpr qsizetype MostValues = 256;

// Every credential that is recognised inside a text by its own looks; what the first group holds stays. Only possessive
// or bounded repetition, and no prefix of variable length: the time must stay linear in a text that a stranger chose.
constexpr std::array<const char16_t *, 25> patterns{
    // Databricks: personal access tokens, OAuth secrets and the newer prefixes
    uR"((?:dapi|dose|dsapi)[0-9a-f]{32,}+(?:-[0-9]++)?)",
    uR"(dkea[0-9a-z]{16,}+(?:-[0-9]++)?)",
    // our own access keys
    uR"(bricktray_[\w-]{8,}+)",
    // JSON web tokens, whole or torn off
    uR"(eyJ[\w-]{8,}+(?:\.[\w-]*+){0,4})",
    // GitHub, as found in the addresses of Git folders, and GitLab
    uR"((?:gh[pousr]_|github_pat_)\w{20,}+)",
    uR"(gl(?:pat|dt|rt|ft|oas|soat|cbt|ptt|imt|agent)-[\w-]{16,}+)",
    // Slack, Hugging Face, npm, PyPI, SendGrid, Stripe
    uR"(xox[a-z]-[\w-]{8,}+)",
    uR"(xapp-[\w-]{8,}+)",
    uR"(hf_[0-9a-z]{20,}+)",
    uR"(npm_[0-9a-z]{30,}+)",
    uR"(pypi-[\w-]{40,}+)",
    uR"((?-i:SG)\.[\w-]{16,64}+\.[\w-]{16,}+)",
    uR"([rsp]k_(?:live|test)_\w{16,}+)",
    // OpenAI, Anthropic and their like; words that end in "sk" have no digits behind the hyphen
    uR"((?<![\w-])sk-(?=[\w-]{0,60}?[0-9])[\w-]{20,}+)",
    // AWS and Google: access key ids, API keys
    uR"((?-i:(?<![A-Z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Z0-9])))",
    uR"((?-i:AIza)[\w-]{35,}+)",
    uR"(-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?s:.*?)(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\z))",
    // Authorization headers, and their schemes alone
    uR"((authorization\\?["']?\s*+[:=]\s*+\\?["']?(?:(?:basic|bearer|digest|token)\s++)?+)[^\s"'\\,;]++)",
    uR"((bearer(?:\s|%20|\+)++)[^\s"'\\,;<>]++)",
    uR"((basic\s++)[a-z0-9+/]{16,}+={0,2})",
    // https://user:password@host and https://token@host, but not abfss://container@account
    uR"((://)[^\s/:@"'<>]*+:[^\s/"'<>]*(?=@))",
    uR"((https?://)[^\s/:@"'<>]++(?=@))",
    // signed addresses of Azure, AWS and Google
    uR"((sig(?:nature)?(?:=|%3d))[^&\s"'<>]++)",
    uR"((x-(?:amz|goog)-(?:signature|credential|security-token)(?:=|%3d))[^&\s"'<>]++)",
    // before a colon only what no sentence has there; every other value behind a name is namedsecrets.h's
    uR"(((?:passw(?:or)?d|(?<![a-z])pwd|client_secret|private_key|api_key|access_key):\s*+)[^\s"'&;,)]++(?!\s{0,4}=))",
};

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

QString mask()
{
    return u"•••"_s;
}

QString masked(const QString &text, const QStringList &values)
{
    // The engine refuses unpaired surrogates, and what it refuses it does not search.
    QString result = text.isValidUtf16() ? text : QString::fromUtf8(text.toUtf8());
    // Each is looked for in the whole text. So many are nobody's secrets, but somebody's try to keep the machine busy.
    if (values.size() > MostValues)
        return mask();
    for (const QString &value : values)
        result.replace(value, mask());
    for (const QRegularExpression &expression : expressions())
        result = applied(expression, result);
    return withoutNamedSecrets(result);
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

} // namespace Text
