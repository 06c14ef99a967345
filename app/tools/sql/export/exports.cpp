#include "tools/sql/export/exports.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Tools {

QString rowsSoFar(const ExportWork &work)
{
    const QLocale locale(QLocale::English);
    return u"%1 of %2 rows"_s.arg(locale.toString(qint64(work.rows)), locale.toString(work.totalRows));
}

void ExportsUnderWay::add(const QString &host, const QString &statementId, const std::shared_ptr<ExportWork> &work)
{
    m_works.removeIf([](Works::iterator entry) { return entry.value().expired(); });
    m_works.insert({host, statementId}, work);
}

std::shared_ptr<ExportWork> ExportsUnderWay::find(const QString &host, const QString &statementId) const
{
    const std::shared_ptr<ExportWork> work = m_works.value({host, statementId}).lock();
    return work && !work->isOver ? work : nullptr;
}

} // namespace Tools
