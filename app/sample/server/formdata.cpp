#include "sample/server/formdata.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString parameter(const QString &header, const QString &name)
{
    const QRegularExpression expression(u";\\s*"_s + name + u"=(?:\"([^\"]*)\"|([^;\\s]*))"_s);
    const QRegularExpressionMatch match = expression.match(header);
    return match.captured(1) + match.captured(2);
}

QJsonValue valueOf(const QByteArray &content, bool isFile)
{
    if (isFile)
        return QString::fromLatin1(content.toBase64());
    if (content == "true" || content == "false")
        return content == "true";
    return QString::fromUtf8(content);
}

} // namespace

bool isForm(const QByteArray &contentType)
{
    return contentType.toLower().startsWith("multipart/form-data");
}

QJsonObject formAsJson(const QByteArray &contentType, const QByteArray &body)
{
    const QByteArray mark = "\r\n--" + parameter(QString::fromLatin1(contentType), u"boundary"_s).toLatin1();
    const QByteArray text = "\r\n" + body;
    QJsonObject json;
    qsizetype begin = text.indexOf(mark);
    for (qsizetype end = text.indexOf(mark, begin + 1); begin >= 0 && end > 0; end = text.indexOf(mark, begin + 1)) {
        const QByteArray part = text.mid(begin + mark.size(), end - begin - mark.size());
        const qsizetype gap = part.indexOf("\r\n\r\n");
        const QString head = QString::fromUtf8(part.left(gap));
        const bool isFile = head.contains("filename="_L1);
        if (gap >= 0)
            json.insert(parameter(head, u"name"_s), valueOf(part.mid(gap + 4), isFile));
        begin = end;
    }
    return json;
}

} // namespace Sample
