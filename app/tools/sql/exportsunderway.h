#pragma once

#include <QHash>
#include <QString>

#include <memory>

namespace Tools {

class ExportWork;

/// The exports that are being written, by the host and the id of their statement, so that none is begun twice.
class ExportsUnderWay
{
public:
    void add(const QString &host, const QString &statementId, const std::shared_ptr<ExportWork> &work);
    /// nullptr where none is under way.
    std::shared_ptr<ExportWork> find(const QString &host, const QString &statementId) const;

private:
    using Works = QHash<std::pair<QString, QString>, std::weak_ptr<ExportWork>>;
    Works m_works;
};

} // namespace Tools
