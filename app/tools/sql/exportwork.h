#pragma once

#include "tools/sql/exportfile.h"

#include "databricks/workspace.h"

#include <QCoroTask>
#include <QJsonObject>

#include <memory>

namespace Tools {

/// The writing of a statement's result to a file, which may outlast the call that began it.
class ExportWork
{
    Q_DISABLE_COPY_MOVE(ExportWork)

public:
    ExportWork(const QString &folder, const QString &name)
        : file(folder, name)
    {}

    ExportFile file;
    qint64 totalRows = 0;
    double rows = 0; ///< written so far, parts of chunks by their bytes
    qint64 bytes = 0;
    bool isOver = false;
    QString path;    ///< of the whole file, once it is there
    QString problem; ///< why it is not
};

/// "340,000 of 1,000,000 rows".
QString rowsSoFar(const ExportWork &work);

/// Writes the rows of a statement that succeeded, chunk by chunk: from links (CSV or JSON_ARRAY) or from the API's own
/// answers. Does not throw; what it did stands in work. answer is the API's about the statement.
QCoro::Task<> writeExport(std::shared_ptr<ExportWork> work, Databricks::Workspace workspace, QJsonObject answer);

} // namespace Tools
