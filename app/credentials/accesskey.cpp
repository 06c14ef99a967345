#include "credentials/accesskey.h"

#include <QRandomGenerator>
#include <QString>

#include <array>

namespace Credentials {

QByteArray newAccessKey()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof(words)));
    return QByteArrayLiteral("bricktray_") +
           bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace Credentials
