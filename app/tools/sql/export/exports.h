#pragma once

#include "tools/kit/local/newfile.h"
#include "tools/sql/export/csvwriter.h"

#include <QHash>
#include <QString>

#include <memory>

namespace Tools {

/// The writing of a statement's result to a file, which may outlast the call that began it.
class ExportWork
{
    Q_DISABLE_COPY_MOVE(ExportWork)

public:
    ExportWork(const QString &folder, const QString &name)
        : file(std::make_shared<LocalFolder>(folder, LocalFolder::Missing::IsMade), name, NewFile::WhenTaken::Numbered)
    {}

    NewFile file;
    Formulas formulas = Formulas::AsTheyAre;
    qint64 totalRows = 0;
    double rows = 0; ///< written so far, parts of chunks by their bytes
    qint64 bytes = 0;
    bool isOver = false;
    QString path;    ///< of the whole file, once it is there
    QString problem; ///< why it is not
};

/// "340,000 of 1,000,000 rows".
QString rowsSoFar(const ExportWork &work);

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
