#include "tools/kit/parts.h"

#include "tools/kit/answer.h"

#include "common/visible.h"

#include <QJsonObject>
#include <QStringDecoder>
#include <QVariant>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// The length that a character announces with its first byte.
qsizetype announced(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

} // namespace

QString TextPart::note(const QString &howToGoOn) const
{
    if (isWhole())
        return {};
    if (first >= end)
        return u"The text has %1 bytes; there is nothing at byte %2."_s.arg(total).arg(first);
    const QString shown = u"Bytes %1 to %2 of %3 are shown."_s.arg(first).arg(end - 1).arg(total);
    return end < total ? QString(shown + u' ' + howToGoOn.arg(end)) : shown;
}

TextPart textPart(const QByteArray &utf8, qint64 offset, qint64 most)
{
    TextPart part;
    part.total = utf8.size();
    part.first = std::clamp<qint64>(offset, 0, part.total);
    QByteArray bytes = utf8.mid(part.first, most);
    const qsizetype orphaned = part.first > 0 ? orphanedBytes(bytes) : 0;
    bytes.remove(0, orphaned);
    part.first += orphaned;
    if (part.first + bytes.size() < part.total)
        bytes.chop(tornBytes(bytes));
    part.end = part.first + bytes.size();
    part.text = Text::visible(QString::fromUtf8(bytes));
    return part;
}

qsizetype tornBytes(const QByteArray &utf8)
{
    qsizetype start = utf8.size() - 1;
    while (start > 0 && utf8.size() - start < 4 && isContinuation(utf8.at(start)))
        --start;
    if (start < 0 || isContinuation(utf8.at(start)))
        return 0;
    const qsizetype there = utf8.size() - start;
    return there < announced(utf8.at(start)) ? there : 0;
}

qsizetype orphanedBytes(const QByteArray &utf8)
{
    qsizetype orphaned = 0;
    while (orphaned < utf8.size() && orphaned < 3 && isContinuation(utf8.at(orphaned)))
        ++orphaned;
    return orphaned;
}

QString RowsPart::note(const QString &things, const QString &argument) const
{
    if (isWhole())
        return {};
    if (rows.isEmpty())
        return u"There are %1 %2; none has the number %3."_s.arg(total).arg(things).arg(first);
    const qsizetype end = first + rows.size();
    const QString shown =
        u"%1 %2 to %3 of %4 are shown (counted from 0)."_s.arg(things).arg(first).arg(end - 1).arg(total);
    return end < total ? shown + u" For the next ones call again with %1 %2."_s.arg(argument).arg(end) : shown;
}

RowsPart rowsPart(const QJsonArray &rows, qsizetype first, qsizetype bytes, const RowShape &shape)
{
    RowsPart part;
    part.total = rows.size();
    part.first = std::clamp<qsizetype>(first, 0, part.total);
    qsizetype used = 0;
    for (qsizetype i = part.first; i < part.total; ++i) {
        const QJsonValue row = shape ? shape(rows.at(i)) : rows.at(i);
        used += jsonBytes(row);
        if (used > bytes && !part.rows.isEmpty())
            break;
        part.rows.append(row);
    }
    return part;
}

QJsonValue cleanCells(const QJsonValue &row)
{
    QJsonArray cells;
    for (const QJsonValue cell : row.toArray()) {
        if (cell.isNull())
            cells.append(cell);
        else if (cell.isArray() || cell.isObject())
            cells.append(Text::visible(jsonText(cell)));
        else
            cells.append(Text::visible(cell.toVariant().toString()));
    }
    return cells;
}

bool isText(const QByteArray &bytes)
{
    if (bytes.contains('\0'))
        return false;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    Q_UNUSED(text)
    return !decoder.hasError();
}

namespace {

/// How many of the even (or odd) bytes are 0.
qsizetype zeros(const QByteArray &bytes, qsizetype from)
{
    qsizetype count = 0;
    for (qsizetype i = from; i < bytes.size(); i += 2)
        count += bytes.at(i) == '\0' ? 1 : 0;
    return count;
}

/// The order of UTF-16's bytes; nothing where they are none. Without a mark, text of Latin letters gives it away.
std::optional<QStringConverter::Encoding> utf16In(const QByteArray &bytes)
{
    if (bytes.startsWith("\xff\xfe"))
        return QStringConverter::Utf16LE;
    if (bytes.startsWith("\xfe\xff"))
        return QStringConverter::Utf16BE;
    const qsizetype pairs = bytes.size() / 2;
    if (pairs < 4)
        return {};
    const qsizetype high = zeros(bytes, 1);
    const qsizetype low = zeros(bytes, 0);
    if (high > pairs * 7 / 10 && low == 0)
        return QStringConverter::Utf16LE;
    return low > pairs * 7 / 10 && high == 0 ? std::optional(QStringConverter::Utf16BE) : std::nullopt;
}

/// Windows-1252, which is Latin-1 with more letters (0x80 to 0x9f):
/// https://encoding.spec.whatwg.org/index-windows-1252.txt
QString fromWindows1252(const QByteArray &bytes)
{
    static const QString upper = u"\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
                                 "\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122"
                                 "\u0161\u203a\u0153\u009d\u017e\u0178"_s;
    QString text = QString::fromLatin1(bytes);
    for (QChar &c : text) {
        if (c.unicode() >= 0x80 && c.unicode() < 0xa0)
            c = upper.at(c.unicode() - 0x80);
    }
    return text;
}

/// Text of some language in a byte a letter: no controls, and most of it plain letters.
bool looksLikeLatin1(const QByteArray &bytes)
{
    const auto isControl = [](char c) {
        return (c >= 0 && c < ' ' && !QByteArray("\t\n\r\f").contains(c)) || c == 127;
    };
    const auto plain = std::ranges::count_if(bytes, [](char c) { return c >= ' ' || c == '\n' || c == '\t'; });
    return std::ranges::none_of(bytes, isControl) && plain > bytes.size() * 7 / 10;
}

} // namespace

DecodedText decodedText(const QByteArray &bytes)
{
    if (isText(bytes)) {
        const qsizetype mark = bytes.startsWith("\xef\xbb\xbf") ? 3 : 0;
        return {true, QString::fromUtf8(bytes.sliced(mark)), {}};
    }
    if (const auto encoding = utf16In(bytes)) {
        QStringDecoder decoder(*encoding);
        const QString text = decoder.decode(bytes);
        if (!decoder.hasError())
            return {true, text, u"UTF-16"_s};
    }
    return looksLikeLatin1(bytes) ? DecodedText{true, fromWindows1252(bytes), u"Latin-1"_s} : DecodedText();
}

std::optional<QByteArray> fromBase64(const QString &text)
{
    const QByteArray plain = text.simplified().remove(u' ').toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(plain, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(decoded.decoded) : std::nullopt;
}

} // namespace Tools
