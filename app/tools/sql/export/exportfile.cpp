#include "tools/sql/export/exportfile.h"

#include "tools/kit/answer.h"

#include "common/visible.h"

#include <QDir>
#include <QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

constexpr int MostNames = 1000;
constexpr qsizetype LongestBaseName = 100;
constexpr qsizetype MostNameBytes = 220;

} // namespace

QString safeFileName(const QString &wanted, const QString &fallback)
{
    static const QRegularExpression path(u"^.*[/\\\\]"_s, QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression forbidden(u"[<>:\"|?*\\n\\t]"_s);
    static const QRegularExpression ending(u"\\.csv$"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression edges(u"^[. ]+|[. ]+$"_s);
    static const QRegularExpression reserved(u"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    QString name = Text::visible(wanted).remove(path).remove(ending).replace(forbidden, u"_"_s);
    name = name.left(LongestBaseName);
    // File systems count bytes: 255 with number and endings.
    while (name.toUtf8().size() > MostNameBytes || (!name.isEmpty() && name.back().isHighSurrogate()))
        name.chop(1);
    name.remove(edges);
    if (name.isEmpty())
        name = fallback;
    if (reserved.match(name).hasMatch())
        name.prepend(u'_');
    return name + u".csv"_s;
}

ExportFile::ExportFile(const QString &folder, const QString &name)
    : m_folder(folder)
    , m_name(name)
    , m_place(folder)
{
    if (!m_place.problem().isEmpty()) {
        m_problem = u"The folder %1 cannot be used: %2."_s.arg(QDir::toNativeSeparators(m_folder), m_place.problem());
        return;
    }
    ExportPlace::Naming made = ExportPlace::Naming::Taken;
    for (int number = 1; number < MostNames && made == ExportPlace::Naming::Taken; ++number) {
        m_partName = nameNumber(number) + u".part"_s;
        made = m_place.create(m_partName, &m_part);
    }
    m_isOurs = made == ExportPlace::Naming::Done;
    if (!m_isOurs)
        m_problem = u"A file in %1 cannot be written: %2."_s.arg(QDir::toNativeSeparators(m_folder), m_place.problem());
}

ExportFile::~ExportFile()
{
    discard();
}

QString ExportFile::problem() const
{
    if (!m_problem.isEmpty() || m_part.error() == QFileDevice::NoError)
        return m_problem;
    return u"%1 could not be written: %2."_s.arg(partPath(), m_part.errorString());
}

QString ExportFile::partPath() const
{
    return QDir::toNativeSeparators(m_folder + u'/' + m_partName);
}

bool ExportFile::cutTo(qint64 size)
{
    return m_part.flush() && m_part.resize(size) && m_part.seek(size);
}

QString ExportFile::finish()
{
    if (!m_part.flush()) {
        m_problem = problem();
        return {};
    }
    m_part.close();
    ExportPlace::Naming named = ExportPlace::Naming::Taken;
    for (int number = 1; number < MostNames && named == ExportPlace::Naming::Taken; ++number) {
        const QString name = nameNumber(number);
        named = m_place.rename(m_partName, name);
        if (named == ExportPlace::Naming::Done) {
            m_isOurs = false;
            return QDir::toNativeSeparators(m_folder + u'/' + name);
        }
    }
    m_problem = u"%1 cannot be renamed: %2."_s.arg(partPath(), m_place.problem());
    return {};
}

void ExportFile::discard()
{
    if (!std::exchange(m_isOurs, false))
        return;
    m_part.close();
    m_place.remove(m_partName);
}

QString ExportFile::nameNumber(int number) const
{
    const QString suffix = number == 1 ? QString() : u" (%1)"_s.arg(number);
    return m_name.chopped(4) + suffix + u".csv"_s;
}

} // namespace Tools
