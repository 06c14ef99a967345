#include "http/chunkcounter.h"

#include <algorithm>

namespace Http {

namespace {

constexpr int MostDigits = 8; // 4 GiB, beyond any limit, and far from overflow

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

bool ChunkCounter::read(QByteArrayView &bytes)
{
    while (!bytes.isEmpty() && !isComplete()) {
        if (m_expect == Expect::Data) {
            const qsizetype part = std::min<qint64>(m_chunkLeft, bytes.size());
            bytes = bytes.sliced(part);
            m_chunkLeft -= part;
            if (m_chunkLeft == 0)
                m_expect = Expect::DataReturn;
            continue;
        }
        const char c = bytes.front();
        bytes = bytes.sliced(1);
        ++m_framingSize;
        if (!take(c))
            return false;
    }
    return true;
}

bool ChunkCounter::take(char c)
{
    const auto move = [this, c](char expected, Expect next) {
        m_expect = next;
        return c == expected;
    };
    switch (m_expect) {
    case Expect::Size:
        return takeSize(c);
    case Expect::Extension:
        if (c == '\r')
            m_expect = Expect::SizeEnd;
        return c == '\r' || c == '\t' || (uchar(c) >= 0x20 && c != 0x7f);
    case Expect::SizeEnd:
        m_digits = 0;
        m_bodySize += m_chunkLeft;
        return move('\n', m_chunkLeft > 0 ? Expect::Data : Expect::LastReturn);
    case Expect::DataReturn:
        return move('\r', Expect::DataEnd);
    case Expect::DataEnd:
        return move('\n', Expect::Size);
    case Expect::LastReturn:
        return move('\r', Expect::LastEnd);
    case Expect::LastEnd:
        return move('\n', Expect::Nothing);
    case Expect::Data:
    case Expect::Nothing:
        break;
    }
    return false;
}

bool ChunkCounter::takeSize(char c)
{
    const int digit = hexDigit(c);
    if (digit >= 0) {
        m_chunkLeft = m_chunkLeft * 16 + digit;
        return ++m_digits <= MostDigits;
    }
    m_expect = c == '\r' ? Expect::SizeEnd : Expect::Extension;
    return m_digits > 0 && (c == '\r' || c == ';');
}

} // namespace Http
