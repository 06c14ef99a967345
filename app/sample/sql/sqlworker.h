#pragma once

#include "sample/sql/sqlask.h"
#include "sample/sql/sqlstorage.h"

#include <QObject>

namespace Sample {

/// The engine's other half: owns the rows, lives in the engine's thread.
class SqlWorker : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SqlWorker)

public:
    explicit SqlWorker(std::shared_ptr<std::atomic_bool> ending);

    SqlOutcome run(const SqlAsk &ask, const CatalogData &catalog);

private:
    const std::shared_ptr<std::atomic_bool> m_ending;
    SqlStorage m_storage;
};

} // namespace Sample
