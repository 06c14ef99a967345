#include "gui/settings/autostart.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Gui::Autostart {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Gui::Autostart", text);
}

QString fileName()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           u"/autostart/io.github.bricktray.Bricktray.desktop"_s;
}

/// An AppImage runs from a mount that is another one every time.
QString program()
{
    const QString image = qEnvironmentVariable("APPIMAGE");
    return image.isEmpty() ? QCoreApplication::applicationFilePath() : image;
}

/// An argument of an Exec line: quoted, and escaped once more as every string of a desktop entry.
/// https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
QString quoted(const QString &argument)
{
    QString inside;
    for (const QChar c : argument) {
        if (u"\"`$\\"_s.contains(c))
            inside += u'\\';
        inside += c == u'%' ? u"%%"_s : QString(c);
    }
    return u'"' + inside.replace(u'\\', u"\\\\"_s) + u'"';
}

QByteArray entry()
{
    return u"[Desktop Entry]\n"
           "Type=Application\n"
           "Name=Bricktray\n"
           "Icon=io.github.bricktray.Bricktray\n"
           "Exec=%1 --minimized\n"
           "Terminal=false\n"
           "X-GNOME-Autostart-enabled=true\n"_s.arg(quoted(program()))
               .toUtf8();
}

} // namespace

bool isSupported()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    return true;
#else
    return false;
#endif
}

bool isOn()
{
    QFile file(fileName());
    if (!isSupported() || !file.open(QIODevice::ReadOnly))
        return false;
    // Desktops switch an entry off without removing it.
    bool on = true;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        const QString key = line.section(u'=', 0, 0).trimmed();
        const QString value = line.section(u'=', 1).trimmed();
        if ((key == "Hidden"_L1 && value == "true"_L1) ||
            (key == "X-GNOME-Autostart-enabled"_L1 && value == "false"_L1))
            on = false;
    }
    return on;
}

QString set(bool on)
{
    const QString name = fileName();
    if (!on) {
        if (!QFile::exists(name) || QFile::remove(name))
            return {};
        return tr("%1 can't be removed. Remove it by hand, and Bricktray does not start by itself.")
            .arg(QDir::toNativeSeparators(name));
    }
    QDir().mkpath(name.section(u'/', 0, -2));
    const QByteArray text = entry();
    QSaveFile file(name);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    return tr("%1 can't be written: %2").arg(QDir::toNativeSeparators(name), file.errorString());
}

} // namespace Gui::Autostart
