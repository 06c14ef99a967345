#include "common/bytes.h"

#include <QRandomGenerator>

namespace Bytes {

QByteArray random(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes;
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

bool isSame(const QByteArray &given, const QByteArray &expected)
{
    uint difference = given.size() == expected.size() ? 0 : 1;
    for (qsizetype i = 0; i < expected.size(); ++i)
        difference |= uint(uchar(expected[i]) ^ uchar(given.isEmpty() ? '\0' : given[i % given.size()]));
    return difference == 0;
}

} // namespace Bytes
