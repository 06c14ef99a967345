#pragma once

#include <QByteArray>
#include <QStringView>

#include <array>
#include <bitset>
#include <cstdint>
#include <vector>

namespace Text {

/// Groups of words that are searched in a text in one pass, in any case: what a slower search cannot do without. Words
/// are ASCII, in lower case, and of two characters at least.
class Signs
{
public:
    /// A bit for each group, by the number that add() gave it.
    using Found = std::uint64_t;

    /// Another group; the words are separated by blanks. There are 64 groups at most.
    int add(const QByteArray &words);
    /// The groups of which a word stands in the text.
    Found in(QStringView text) const;

private:
    struct Word
    {
        QByteArray word;
        int group;
    };

    std::bitset<128 * 128> m_pairs;             ///< with which the words begin
    std::array<std::vector<Word>, 128> m_words; ///< by their first character
    int m_groups = 0;
};

} // namespace Text
