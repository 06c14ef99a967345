#include "common/secrets.h"

#include "common/credentialnames.h"
#include "common/namedsecrets.h"
#include "common/signs.h"
#include "common/visible.h"

#include <QRegularExpression>

#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace Text {

namespace {

constexpr qsizetype MostValues = 256;

/// How one kind of credential looks inside a text. Signs, in lower case and separated by blanks, are searched first:
/// where none of them stands in a text, the expression cannot match. What its first group holds stays.
struct Look
{
    const char *signs;
    const char16_t *pattern;
};

// Only possessive or bounded repetition, and no prefix of variable length: the time must stay linear in a text that a
// stranger chose.
constexpr std::array looks{
    // Databricks: personal access tokens, OAuth secrets and the newer prefixes
    Look{"dapi dose dsapi", uR"((?:dapi|dose|dsapi)[0-9a-f]{32,}+(?:-[0-9]++)?)"},
    Look{"dkea", uR"(dkea[0-9a-z]{16,}+(?:-[0-9]++)?)"},
    // our own access keys
    Look{"bricktray_", uR"(bricktray_[\w-]{8,}+)"},
    // JSON web tokens, whole or torn off
    Look{"eyj", uR"(eyJ[\w-]{8,}+(?:\.[\w-]*+){0,4})"},
    // GitHub, as found in the addresses of Git folders, and GitLab
    Look{"ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", uR"((?:gh[pousr]_|github_pat_)\w{20,}+)"},
    Look{"glpat- gldt- glrt- glft- gloas- glsoat- glagent- glcbt- glptt- glimt-",
         uR"(gl(?:pat|dt|rt|ft|oas|soat|agent|cbt|ptt|imt)-[\w-]{16,}+)"},
    // Slack, Hugging Face, npm, PyPI, SendGrid, Stripe
    Look{"xox", uR"(xox[a-z]-[\w-]{8,}+)"},
    Look{"xapp-", uR"(xapp-[\w-]{8,}+)"},
    Look{"hf_", uR"(hf_[0-9a-z]{20,}+)"},
    Look{"npm_", uR"(npm_[0-9a-z]{30,}+)"},
    Look{"pypi-", uR"(pypi-[\w-]{40,}+)"},
    Look{"sg.", uR"((?-i:SG)\.[\w-]{16,64}+\.[\w-]{16,}+)"},
    Look{"k_live_ k_test_", uR"([rsp]k_(?:live|test)_\w{16,}+)"},
    // OpenAI, Anthropic and their like; words that end in "sk" have no digits behind the hyphen
    Look{"sk-", uR"((?<![\w-])sk-(?=[\w-]{0,60}?[0-9])[\w-]{20,}+)"},
    // AWS and Google: access key ids, API keys
    Look{"akia asia", uR"((?-i:(?<![A-Z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Z0-9])))"},
    Look{"aiza", uR"((?-i:AIza)[\w-]{35,}+)"},
    Look{
        "-----begin",
        uR"(-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?s:.*?)(?:-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\z))"},
    // Authorization headers, and their schemes alone
    Look{"authorization",
         uR"((authorization\\?["']?\s*+[:=]\s*+\\?["']?(?:(?:basic|bearer|digest|token)\s++)?+)[^\s"'\\,;]++)"},
    Look{"bearer", uR"((bearer(?:\s|%20|\+)++)[^\s"'\\,;<>]++)"},
    Look{"basic", uR"((basic\s++)[a-z0-9+/]{16,}+={0,2})"},
    // https://user:password@host and https://token@host, but not abfss://container@account
    Look{"://", uR"((://)[^\s/:@"'<>]*+:[^\s/"'<>]*(?=@))"},
    Look{"http:// https://", uR"((https?://)[^\s/:@"'<>]++(?=@))"},
    // signed addresses of Azure, AWS and Google
    Look{"sig= sig%3d signature", uR"((sig(?:nature)?(?:=|%3d))[^&\s"'<>]++)"},
    Look{"x-amz- x-goog-", uR"((x-(?:amz|goog)-(?:signature|credential|security-token)(?:=|%3d))[^&\s"'<>]++)"},
    // before a colon only what no sentence has there; every other value behind a name is namedsecrets.h's
    Look{
        "password: passwd: pwd: client_secret: private_key: api_key: access_key:",
        uR"(((?:passw(?:or)?d|(?<![a-z])pwd|client_secret|private_key|api_key|access_key):\s*+)[^\s"'&;,)]++(?!\s{0,4}=))"},
};

struct Finder
{
    int signs;
    QRegularExpression expression;
};

struct Finders
{
    Finders()
    {
        for (const Look &look : looks) {
            QRegularExpression expression(QString::fromUtf16(look.pattern), QRegularExpression::CaseInsensitiveOption);
            Q_ASSERT_X(expression.isValid(), "Text::masked", qPrintable(expression.errorString()));
            expression.optimize();
            all.push_back({signs.add(look.signs), expression});
        }
        names = signs.add(credentialSigns());
    }

    Signs signs;
    std::vector<Finder> all;
    int names;
};

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
    static const Finders finders;
    const Signs::Found found = finders.signs.in(result);
    for (const Finder &finder : finders.all) {
        if (found >> finder.signs & 1)
            result = applied(finder.expression, result);
    }
    return found >> finders.names & 1 ? withoutNamedSecrets(result) : result;
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
