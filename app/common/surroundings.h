#pragma once

#include <QString>

namespace Text {

/// A quote with the backslashes in front of it: \" is JSON's inside of a string.
struct Quote
{
    QChar mark = {}; ///< null: none
    qsizetype backslashes = 0;

    explicit operator bool() const { return !mark.isNull(); }
    bool operator==(const Quote &) const = default;
};

bool isQuote(QChar c);

/// Reads a text around one name.
class Surroundings
{
public:
    explicit Surroundings(QStringView text)
        : m_text(text)
    {}

    QChar at(qsizetype place) const { return place >= 0 && place < m_text.size() ? m_text[place] : QChar(); }
    bool isAt(qsizetype place, QStringView words) const;

    /// The name's own bounds, from some place in it.
    qsizetype nameBegin(qsizetype place) const;
    qsizetype nameEnd(qsizetype place) const;

    Quote quoteBefore(qsizetype place) const;
    /// place moves behind it.
    Quote takeQuote(qsizetype &place) const;

    /// Behind white space and SQL's comments.
    qsizetype gapEnd(qsizetype place) const;

    /// Where a literal's value ends: at its quote, or with the text. place is the value's first character.
    qsizetype valueEnd(qsizetype place, Quote quote) const;

    /// Python's """: place is behind the first of its quotes.
    bool isTriple(qsizetype place, Quote quote) const;
    qsizetype tripleEnd(qsizetype place, QChar mark) const;

    /// The end of a value without quotes.
    qsizetype bareEnd(qsizetype place, QStringView ends) const;

    /// The last character before this place that is no space; null where the text begins.
    QChar before(qsizetype place) const { return at(spaceBegin(place) - 1); }
    bool isBehindWord(qsizetype place, QStringView word) const;

private:
    qsizetype spaceBegin(qsizetype place) const;
    qsizetype behind(QChar first, QStringView rest, qsizetype place, qsizetype most) const;

    QStringView m_text;
};

} // namespace Text
