#pragma once

#include "calls/record.h"

#include <QString>

#include <memory>

namespace Calls {

/// What is kept of the past; 0 sets no limit.
struct Retention
{
    int days = 90;
    qint64 calls = 100'000;
};

/// All calls, in a SQLite file (WAL, one writer, numbered migrations), used from the thread that made it. Answers are
/// not kept: rows of somebody's tables have no business in a log.
class Journal
{
public:
    /// Opens or creates the file. Where that fails the journal lives in memory for the run and problem() says why.
    explicit Journal(const QString &fileName, Retention retention = Retention());
    ~Journal();
    Q_DISABLE_COPY_MOVE(Journal)

    /// Empty, or why calls are not kept, for a person. A failed write (a full disk) is a problem until one succeeds,
    /// which also writes what could not be written before; a file that was set aside or went away while it was used
    /// stays one.
    QString problem() const;

    /// Stores a new record and returns its id. Where that fails it is tried again under the same id.
    qint64 insert(const Record &record);
    /// Stores what became of it, with its exchanges.
    void update(const Record &record);

    /// The newest records first: at most count with an id below before (0: from the newest).
    QList<Record> latest(int count, qint64 before = 0) const;
    /// Deletes what the retention no longer covers, the oldest first, at most PruneChunk calls at a time. Returns
    /// whether there is more to delete. Calls that are not over stay.
    bool prune();
    static constexpr int PruneChunk = 500;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Calls
