#include "sample/server/builtin.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sample {

QByteArray builtIn(const QString &name)
{
    QFile file(":/bricktray/sample/"_L1 + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The sample workspace's %s is not built in.", qPrintable(name));
    return file.readAll();
}

QJsonObject builtInJson(const QString &name)
{
    const QJsonObject json = QJsonDocument::fromJson(builtIn(name)).object();
    if (json.isEmpty())
        qFatal("The sample workspace's %s is not JSON.", qPrintable(name));
    return json;
}

} // namespace Sample
