#include "instance/socketnames.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace Instance {

using namespace Qt::StringLiterals;

namespace {

QString nameFor(const QString &dataDir)
{
    const QString canonical = QFileInfo(dataDir).canonicalFilePath();
    const QByteArray path = (canonical.isEmpty() ? QDir(dataDir).absolutePath() : canonical).toUtf8();
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(16);
    return u"bricktray-"_s + QString::fromLatin1(hash);
}

#ifdef Q_OS_UNIX
/// sun_path holds 108 bytes on Linux and 104 on macOS, and Qt listens under a longer name first.
constexpr qsizetype LongestPath = 99;

/// A folder that others can write to would let them answer in our place.
bool isPrivate(const QString &folder)
{
    const QFileInfo info(folder);
    return info.isDir() && info.ownerId() == ::getuid() &&
           !(info.permissions() & (QFile::WriteGroup | QFile::WriteOther));
}

void addPathIn(const QString &folder, const QString &name, QStringList *names)
{
    const QString path = folder + u'/' + name;
    if (QDir::isAbsolutePath(folder) && isPrivate(folder) && QFile::encodeName(path).size() <= LongestPath)
        names->append(path);
}
#endif

} // namespace

QStringList socketNames(const QString &dataDir)
{
    const QString name = nameFor(dataDir);
#ifdef Q_OS_UNIX
    const QString temporary = QDir::tempPath() + u"/bricktray-"_s + QString::number(::getuid());
    QStringList names;
    addPathIn(qEnvironmentVariable("XDG_RUNTIME_DIR"), name, &names);
    addPathIn(QDir(dataDir).absolutePath(), name, &names);
    if (names.isEmpty())
        QDir().mkdir(temporary, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    addPathIn(temporary, name, &names);
    return names;
#else
    return {name};
#endif
}

} // namespace Instance
