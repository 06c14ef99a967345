#include "common/visible.h"

#include <QList>

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace Text {

namespace {

struct Range
{
    char32_t first;
    char32_t last;
};

// Letters and marks to Unicode, and nothing to the eye: joiners, fillers, and selectors in which text can be hidden.
constexpr std::array Blanks{Range{0x034F, 0x034F}, Range{0x115F, 0x1160},  Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F},
                            Range{0x2800, 0x2800}, Range{0x3164, 0x3164},  Range{0xFE00, 0xFE0E}, Range{0xFFA0, 0xFFA0},
                            Range{0xFFFC, 0xFFFC}, Range{0xE0100, 0xE01EF}};

template<std::size_t Size>
bool isIn(const std::array<Range, Size> &ranges, char32_t c)
{
    return std::ranges::any_of(ranges, [c](const Range &range) { return c >= range.first && c <= range.last; });
}

bool isBlank(char32_t c)
{
    return isIn(Blanks, c);
}

bool isVisible(char32_t c)
{
    if (c == U'\n' || c == U'\t' || c == U'\u200C' || c == U'\u200D')
        return true;
    if (isBlank(c))
        return false;
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

/// Visible ASCII alone, as most texts are.
bool isPlain(QStringView text)
{
    return std::ranges::all_of(text, [](QChar c) { return (c >= u' ' && c <= u'~') || c == u'\n' || c == u'\t'; });
}

qsizetype utf8Length(char32_t c)
{
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

bool isRightToLeft(char32_t c)
{
    return QChar::direction(c) == QChar::DirR || QChar::direction(c) == QChar::DirAL ||
           QChar::direction(c) == QChar::DirAN;
}

bool isWordPart(char32_t c)
{
    return QChar::isLetterOrNumber(c) || c == U'_' || QChar::isMark(c);
}

/// Latin letters that no language of today is written with, but the alphabets of phoneticians and typesetters.
constexpr std::array OddLatin{Range{0x0250, 0x02AF}, Range{0x1D00, 0x1DBF}, Range{0xA720, 0xA7FF},
                              Range{0xAB30, 0xAB6F}, Range{0xFB00, 0xFB06}, Range{0xFF21, 0xFF5A}};

/// Letters of other scripts that cannot be told from Latin ones in most fonts.
constexpr std::u32string_view Confusable = U"аеорсухіјѕԁԛԝһӏАВЕКМНОРСТУХІЈЅԌԜ"
                                           U"ονραυιϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹՕօոսհց";

/// A letter that looks like a Latin one and is none, or none of a language.
bool isLookalike(char32_t c)
{
    if (isIn(OddLatin, c))
        return true;
    switch (QChar::script(c)) {
    case QChar::Script_Cyrillic:
    case QChar::Script_Greek:
    case QChar::Script_Armenian:
    case QChar::Script_Cherokee:
    case QChar::Script_Coptic:
    case QChar::Script_Lisu:
        return QChar::isLetter(c);
    default:
        return QChar::isLetter(c) && c >= 0x1D400 && c <= 0x1D7FF;
    }
}

/// What looks like a quote, a hyphen, a slash or another sign of a language's grammar, and is none.
bool isLookalikeSign(char32_t c)
{
    static constexpr std::array Signs{
        Range{0x01C0, 0x01C3}, Range{0x02B0, 0x02FF}, Range{0x037A, 0x037E}, Range{0x0384, 0x0387},
        Range{0x0589, 0x0589}, Range{0x05F3, 0x05F4}, Range{0x066A, 0x066D}, Range{0x2010, 0x2013},
        Range{0x2016, 0x201F}, Range{0x2024, 0x2024}, Range{0x2032, 0x203A}, Range{0x2041, 0x2044},
        Range{0x204E, 0x204F}, Range{0x2052, 0x2053}, Range{0x2212, 0x2219}, Range{0x2223, 0x2226},
        Range{0x2236, 0x223C}, Range{0x22C5, 0x22C6}, Range{0x275B, 0x275E}, Range{0x2768, 0x2775},
        Range{0x29F5, 0x29F9}, Range{0x2E3A, 0x2E43}, Range{0xA789, 0xA78C}, Range{0x1D7CE, 0x1D7FF}};
    return isIn(Signs, c);
}

/// Marks that are drawn over a letter, an enclosing or a striking one, or too many of them for any language.
bool isOverdrawn(char32_t c, qsizetype marksBefore)
{
    constexpr qsizetype MostMarks = 3;
    const bool strikes = (c >= 0x0334 && c <= 0x0338) || (c >= 0x20D0 && c <= 0x20F0);
    return QChar::isMark(c) && (strikes || marksBefore >= MostMarks);
}

/// For each character whether it stands in a word that has a Latin letter, too, or that could be one: of letters that
/// look Latin, each of them. The short words of Russian and Greek are what they are.
QList<bool> inLatinWords(const QList<uint> &characters)
{
    constexpr qsizetype Shortest = 3;
    QList<bool> latin(characters.size(), false);
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= characters.size(); ++i) {
        if (i < characters.size() && isWordPart(characters.at(i)))
            continue;
        const auto isLatin = [](uint c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
        const auto looksLatin = [](uint c) {
            return !QChar::isLetter(c) || Confusable.find(char32_t(c)) != std::u32string_view::npos;
        };
        const auto first = characters.begin() + begin;
        const auto last = characters.begin() + i;
        if (std::any_of(first, last, isLatin) || (i - begin >= Shortest && std::all_of(first, last, looksLatin)))
            std::fill(latin.begin() + begin, latin.begin() + i, true);
        begin = i + 1;
    }
    return latin;
}

/// Whether no more of what is written from the right follows behind i, blanks aside.
bool endsRightToLeft(const QList<uint> &characters, qsizetype i)
{
    ++i;
    while (i < characters.size() && (characters.at(i) == ' ' || QChar::isMark(characters.at(i))))
        ++i;
    return i == characters.size() || !isRightToLeft(characters.at(i));
}

} // namespace

QString visible(const QString &text)
{
    if (isPlain(text))
        return text;
    QString result;
    result.reserve(text.size());
    const QList<uint> characters = text.toUcs4();
    for (const char32_t c : characters) {
        if (isVisible(c))
            result += QStringView(QChar::fromUcs4(c));
    }
    return result;
}

bool isDeceptive(char32_t c)
{
    const bool isOddSpace = c != U' ' && QChar::category(c) == QChar::Separator_Space;
    const bool isOddLineEnd =
        QChar::category(c) == QChar::Separator_Line || QChar::category(c) == QChar::Separator_Paragraph;
    return c == U'\u200C' || c == U'\u200D' || c == 0xFE0F || isOddSpace || isOddLineEnd || !isVisible(c);
}

QString revealed(const QString &text)
{
    QString result;
    result.reserve(text.size());
    const QList<uint> characters = text.toUcs4();
    const QList<bool> isLatin = inLatinWords(characters);
    qsizetype marks = 0;
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const char32_t c = characters.at(i);
        const bool isOdd =
            isDeceptive(c) || isLookalikeSign(c) || (isLatin.at(i) && isLookalike(c)) || isOverdrawn(c, marks);
        marks = QChar::isMark(c) ? marks + 1 : 0;
        if (c == U'\r' && i + 1 < characters.size() && characters.at(i + 1) == '\n')
            continue;
        if (!isOdd) {
            result += QStringView(QChar::fromUcs4(c));
            // What follows stays behind it, instead of being drawn before it.
            if (isRightToLeft(c) && endsRightToLeft(characters, i))
                result += QChar(0x200E);
            continue;
        }
        result += u"«U+%1»"_s.arg(QString::number(c, 16).toUpper(), 4, u'0');
        if (c == U'\r')
            result += u'\n';
    }
    return result;
}

QString line(const QString &text, qsizetype longest)
{
    if (text.size() <= longest && isPlain(text))
        return text.simplified();
    // Only so much is looked at: the text may be as long as a request.
    QString spaced;
    const QList<uint> characters = text.left(4 * longest).toUcs4();
    for (const char32_t c : characters) {
        if (QChar::isSpace(c))
            spaced += u' ';
        else if (isVisible(c))
            spaced += QStringView(QChar::fromUcs4(c));
    }
    const QList<uint> shown = spaced.simplified().toUcs4();
    QString result;
    for (const char32_t c : shown.first(qMin(shown.size(), longest)))
        result += QStringView(QChar::fromUcs4(c));
    if (shown.size() > longest) {
        result.chop(QChar::requiresSurrogates(shown.at(longest - 1)) ? 2 : 1);
        result += u'…';
    }
    return result;
}

QString cut(const QString &text, qsizetype maxBytes)
{
    constexpr qsizetype Ellipsis = 3;
    // Every UTF-16 unit takes a byte at least, so a text with fewer units than a third needs no counting.
    if (3 * text.size() <= maxBytes || text.toUtf8().size() <= maxBytes)
        return text;
    QString result;
    qsizetype bytes = Ellipsis;
    const QList<uint> characters = text.left(maxBytes).toUcs4();
    for (const char32_t c : characters) {
        bytes += utf8Length(c);
        if (bytes > maxBytes)
            break;
        result += QStringView(QChar::fromUcs4(c));
    }
    return result + u'…';
}

} // namespace Text
