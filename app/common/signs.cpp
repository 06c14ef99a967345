#include "common/signs.h"

#include <QByteArrayList>

namespace Text {

namespace {

/// In lower case; 0 for what is no ASCII to a search in any case. Two letters beyond it are the same as ASCII ones.
uchar folded(QChar c)
{
    const char16_t unit = c.unicode();
    if (unit >= u'A' && unit <= u'Z')
        return uchar(unit | 0x20);
    if (unit < 128)
        return uchar(unit);
    return unit == u'\u212A' ? 'k' : unit == u'\u017F' ? 's' : 0;
}

} // namespace

int Signs::add(const QByteArray &words)
{
    Q_ASSERT(m_groups < 64);
    for (const QByteArray &word : words.split(' ')) {
        const auto first = uchar(word.at(0));
        m_pairs.set(std::size_t(first) * 128 + uchar(word.at(1)));
        m_words.at(first).push_back({word, m_groups});
    }
    return m_groups++;
}

Signs::Found Signs::in(QStringView text) const
{
    Found found = 0;
    uchar before = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const uchar c = folded(text.at(i));
        if (m_pairs[std::size_t(before) * 128 + c]) {
            for (const Word &word : m_words.at(before)) {
                const QStringView here = text.sliced(i - 1).first(qMin(word.word.size(), text.size() - i + 1));
                if (here.compare(QLatin1StringView(word.word), Qt::CaseInsensitive) == 0)
                    found |= Found(1) << word.group;
            }
        }
        before = c;
    }
    return found;
}

} // namespace Text
