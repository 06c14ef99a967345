#include "calls/journal.h"

#include "calls/journaldatabase.h"

#include <QDir>
#include <QMap>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

/// Calls that wait until the disk can be written again; of more only the number is known.
constexpr qsizetype MostPending = 1'000;

} // namespace

class Journal::Private
{
public:
    Private(const QString &fileName, Retention retention);

    QString problem() const;
    void leaveWhatIsGone();
    void keepForLater(const Record &record, bool isNew);
    bool store(const Record &record);
    void catchUp();

    struct Pending
    {
        Record record;
        bool isNew = false; ///< there is no row of it
    };

    const QString fileName;
    const Retention retention;
    std::unique_ptr<JournalDatabase> database;
    qint64 lastId = 0;
    qint64 lastElsewhere = 0; ///< this one and those before are in a file that is gone
    QString goneProblem;
    QMap<qint64, Pending> pending; ///< what could not be written
    qint64 lost = 0;               ///< calls beyond those
};

Journal::Private::Private(const QString &fileName, Retention retention)
    : fileName(fileName)
    , retention(retention)
    , database(std::make_unique<JournalDatabase>(fileName))
    , lastId(database->newestId())
{}

QString Journal::Private::problem() const
{
    QStringList problems{database->file().problem(), goneProblem, database->problem()};
    if (!pending.isEmpty())
        problems.append(u"%1 calls wait to be written to it."_s.arg(pending.size()));
    if (lost > 0)
        problems.append(u"%1 calls are missing in it, because it could not be written for too long."_s.arg(lost));
    problems.removeAll(QString());
    return problems.join(u' ');
}

/// SQLite would go on with a file that nobody finds any more.
void Journal::Private::leaveWhatIsGone()
{
    if (!database->file().isGone())
        return;
    database.reset();
    database = std::make_unique<JournalDatabase>(fileName);
    lastId = lastElsewhere = std::max(lastId, database->newestId());
    goneProblem =
        u"The journal was moved or deleted while Bricktray ran. A new one was begun at %1, which has the calls "
        "since."_s.arg(QDir::toNativeSeparators(fileName));
}

void Journal::Private::keepForLater(const Record &record, bool isNew)
{
    if (pending.size() < MostPending || pending.contains(record.id))
        pending.insert(record.id, {record, isNew});
    else if (isNew)
        ++lost;
}

bool Journal::Private::store(const Record &record)
{
    using enum JournalDatabase::Row;
    const JournalDatabase::Row known = record.id <= lastElsewhere ? Perhaps : Known;
    if (!database->store(record, pending.value(record.id).isNew ? New : known))
        return false;
    pending.remove(record.id);
    return true;
}

void Journal::Private::catchUp()
{
    while (!pending.isEmpty()) {
        const Record record = pending.first().record;
        if (!store(record))
            return;
    }
}

Journal::Journal(const QString &fileName, Retention retention)
    : d(std::make_unique<Private>(fileName, retention))
{}

Journal::~Journal() = default;

QString Journal::problem() const
{
    return d->problem();
}

qint64 Journal::insert(const Record &record)
{
    d->leaveWhatIsGone();
    Record row = record;
    row.id = ++d->lastId;
    bool inserted = d->database->insert(row);
    if (!inserted && d->database->isTaken()) {
        // Another process writes to the same file: go on behind it.
        row.id = d->lastId = d->database->newestId() + 1;
        inserted = d->database->insert(row);
    }
    if (inserted)
        d->catchUp();
    else
        d->keepForLater(row, true);
    return row.id;
}

void Journal::update(const Record &record)
{
    if (d->store(record))
        d->catchUp();
    else
        d->keepForLater(record, d->pending.value(record.id).isNew);
}

QList<Record> Journal::latest(int count, qint64 before) const
{
    return d->database->latest(count, before);
}

bool Journal::prune()
{
    return d->database->prune(d->retention, PruneChunk);
}

} // namespace Calls
