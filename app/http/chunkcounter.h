#pragma once

#include <QByteArrayView>

namespace Http {

/// Follows the framing of a chunked body (RFC 9112 section 7.1) without keeping it, to know how large it is and where
/// it ends. Trailer fields are not accepted: QtHttpServer would read them as the next request.
class ChunkCounter
{
public:
    /// Takes what belongs to the body from the front of bytes; false where the framing is wrong.
    bool read(QByteArrayView &bytes);

    bool isComplete() const { return m_expect == Expect::Nothing; }
    qint64 bodySize() const { return m_bodySize; }       ///< of the chunks announced so far, in bytes
    qint64 framingSize() const { return m_framingSize; } ///< sizes, extensions and line ends so far, in bytes

private:
    enum class Expect { Size, Extension, SizeEnd, Data, DataReturn, DataEnd, LastReturn, LastEnd, Nothing };

    bool take(char c);
    bool takeSize(char c);

    Expect m_expect = Expect::Size;
    int m_digits = 0;
    qint64 m_chunkLeft = 0;
    qint64 m_bodySize = 0;
    qint64 m_framingSize = 0;
};

} // namespace Http
