#include "settings/settingsfile.h"

#include "settings/folder.h"

#include <QFile>
#include <QFileInfo>
#include <QVariantMap>

namespace Settings {

using namespace Qt::StringLiterals;

namespace {

/// Every file that was saved has it, so that none is ever empty but by accident.
const QString FormatKey = u"File/Format"_s;
constexpr int Format = 1;

/// A file that was emptied, or whose blocks were never written before the power went.
bool isHollow(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray text = file.readAll();
    return text.isEmpty() || text.contains('\0');
}

} // namespace

SettingsFile::SettingsFile(const QString &fileName)
    : m_name(fileName)
    , m_found(prepare(fileName))
    , m_values(fileName, QSettings::IniFormat)
{
    // Sections are parsed when they are asked for, and say nothing of their faults before.
    m_values.allKeys();
    if (m_found == Found::Good && m_values.status() == QSettings::FormatError)
        m_found = Found::Damaged;
    if (m_found == Found::Damaged && QFileInfo(m_name).size() > 0) {
        // The next write drops the lines that could not be read.
        QFile::remove(m_name + u".damaged"_s);
        QFile::copy(m_name, m_name + u".damaged"_s);
    }
    m_isSaved = m_values.isWritable();
    if (m_found != Found::New)
        return;
    save();
    // Lest a disk that is full today makes the next start find an emptied file.
    if (!m_isSaved && QFileInfo(m_name).size() == 0)
        QFile::remove(m_name);
}

SettingsFile::Found SettingsFile::prepare(const QString &fileName)
{
    makePrivateFolder(QFileInfo(fileName).path());
    const bool isNew = !QFileInfo::exists(fileName);
    if (!makePrivateFile(fileName) && isNew)
        return Found::Unreadable;
    if (!QFile(fileName).open(QIODevice::ReadOnly))
        return Found::Unreadable;
    if (isNew)
        return Found::New;
    return isHollow(fileName) ? Found::Damaged : Found::Good;
}

bool SettingsFile::hasCopy() const
{
    return QFileInfo::exists(m_name + u".damaged"_s);
}

void SettingsFile::save()
{
    m_values.setValue(FormatKey, Format);
    // QSettings reads the file anew where somebody else wrote it meanwhile: from one that was emptied it would take
    // that nothing is forbidden.
    QVariantMap known;
    if (isHollow(m_name)) {
        for (const QString &key : m_values.allKeys())
            known.insert(key, m_values.value(key));
    }
    // They share what they know of a file, but each keeps its first error for ever.
    const auto write = [this] { return QSettings(m_name, QSettings::IniFormat).status() != QSettings::AccessError; };
    m_isSaved = write();
    if (known.isEmpty())
        return;
    for (auto value = known.cbegin(); value != known.cend(); ++value)
        m_values.setValue(value.key(), value.value());
    m_isSaved = write();
}

} // namespace Settings
