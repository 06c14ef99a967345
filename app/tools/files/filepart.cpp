#include "tools/files/filepart.h"

#include "tools/kit/answer.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

#include <array>

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// Base64 takes 4 bytes for 3, and stands in the answer twice.
constexpr qsizetype BinaryBytes = AnswerBytes * 3 / 8;

struct Signature
{
    QByteArrayView start;
    QLatin1StringView type;
};

constexpr std::array Images{Signature{"\x89PNG\r\n", "image/png"_L1}, Signature{"\xff\xd8\xff", "image/jpeg"_L1},
                            Signature{"GIF8", "image/gif"_L1}};

QString imageType(const QByteArray &bytes)
{
    for (const Signature &image : Images) {
        if (bytes.startsWith(image.start))
            return image.type;
    }
    return {};
}

/// Without the characters that are torn at its ends, if the part does not reach the file's.
FilePart withoutTornEnds(FilePart part)
{
    const qsizetype orphaned = part.offset > 0 ? orphanedBytes(part.bytes) : 0;
    part.bytes.remove(0, orphaned);
    part.offset += orphaned;
    if (part.total < 0 || part.offset + part.bytes.size() < part.total)
        part.bytes.chop(tornBytes(part.bytes));
    return part;
}

FilePart cut(FilePart part, qsizetype most)
{
    part.bytes.truncate(most);
    return part;
}

QString place(const FilePart &part, const QString &encoding)
{
    const qint64 end = part.offset + part.bytes.size();
    const QString size = part.total < 0 ? u"an unknown number of"_s : QString::number(part.total);
    if (part.bytes.isEmpty())
        return part.total == 0 ? u"%1 is empty."_s.arg(Text::visible(part.path))
                               : u"%1 has %2 bytes; there is nothing at byte %3."_s.arg(Text::visible(part.path), size)
                                     .arg(part.offset);
    if (part.offset == 0 && end == part.total)
        return u"%1, whole, %2 bytes from byte 0, as %3:"_s.arg(Text::visible(part.path), size, encoding);
    const QString here = u"%1, bytes %2 to %3 of %4, as %5."_s.arg(Text::visible(part.path))
                             .arg(part.offset)
                             .arg(end - 1)
                             .arg(size, encoding);
    return end == part.total ? here : QString(here + u" For what follows call again with offset %1."_s.arg(end));
}

QJsonObject factsOf(const FilePart &part, const QString &encoding, const QString &content)
{
    QJsonObject facts{{"path"_L1, Text::visible(part.path)},
                      {"offset"_L1, part.offset},
                      {"bytes"_L1, part.bytes.size()},
                      {"encoding"_L1, encoding},
                      {"content"_L1, content}};
    if (part.total >= 0)
        facts.insert("total_bytes"_L1, part.total);
    if (part.total < 0 || part.offset + part.bytes.size() < part.total)
        facts.insert("next_offset"_L1, part.offset + part.bytes.size());
    return facts;
}

ToolResult textAnswer(const FilePart &part, const DecodedText &decoded)
{
    const QString content = Text::visible(decoded.text);
    QJsonObject facts = factsOf(part, u"text"_s, content);
    addText(facts, u"charset"_s, decoded.charset);
    Answer answer(place(part, decoded.charset.isEmpty() ? u"text"_s : QString(u"text in "_s + decoded.charset)));
    answer.text(u"content"_s, {}, content).stated(facts);
    return answer;
}

/// A part of a file in another charset than UTF-8, cut where a letter begins.
FilePart withoutHalfLetters(FilePart part)
{
    part.bytes.truncate(AnswerBytes / 2);
    if (part.offset % 2 == 0 && part.bytes.size() % 2 == 1 && decodedText(part.bytes.chopped(1)).isText)
        part.bytes.chop(1);
    return part;
}

ToolResult binaryAnswer(const FilePart &part)
{
    const QString encoded = QString::fromLatin1(part.bytes.toBase64());
    const bool whole = part.offset == 0 && part.bytes.size() == part.total;
    const QString type = whole ? imageType(part.bytes) : QString();
    const QJsonObject resource{{"uri"_L1, QString(u"dbfs:"_s + Text::visible(part.path))},
                               {"mimeType"_L1, u"application/octet-stream"_s},
                               {"blob"_L1, encoded}};
    const QJsonObject block = type.isEmpty()
                                  ? QJsonObject{{"type"_L1, u"resource"_s}, {"resource"_L1, resource}}
                                  : QJsonObject{{"type"_L1, u"image"_s}, {"data"_L1, encoded}, {"mimeType"_L1, type}};
    const QString words = place(part, u"base64"_s) + u" It is not text."_s;
    QJsonObject facts = factsOf(part, u"base64"_s, encoded);
    facts.insert("summary"_L1, words);
    const QJsonArray content{QJsonObject{{"type"_L1, u"text"_s}, {"text"_L1, words}}, block};
    return ToolResult(content, facts);
}

} // namespace

ToolResult fileAnswer(const FilePart &part)
{
    const FilePart text = withoutTornEnds(cut(part, AnswerBytes));
    if (isText(text.bytes) && (part.bytes.isEmpty() || !text.bytes.isEmpty()))
        return textAnswer(text, decodedText(text.bytes));
    const FilePart other = withoutHalfLetters(part);
    if (const DecodedText decoded = decodedText(other.bytes); decoded.isText)
        return textAnswer(other, decoded);
    return binaryAnswer(cut(part, BinaryBytes));
}

Schema filePartSchema()
{
    return Schema()
        .text(u"path"_s, {})
        .integer(u"offset"_s, u"Where in the file the content begins"_s)
        .integer(u"bytes"_s, u"How many bytes of the file the content is"_s)
        .integer(u"total_bytes"_s, u"How long the file is"_s)
        .integer(u"next_offset"_s, u"There is more: give it as offset"_s)
        .choice(u"encoding"_s, {}, {u"text"_s, u"base64"_s})
        .text(u"content"_s, {})
        .require({u"path"_s, u"offset"_s, u"bytes"_s, u"encoding"_s, u"content"_s});
}

} // namespace Tools
