#include "mcp/displaytext.h"

#include <QList>

namespace Mcp {

namespace {

bool isHarmful(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

} // namespace

QString displayText(const QString &text, qsizetype longest)
{
    // Only so much is looked at: the text may be as long as a request.
    QList<uint> shown = text.left(4 * longest).trimmed().toUcs4();
    shown.removeIf(isHarmful);
    if (shown.size() > longest) {
        shown.resize(longest - 1);
        shown << u'…';
    }
    QString result;
    for (const uint character : shown)
        result += QChar::fromUcs4(character);
    return result.trimmed();
}

} // namespace Mcp
