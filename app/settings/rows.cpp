#include "settings/rows.h"

#include <QDir>
#include <QStandardPaths>

#include <algorithm>

namespace Settings {

using namespace Qt::StringLiterals;

namespace {

QVariant port(const QVariant &value, const Row &row)
{
    const int number = value.toInt();
    return number >= 1 && number <= 65535 ? value : row.standard;
}

QVariant days(const QVariant &value, const Row &row)
{
    return value.toInt() >= 1 ? value : row.standard;
}

/// Where the program was started from says nothing about where files should go.
QVariant folder(const QVariant &value, const Row &row)
{
    return QDir::isAbsolutePath(value.toString()) ? value : row.standard;
}

QString standardExportFolder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return (documents.isEmpty() ? QDir::homePath() : documents) + u"/Bricktray exports"_s;
}

} // namespace

const QList<Row> &allRows()
{
    static const QList<Row> table{
        {Key::Port, Scope::Program, u"Server/Port"_s, 8080, port},
        {Key::RequireAccessKey, Scope::Program, u"Server/RequireAccessKey"_s, true},
        {Key::StartServerWithApp, Scope::Program, u"Server/StartWithApp"_s, true},
        {Key::ActiveProfile, Scope::Program, u"Workspace/ActiveProfile"_s, u"default"_s},
        {Key::ReadOnly, Scope::Profile, u"Policy/ReadOnly"_s, false},
        {Key::EffectRules, Scope::Profile, u"Policy/Effects"_s, QStringList()},
        {Key::Toolsets, Scope::Profile, u"Policy/Toolsets"_s, QStringList()},
        {Key::ToolExceptions, Scope::Profile, u"Policy/ToolExceptions"_s, QStringList()},
        {Key::TrustedFunctions, Scope::Profile, u"Policy/TrustedFunctions"_s, QStringList()},
        {Key::ExportFolder, Scope::Program, u"Export/Folder"_s, standardExportFolder(), folder},
        {Key::SharedFolder, Scope::Program, u"Share/Folder"_s, QString(), folder},
        {Key::ShowNotifications, Scope::Program, u"Window/ShowNotifications"_s, true},
        {Key::CloseHintShown, Scope::Program, u"Window/CloseHintShown"_s, false},
        {Key::StartMinimized, Scope::Program, u"Window/StartMinimized"_s, false},
        {Key::JournalDays, Scope::Program, u"Journal/Days"_s, 90, days},
        {Key::WindowGeometry, Scope::Program, u"Window/Geometry"_s, QByteArray()},
        {Key::WindowState, Scope::Program, u"Window/State"_s, QByteArray()},
    };
    return table;
}

QVariant Row::accepted(const QVariant &stored) const
{
    if (!stored.isValid())
        return standard;
    QVariant value = stored;
    if (!value.convert(standard.metaType()))
        return standard;
    return check ? check(value, *this) : value;
}

const Row &rowOf(Key key)
{
    const QList<Row> &rows = allRows();
    const auto row = std::find_if(rows.cbegin(), rows.cend(), [key](const Row &row) { return row.key == key; });
    Q_ASSERT(row != rows.cend());
    return *row;
}

} // namespace Settings
