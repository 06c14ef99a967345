#include "settings/folder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace Settings {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

QString folderOr(const QString &named, QStandardPaths::StandardLocation otherwise)
{
    return named.isEmpty() ? QStandardPaths::writableLocation(otherwise) : QDir(named).absolutePath();
}

#ifdef Q_OS_UNIX
struct stat factsOf(const QString &path)
{
    struct stat facts = {};
    ::stat(QFile::encodeName(path).constData(), &facts);
    return facts;
}

/// What is wrong with the folder itself.
QString ownProblem(const QString &folder)
{
    const struct stat facts = factsOf(folder);
    if (facts.st_uid != ::geteuid())
        return Words::tr("it belongs to another user. Choose a folder of your own.");
    if (facts.st_mode & (S_IWGRP | S_IWOTH))
        return Words::tr("other users can write to it. Take that from them (chmod go-w), or choose another folder.");
    return {};
}

/// What is wrong with the folders that it lies in: who may write to one puts another folder in its place.
QString placeProblem(QString folder)
{
    // Root, or who stands for it in a container's users.
    const uid_t system = factsOf(QDir::rootPath()).st_uid;
    while (true) {
        const struct stat facts = factsOf(folder);
        const bool isOthers = facts.st_uid != ::geteuid() && facts.st_uid != system;
        const bool isGroups = (facts.st_mode & S_IWGRP) && facts.st_gid != 0 && facts.st_gid != ::getegid();
        const bool isOpen = ((facts.st_mode & S_IWOTH) || isGroups) && !(facts.st_mode & S_ISVTX);
        if (isOthers || isOpen)
            return Words::tr("other users can put another one in its place, because %1 is theirs or open to them. "
                             "Choose another folder.")
                .arg(QDir::toNativeSeparators(folder));
        const QString parent = QFileInfo(folder).path();
        if (parent == folder)
            return {};
        folder = parent;
    }
}
#endif

} // namespace

QString dataFolder(const QString &named)
{
    return folderOr(named, QStandardPaths::AppDataLocation);
}

QString settingsFolder(const QString &named)
{
    return folderOr(named, QStandardPaths::AppConfigLocation);
}

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

QString folderProblem(const QString &path)
{
#ifdef Q_OS_UNIX
    // Where links lead to is what counts.
    QString existing = QFileInfo(path).absoluteFilePath();
    const bool isThere = QFileInfo(existing).isDir();
    while (!QFileInfo::exists(existing) && QFileInfo(existing).path() != existing)
        existing = QFileInfo(existing).path();
    existing = QFileInfo(existing).canonicalFilePath();
    QString problem = isThere ? ownProblem(existing) : QString();
    if (problem.isEmpty())
        problem = placeProblem(isThere ? QFileInfo(existing).path() : existing);
    if (!problem.isEmpty())
        return Words::tr("Bricktray keeps nothing in %1: %2").arg(QDir::toNativeSeparators(path), problem);
#else
    Q_UNUSED(path)
#endif
    return {};
}

} // namespace Settings
