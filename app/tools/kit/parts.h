#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QString>

#include <functional>
#include <optional>

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

/// The rows of a thing's inner list that fit into an answer.
struct RowsPart
{
    QJsonArray rows;
    qsizetype first = 0;
    qsizetype total = 0;

    bool isWhole() const { return rows.size() == total; }
    /// "Tasks 1 to 90 of 240 are shown; …"; empty when all are. argument is the one that takes the number to go on
    /// from.
    QString note(const QString &things, const QString &argument) const;
};

/// What an answer makes of a row of the API's.
using RowShape = std::function<QJsonValue(const QJsonValue &)>;

/// From the one numbered first (from 0) on, as many as fit into bytes of JSON, and at least one.
RowsPart rowsPart(const QJsonArray &rows, qsizetype first, qsizetype bytes, const RowShape &shape = {});

/// A row of cells, cleaned: texts and nulls.
QJsonValue cleanCells(const QJsonValue &row);

/// Whether the bytes are UTF-8 text and no binary file.
bool isText(const QByteArray &bytes);

/// The text of a file, whatever wrote it.
struct DecodedText
{
    bool isText = false; ///< false: a binary file
    QString text;        ///< without a byte order mark
    QString charset;     ///< "UTF-16" or "Latin-1"; empty for UTF-8
};

/// Reads UTF-8, UTF-16 (with its mark, or where every second byte of Latin letters is 0), and Latin-1 as Windows has
/// it.
DecodedText decodedText(const QByteArray &bytes);

/// What base64 stands for, whatever its line breaks; nothing where it is not base64.
std::optional<QByteArray> fromBase64(const QString &text);

} // namespace Tools
