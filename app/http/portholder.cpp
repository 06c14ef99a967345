#include "http/portholder.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <filesystem>
#include <string>

using namespace Qt::StringLiterals;

namespace Http {

namespace {

/// The sockets that listen on a port, from /proc/net/tcp and tcp6 (proc(5)), as links in /proc/PID/fd name them.
QSet<QByteArray> listeningSockets(quint16 port)
{
    constexpr qsizetype LocalAddress = 1, State = 3, Inode = 9;
    const QByteArray portSuffix = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    QSet<QByteArray> sockets;
    for (const QString &table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArrayList lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QByteArrayList fields = line.simplified().split(' ');
            if (fields.size() > Inode && fields[LocalAddress].endsWith(portSuffix) && fields[State] == "0A")
                sockets += "socket:[" + fields[Inode] + ']';
        }
    }
    return sockets;
}

bool holdsOneOf(const QString &process, const QSet<QByteArray> &sockets)
{
    std::error_code unreadable; // another user's process, or one that has just ended
    const std::string folder = "/proc/" + process.toStdString() + "/fd";
    std::filesystem::directory_iterator entry(folder, unreadable);
    while (!unreadable && entry != std::filesystem::directory_iterator()) {
        std::error_code vanished;
        const std::string target = std::filesystem::read_symlink(entry->path(), vanished).string();
        if (!vanished && sockets.contains(QByteArray::fromStdString(target)))
            return true;
        entry.increment(unreadable);
    }
    return false;
}

QString nameOf(const QString &process)
{
    QFile file(u"/proc/"_s + process + u"/comm"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().trimmed()) : QString();
}

} // namespace

QString portHolder(quint16 port)
{
    const QSet<QByteArray> sockets = listeningSockets(port);
    if (sockets.isEmpty())
        return {};
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs);
    for (const QString &process : processes) {
        if (holdsOneOf(process, sockets))
            return u"%1, process %2"_s.arg(nameOf(process), process);
    }
    return {};
}

} // namespace Http
