#pragma once

#include "tools/kit/local/localfolder.h"

#include <QFile>
#include <QString>

#include <memory>

namespace Tools {

/// A file that is there whole or not at all: written under a name of its own (….part), renamed at the end, removed when
/// it was not finished. Its owner's alone. Never overwrites.
class NewFile
{
    Q_DISABLE_COPY_MOVE(NewFile)

public:
    /// What becomes of it where there is a file of its name already.
    enum class WhenTaken {
        Numbered, ///< "trips.csv" becomes "trips (2).csv"
        GivenUp
    };

    /// name is a name without a path. isOpen() tells whether it could be made.
    NewFile(std::shared_ptr<LocalFolder> folder, const QString &name, WhenTaken whenTaken);
    ~NewFile();

    bool isOpen() const { return m_isOurs; }
    QString problem() const; ///< why the file could not be made or written; empty if nothing is wrong
    const QString &name() const { return m_name; } ///< that was asked for
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

    const std::shared_ptr<LocalFolder> m_folder;
    const QString m_name;
    const WhenTaken m_whenTaken;
    QString m_partName; ///< without a path
    QFile m_part;
    QString m_problem;
    bool m_isOurs = false; ///< it was made here and has not got its name
};

} // namespace Tools
