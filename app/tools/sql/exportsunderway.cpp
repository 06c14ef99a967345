#include "tools/sql/exportsunderway.h"

#include "tools/sql/exportwork.h"

namespace Tools {

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
