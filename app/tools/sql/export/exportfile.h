#pragma once

#include "tools/sql/export/exportplace.h"

#include <QFile>
#include <QString>

namespace Tools {

/// A name for a CSV file from what a client asked for: no path, no leading dot, nothing that a file system or Windows
/// reserves, "….csv" at the end. What leaves nothing becomes fallback.
QString safeFileName(const QString &wanted, const QString &fallback);

/// A file that is there whole or not at all: written under a name of its own (….part), renamed at the end, removed when
/// it was not finished. Its owner's alone. Never overwrites: where there is a "trips.csv" it becomes "trips (2).csv".
class ExportFile
{
    Q_DISABLE_COPY_MOVE(ExportFile)

public:
    /// name is one that safeFileName() gave. Makes the folder. isOpen() tells whether it could be made.
    ExportFile(const QString &folder, const QString &name);
    ~ExportFile();

    bool isOpen() const { return m_isOurs; }
    QString problem() const; ///< why the file could not be made or written; empty if nothing is wrong
    QFile &part() { return m_part; }
    QString partPath() const; ///< while it is written
    /// Forgets what was written behind this size.
    bool cutTo(qint64 size);
    /// Gives it its name. Returns the whole path; empty if that failed.
    QString finish();
    /// Removes what was not finished.
    void discard();

private:
    QString nameNumber(int number) const; ///< without a path

    const QString m_folder;
    const QString m_name;
    ExportPlace m_place;
    QString m_partName; ///< without a path
    QFile m_part;
    QString m_problem;
    bool m_isOurs = false; ///< it was made here and has not got its name
};

} // namespace Tools
