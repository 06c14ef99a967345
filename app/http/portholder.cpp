#include "portholder.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QStringList>

#include <filesystem>
#include <optional>
#include <string>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Http {

namespace {

struct ListeningSockets
{
    QSet<QByteArray> names;   ///< as links in /proc/PID/fd have them
    std::optional<uint> user; ///< who made one of them; another than ours where there is one
};

bool isForeign(uint user)
{
#ifdef Q_OS_UNIX
    return user != ::getuid();
#else
    Q_UNUSED(user)
    return false;
#endif
}

/// The sockets that listen on a port, from /proc/net/tcp and tcp6 (proc(5)).
ListeningSockets socketsOn(quint16 port)
{
    constexpr qsizetype LocalAddress = 1, State = 3, User = 7, Inode = 9;
    const QByteArray portSuffix = ':' + QByteArray::number(port, 16).toUpper().rightJustified(4, '0');
    ListeningSockets sockets;
    for (const QString &table : {u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArrayList lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QByteArrayList fields = line.simplified().split(' ');
            if (fields.size() <= Inode || !fields[LocalAddress].endsWith(portSuffix) || fields[State] != "0A")
                continue;
            sockets.names += "socket:[" + fields[Inode] + ']';
            if (!sockets.user || !isForeign(*sockets.user))
                sockets.user = fields[User].toUInt();
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

QString processHolding(const QSet<QByteArray> &sockets)
{
    const QStringList processes = QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs);
    for (const QString &process : processes) {
        if (holdsOneOf(process, sockets))
            return u"%1, process %2"_s.arg(nameOf(process), process);
    }
    return {};
}

QString userCalled(uint user)
{
#ifdef Q_OS_UNIX
    if (const passwd *entry = ::getpwuid(user))
        return QString::fromLocal8Bit(entry->pw_name);
#endif
    return QString::number(user);
}

} // namespace

PortHolder portHolder(quint16 port)
{
    const ListeningSockets sockets = socketsOn(port);
    if (!sockets.user)
        return {};
    return {.process = processHolding(sockets.names),
            .user = userCalled(*sockets.user),
            .isForeign = isForeign(*sockets.user)};
}

QString takenPortWords(quint16 port, const PortHolder &holder)
{
    QStringList known;
    if (!holder.process.isEmpty())
        known << holder.process;
    if (holder.isForeign)
        known << u"of the user "_s + holder.user;
    const QString words =
        u"Port %1 is already in use by another program%2. Quit that program, or choose another port."_s.arg(
            QString::number(port), known.isEmpty() ? QString() : u" ("_s + known.join(u", "_s) + u')');
    if (!holder.isForeign)
        return words;
    return words + u" Clients that are set up for this port may have shown that user their access keys: replace the "
                   "keys in the settings, on the page Server."_s;
}

} // namespace Http
