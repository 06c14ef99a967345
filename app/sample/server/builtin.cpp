#include "sample/server/builtin.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QUuid>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace Sample {

QByteArray builtIn(const QString &name)
{
    QFile file(":/bricktray/sample/"_L1 + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The sample workspace's %s is not built in.", qPrintable(name));
    return file.readAll();
}

bool hasBuiltIn(const QString &name)
{
    return QFile::exists(":/bricktray/sample/"_L1 + name);
}

QJsonObject builtInJson(const QString &name)
{
    const QJsonObject json = QJsonDocument::fromJson(builtIn(name)).object();
    if (json.isEmpty())
        qFatal("The sample workspace's %s is not JSON.", qPrintable(name));
    return json;
}

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
