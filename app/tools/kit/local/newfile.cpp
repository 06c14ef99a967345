#include "tools/kit/local/newfile.h"

#include <QDir>

#include <utility>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

constexpr int MostNames = 1000;

} // namespace

NewFile::NewFile(std::shared_ptr<LocalFolder> folder, const QString &name, WhenTaken whenTaken)
    : m_folder(std::move(folder))
    , m_name(name)
    , m_whenTaken(whenTaken)
{
    const QString path = QDir::toNativeSeparators(m_folder->path());
    if (!m_folder->problem().isEmpty()) {
        m_problem = u"The folder %1 cannot be used: %2."_s.arg(path, m_folder->problem());
        return;
    }
    LocalFolder::Naming made = LocalFolder::Naming::Taken;
    for (int number = 1; number < MostNames && made == LocalFolder::Naming::Taken; ++number) {
        m_partName = nameNumber(number) + u".part"_s;
        made = m_folder->create(m_partName, &m_part);
    }
    m_isOurs = made == LocalFolder::Naming::Done;
    if (!m_isOurs)
        m_problem = u"A file in %1 cannot be written: %2."_s.arg(path, m_folder->problem());
}

NewFile::~NewFile()
{
    discard();
}

QString NewFile::problem() const
{
    if (!m_problem.isEmpty() || m_part.error() == QFileDevice::NoError)
        return m_problem;
    return u"%1 could not be written: %2."_s.arg(partPath(), m_part.errorString());
}

QString NewFile::partPath() const
{
    return QDir::toNativeSeparators(m_folder->path() + u'/' + m_partName);
}

bool NewFile::cutTo(qint64 size)
{
    return m_part.flush() && m_part.resize(size) && m_part.seek(size);
}

QString NewFile::finish()
{
    if (!m_part.flush()) {
        m_problem = problem();
        return {};
    }
    m_part.close();
    const int most = m_whenTaken == WhenTaken::Numbered ? MostNames : 2;
    LocalFolder::Naming named = LocalFolder::Naming::Taken;
    for (int number = 1; number < most && named == LocalFolder::Naming::Taken; ++number) {
        const QString name = nameNumber(number);
        named = m_folder->rename(m_partName, name);
        if (named == LocalFolder::Naming::Done) {
            m_isOurs = false;
            return QDir::toNativeSeparators(m_folder->path() + u'/' + name);
        }
    }
    m_problem = u"%1 cannot be renamed: %2."_s.arg(partPath(), m_folder->problem());
    return {};
}

void NewFile::discard()
{
    if (!std::exchange(m_isOurs, false))
        return;
    m_part.close();
    m_folder->remove(m_partName);
}

QString NewFile::nameNumber(int number) const
{
    if (number == 1)
        return m_name;
    const qsizetype dot = m_name.lastIndexOf(u'.');
    const qsizetype base = dot > 0 ? dot : m_name.size();
    return u"%1 (%2)%3"_s.arg(m_name.left(base)).arg(number).arg(m_name.mid(base));
}

} // namespace Tools
