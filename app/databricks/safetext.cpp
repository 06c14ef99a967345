#include "databricks/safetext.h"

#include <QChar>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

bool isWelcome(char32_t c)
{
    // The two joiners shape Persian, Indic scripts and emoji; every other format character only hides something.
    if (c == U'\n' || c == U'\t' || c == U'\u200C' || c == U'\u200D')
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return false;
    default:
        return true;
    }
}

qsizetype utf8Length(char32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

} // namespace

QString maskSecrets(QString text)
{
    static const QRegularExpression tokens(
        u"\\b(?:dapi|dkea|dose|dsapi|docs)[0-9a-f]{24,}(?:-[0-9]+)?" // Databricks tokens and OAuth secrets
        "|\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*"                   // JSON web tokens
        "|(?<=\\bBearer )[\\w.~+/-]{8,}=*"_s,
        QRegularExpression::CaseInsensitiveOption);
    return text.replace(tokens, u"•••"_s);
}

QString safeText(const QString &text, qsizetype maxBytes)
{
    constexpr qsizetype ellipsis = 3;
    QString cleaned;
    // Far more than can stay, so that a huge text costs little and no token is cut in two before it is masked.
    for (const char32_t c : text.left(4 * maxBytes).toUcs4()) {
        if (isWelcome(c))
            cleaned += QStringView(QChar::fromUcs4(c));
    }
    const QString masked = maskSecrets(cleaned.trimmed());
    if (masked.toUtf8().size() <= maxBytes)
        return masked;
    QString cut;
    qsizetype bytes = ellipsis;
    for (const char32_t c : masked.toUcs4()) {
        bytes += utf8Length(c);
        if (bytes > maxBytes)
            break;
        cut += QStringView(QChar::fromUcs4(c));
    }
    return cut + u'…';
}

} // namespace Databricks
