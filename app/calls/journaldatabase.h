#pragma once

#include "calls/journal.h"
#include "calls/journalfile.h"

#include <QSqlQuery>

class QSqlError;

namespace Calls {

/// The journal's statements on its file. What goes wrong becomes the problem() until a write succeeds.
class JournalDatabase
{
    Q_DISABLE_COPY_MOVE(JournalDatabase)

public:
    /// How a record is written: as a row that is there, as a new one, or as either.
    enum class Row { Known, New, Perhaps };

    explicit JournalDatabase(const QString &fileName);

    const JournalFile &file() const { return m_file; }
    QString problem() const { return m_problem; }
    /// The last insert failed because there is a row with its id.
    bool isTaken() const;
    qint64 newestId();

    bool insert(const Record &record);
    /// The record and its exchanges, or nothing of them. A known row that is gone stays so.
    bool store(const Record &record, Row row);
    QList<Record> latest(int count, qint64 before);
    /// Returns whether there is more to delete.
    bool prune(const Retention &kept, int most);

private:
    QSqlQuery prepared(const QString &statement);
    bool run(QSqlQuery &query, const QVariantList &values = {});
    bool noted(const QSqlError &error);
    bool execute(const QString &statement);
    bool writeExchanges(const Record &record);
    bool written(const Record &record, Row row);

    JournalFile m_file;
    QString m_problem; ///< of the last write
    int m_lastError = 0;

    QSqlQuery m_insert;
    QSqlQuery m_update;
    QSqlQuery m_deleteExchanges;
    QSqlQuery m_insertExchange;
    QSqlQuery m_selectCalls;
    QSqlQuery m_selectExchanges;
    QSqlQuery m_deleteOld;
};

} // namespace Calls
