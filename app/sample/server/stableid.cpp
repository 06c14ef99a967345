#include "sample/server/stableid.h"

#include <QCryptographicHash>
#include <QUuid>
#include <QtEndian>

namespace Sample {

qint64 stableId(const QString &text)
{
    constexpr quint64 above = quint64(1) << 50;
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return static_cast<qint64>((above + qFromBigEndian<quint64>(hash.constData()) % (7 * above)) | 1);
}

QString stableUuid(const QString &text)
{
    return QUuid::createUuidV5(QUuid(), text).toString(QUuid::WithoutBraces);
}

} // namespace Sample
