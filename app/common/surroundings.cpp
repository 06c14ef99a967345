#include "common/surroundings.h"

#include <algorithm>

namespace Text {

namespace {

/// How far a name, and what stands between it and its value, may reach: the time must stay linear.
constexpr qsizetype LongestName = 120;
constexpr qsizetype LongestGap = 240;

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-' || c == u'$';
}

} // namespace

bool isQuote(QChar c)
{
    return c == u'\'' || c == u'"' || c == u'`';
}

bool Surroundings::isAt(qsizetype place, QStringView words) const
{
    return m_text.sliced(std::min(place, m_text.size())).startsWith(words, Qt::CaseInsensitive);
}

qsizetype Surroundings::nameBegin(qsizetype place) const
{
    const qsizetype least = std::max<qsizetype>(0, place - LongestName);
    while (place > least && isNamePart(m_text[place - 1]))
        --place;
    return place;
}

qsizetype Surroundings::nameEnd(qsizetype place) const
{
    const qsizetype most = std::min(m_text.size(), place + LongestName);
    while (place < most && isNamePart(m_text[place]))
        ++place;
    return place;
}

Quote Surroundings::quoteBefore(qsizetype place) const
{
    if (!isQuote(at(place - 1)))
        return {};
    Quote quote{at(place - 1)};
    while (quote.backslashes < LongestGap && at(place - 2 - quote.backslashes) == u'\\')
        ++quote.backslashes;
    return quote;
}

Quote Surroundings::takeQuote(qsizetype &place) const
{
    qsizetype mark = place;
    while (mark - place < LongestGap && at(mark) == u'\\')
        ++mark;
    if (!isQuote(at(mark)))
        return {};
    const Quote quote{at(mark), mark - place};
    place = mark + 1;
    return quote;
}

qsizetype Surroundings::gapEnd(qsizetype place) const
{
    const qsizetype most = std::min(m_text.size(), place + LongestGap);
    while (place < most) {
        if (m_text[place].isSpace())
            ++place;
        else if (isAt(place, u"--"))
            place = behind(u'\n', u"", place, most);
        else if (isAt(place, u"/*"))
            place = behind(u'*', u"/", place + 2, most);
        else
            break;
    }
    return place;
}

qsizetype Surroundings::valueEnd(qsizetype place, Quote quote) const
{
    qsizetype backslashes = 0;
    for (; place < m_text.size(); ++place) {
        if (m_text[place] == u'\\') {
            ++backslashes;
            continue;
        }
        // With each level that a text was put into another one, a quote in it has twice the backslashes, and one.
        const bool isEnd =
            m_text[place] == quote.mark && backslashes % (2 * (quote.backslashes + 1)) == quote.backslashes;
        // SQL doubles a quote that is part of the value.
        if (isEnd && quote.backslashes == 0 && at(place + 1) == quote.mark)
            ++place;
        else if (isEnd)
            return place - quote.backslashes;
        backslashes = 0;
    }
    return place;
}

bool Surroundings::isTriple(qsizetype place, Quote quote) const
{
    return quote.backslashes == 0 && at(place) == quote.mark && at(place + 1) == quote.mark;
}

qsizetype Surroundings::tripleEnd(qsizetype place, QChar mark) const
{
    while (place < m_text.size() && !(at(place) == mark && at(place + 1) == mark && at(place + 2) == mark))
        place += m_text[place] == u'\\' ? 2 : 1;
    return std::min(place, m_text.size());
}

qsizetype Surroundings::bareEnd(qsizetype place, QStringView ends) const
{
    while (place < m_text.size() && !ends.contains(m_text[place]))
        ++place;
    return place;
}

bool Surroundings::isBehindWord(qsizetype place, QStringView word) const
{
    const qsizetype begin = spaceBegin(place) - word.size();
    return begin >= 0 && isAt(begin, word) && !isNamePart(at(begin - 1));
}

qsizetype Surroundings::spaceBegin(qsizetype place) const
{
    const qsizetype least = std::max<qsizetype>(0, place - LongestGap);
    while (place > least && m_text[place - 1].isSpace())
        --place;
    return place;
}

qsizetype Surroundings::behind(QChar first, QStringView rest, qsizetype place, qsizetype most) const
{
    while (place < most && !(m_text[place] == first && isAt(place + 1, rest)))
        ++place;
    return std::min(place + 1 + rest.size(), most);
}

} // namespace Text
