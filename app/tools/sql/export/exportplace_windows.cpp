#include "tools/sql/export/exportplace.h"

#include <QDir>

namespace Tools {

// What a person's folders let others do is inherited, and their own by default; renaming never replaces.

ExportPlace::ExportPlace(const QString &folder)
    : m_folder(folder)
{
    if (!QDir().mkpath(folder))
        m_problem = QStringLiteral("it cannot be made");
}

ExportPlace::~ExportPlace() = default;

ExportPlace::Naming ExportPlace::create(const QString &name, QFile *file)
{
    file->setFileName(m_folder + u'/' + name);
    if (file->open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return Naming::Done;
    m_problem = file->errorString();
    return file->exists() ? Naming::Taken : Naming::Failed;
}

ExportPlace::Naming ExportPlace::rename(const QString &from, const QString &to)
{
    QFile file(m_folder + u'/' + from);
    if (file.rename(m_folder + u'/' + to))
        return Naming::Done;
    m_problem = file.errorString();
    return QFile::exists(m_folder + u'/' + to) ? Naming::Taken : Naming::Failed;
}

void ExportPlace::remove(const QString &name)
{
    QFile::remove(m_folder + u'/' + name);
}

} // namespace Tools
