#pragma once

#include <QByteArray>
#include <QString>

namespace Tools {

/// A part of a long text that fits into an answer, and where it lies in the whole. Counted in bytes of UTF-8.
struct TextPart
{
    QString text;
    qint64 first = 0;
    qint64 end = 0; ///< behind the last byte
    qint64 total = 0;

    bool isWhole() const { return first == 0 && end == total; }
    /// "Bytes 0 to 49151 of 120000 are shown; call again with offset 49152 for what follows."; empty for the whole.
    QString note(const QString &howToGoOn) const;
};

/// From offset on, at most most bytes; never half a character. Cleaned.
TextPart textPart(const QByteArray &utf8, qint64 offset, qint64 most);

/// How many bytes at the end belong to a character that is not there whole.
qsizetype tornBytes(const QByteArray &utf8);
/// How many bytes at the beginning belong to a character that began before.
qsizetype orphanedBytes(const QByteArray &utf8);

} // namespace Tools
