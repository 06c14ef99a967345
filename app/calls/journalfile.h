#pragma once

#include <QSqlDatabase>
#include <QString>
#include <QtGlobal>

namespace Calls {

/// The journal's SQLite connection, under a name of its own.
class JournalFile
{
public:
    /// Opens, makes or replaces the file, readable by its owner only. A file that is no database is set aside as
    /// "<name>.corrupt-<date>" beside it. What else cannot be opened leaves a database in memory.
    explicit JournalFile(const QString &fileName);
    ~JournalFile();
    Q_DISABLE_COPY_MOVE(JournalFile)

    const QSqlDatabase &database() const { return m_database; }
    /// Empty, or why the journal is not the file, or not the one that was there, for a person.
    const QString &problem() const { return m_problem; }
    /// The file was moved, deleted or replaced since it was opened.
    bool isGone() const;

private:
    enum class Opened { Yes, NotADatabase, No };

    Opened open(const QString &fileName);
    void openInMemory(const QString &reason);

    QString m_connection;
    QSqlDatabase m_database;
    QString m_problem;
    QString m_error;
    quint64 m_identity = 0; ///< of the file that is open; 0: none, or the system does not tell
};

} // namespace Calls
