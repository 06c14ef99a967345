#include "settings/folder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace Settings {

bool makePrivateFolder(const QString &path)
{
    const QFileInfo folder(path);
    if (folder.isDir())
        return true;
    if (!QDir().mkpath(folder.absolutePath()))
        return false;
    return QDir().mkdir(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

bool makePrivateFile(const QString &path)
{
    constexpr QFile::Permissions owner = QFile::ReadOwner | QFile::WriteOwner;
    QFile file(path);
    if (file.exists())
        return QFileInfo(path).isFile() && file.setPermissions(owner);
    return file.open(QIODevice::NewOnly | QIODevice::WriteOnly, owner);
}

} // namespace Settings
