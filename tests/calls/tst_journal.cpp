#include "calls/calllog.h"
#include "calls/journal.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <memory>
#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;
using Calls::Journal;
using Calls::Outcome;
using Calls::Record;
using Rest::Exchange;

namespace {

constexpr QFile::Permissions others =
    QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

Exchange exchange(const QString &path)
{
    Exchange exchange;
    exchange.started = QDateTime::currentDateTimeUtc();
    exchange.duration = std::chrono::milliseconds(120);
    exchange.method = u"GET"_s;
    exchange.path = path;
    exchange.attempt = 2;
    exchange.status = 429;
    exchange.bytesReceived = 5'000'000'000;
    exchange.error = u"slow down"_s;
    return exchange;
}

Record record(const QString &tool = u"list_clusters"_s)
{
    Record record;
    record.started = QDateTime::fromMSecsSinceEpoch(QDateTime::currentMSecsSinceEpoch()).toUTC();
    record.client = u"cursor 1.0"_s;
    record.profile = u"work"_s;
    record.workspace = u"adb-1.net"_s;
    record.tool = tool;
    record.arguments = {{u"id"_s, qint64(1234567890123456789)},
                        {u"names"_s, QJsonArray{u"ä"_s, u"'; DROP TABLE calls"_s}}};
    return record;
}

Record finished(qint64 id)
{
    Record done = record();
    done.id = id;
    done.target = u"cluster 🎉"_s;
    done.outcome = Outcome::Failed;
    done.message = u"no such cluster"_s;
    done.durationMs = 77;
    done.answerBytes = 4321;
    done.exchanges = {exchange(u"/a"_s), exchange(u"/b"_s)};
    return done;
}

/// Statements on the file through a connection of the test's own.
QVariant sql(const QString &fileName, const QStringList &statements)
{
    QVariant value;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(fileName);
        if (!database.open())
            qWarning() << database.lastError();
        QSqlQuery query(database);
        for (const QString &statement : statements) {
            if (!query.exec(statement))
                qWarning() << statement << query.lastError();
        }
        if (query.next())
            value = query.value(0);
    }
    QSqlDatabase::removeDatabase(u"test"_s);
    return value;
}

void write(const QString &fileName, const QByteArray &bytes)
{
    QFile file(fileName);
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray bytesOfEveryFile(const QString &folder)
{
    QByteArray bytes;
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (file.open(QFile::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

#ifdef Q_OS_UNIX
/// No file grows beyond the size that this one has, while it lives.
class FullDisk
{
    Q_DISABLE_COPY_MOVE(FullDisk)

public:
    explicit FullDisk(const QString &fileName)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit full = m_before;
        full.rlim_cur = rlim_t(QFileInfo(fileName).size());
        setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before = {};
};
#endif

} // namespace

class JournalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void keepsEverythingOverAReopening();
    void pagesFromTheNewest();
    void updateReplacesExchanges();
    void filesAreForTheirOwnerOnly();
    void usesTheWriteAheadLog();
    void migratesAnEmptyDatabase();
    void leavesANewerFormatAlone();
    void leavesAForeignDatabaseAlone();
    void closesWhatACrashLeftOpen();
    void setsADamagedFileAside_data();
    void setsADamagedFileAside();
    void worksInMemoryWithoutAFile();
    void keepsWhatTheRetentionCovers();
    void prunesInChunksAndSparesOpenCalls();
    void cascadesToExchanges();
    void survivesAFullDisk();
    void callsDuringAFullDiskAreWrittenAfterIt();
    void aFileThatIsGoneIsLeft_data();
    void aFileThatIsGoneIsLeft();
    void theLogTellsWhatGoesWrong();
    void refusedCallsKeepNoValues();
    void twoJournalsOnOneFileDoNotMixTheirCalls();
    void manyRowsDoNotSlowItDown();
    void holdsNoSecretOnDisk();

private:
    QString m_file;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void JournalTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_file = m_folder->filePath(u"data/journal.sqlite"_s);
}

void JournalTest::keepsEverythingOverAReopening()
{
    qint64 id = 0;
    Record expected;
    {
        Journal journal(m_file);
        QCOMPARE(journal.problem(), QString());
        id = journal.insert(record());
        QVERIFY(id > 0);
        expected = finished(id);
        journal.update(expected);
    }
    Journal journal(m_file);
    QCOMPARE(journal.problem(), QString());
    const QList<Record> records = journal.latest(10);
    QCOMPARE(records.size(), 1);
    const Record &found = records.constFirst();
    QCOMPARE(found.id, id);
    QVERIFY(qAbs(found.started.msecsTo(expected.started)) < 5000);
    QCOMPARE(found.started.timeSpec(), Qt::UTC);
    QCOMPARE(found.client, expected.client);
    QCOMPARE(found.profile, expected.profile);
    QCOMPARE(found.workspace, expected.workspace);
    QCOMPARE(found.tool, expected.tool);
    QCOMPARE(found.target, expected.target);
    QCOMPARE(found.arguments, expected.arguments);
    QCOMPARE(found.arguments.value(u"id"_s).toInteger(), 1234567890123456789);
    QCOMPARE(found.outcome, expected.outcome);
    QCOMPARE(found.message, expected.message);
    QCOMPARE(found.durationMs, expected.durationMs);
    QCOMPARE(found.answerBytes, expected.answerBytes);
    QCOMPARE(found.answer, QString());
    QCOMPARE(found.exchanges.size(), 2);
    QCOMPARE(found.exchanges.at(0).path, u"/a"_s);
    const Exchange &second = found.exchanges.at(1);
    QCOMPARE(second.path, u"/b"_s);
    QCOMPARE(found.started.msecsTo(second.started), expected.started.msecsTo(expected.exchanges.at(1).started));
    QCOMPARE(second.duration.count(), 120);
    QCOMPARE(second.method, u"GET"_s);
    QCOMPARE(second.attempt, 2);
    QCOMPARE(second.status, 429);
    QCOMPARE(second.bytesReceived, 5'000'000'000);
    QCOMPARE(second.error, u"slow down"_s);
}

void JournalTest::pagesFromTheNewest()
{
    Journal journal(m_file);
    QList<qint64> ids;
    for (int i = 0; i < 25; ++i) {
        ids.prepend(journal.insert(record()));
        Record done = finished(ids.constFirst());
        done.exchanges = {exchange(QString::number(ids.constFirst()))};
        journal.update(done);
    }
    QList<qint64> read;
    QList<Record> page = journal.latest(10);
    while (!page.isEmpty()) {
        QVERIFY(page.size() <= 10);
        for (const Record &row : page) {
            read.append(row.id);
            QCOMPARE(row.exchanges.size(), 1);
            QCOMPARE(row.exchanges.constFirst().path, QString::number(row.id));
        }
        page = journal.latest(10, read.constLast());
    }
    QCOMPARE(read, ids);
    QVERIFY(journal.latest(0).isEmpty());
    QVERIFY(journal.latest(-1).isEmpty());
}

void JournalTest::updateReplacesExchanges()
{
    Journal journal(m_file);
    Record done = finished(journal.insert(record()));
    journal.update(done);
    done.exchanges = {exchange(u"/c"_s)};
    journal.update(done);
    const QList<Record> records = journal.latest(1);
    QCOMPARE(records.constFirst().exchanges.size(), 1);
    QCOMPARE(records.constFirst().exchanges.constFirst().path, u"/c"_s);
    QCOMPARE(journal.problem(), QString());
}

void JournalTest::filesAreForTheirOwnerOnly()
{
#ifndef Q_OS_UNIX
    QSKIP("Permissions of this kind are Unix'");
#endif
    const QFileInfo folder(QFileInfo(m_file).path());
    {
        Journal journal(m_file);
        journal.insert(record());
        for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
            QVERIFY2(QFile::exists(m_file + suffix), qPrintable(suffix));
            QCOMPARE(QFile::permissions(m_file + suffix) & others, QFile::Permissions());
        }
        QCOMPARE(QFile::permissions(folder.filePath()) & others, QFile::Permissions());
    }
    // A file from elsewhere is brought in line.
    QVERIFY(QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther | QFile::ReadGroup));
    Journal journal(m_file);
    QCOMPARE(QFile::permissions(m_file) & others, QFile::Permissions());
}

void JournalTest::usesTheWriteAheadLog()
{
    Journal journal(m_file);
    journal.insert(record());
    QCOMPARE(sql(m_file, {u"PRAGMA journal_mode"_s}).toString(), u"wal"_s);
}

void JournalTest::migratesAnEmptyDatabase()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
    sql(m_file, {u"CREATE TABLE other (x)"_s, u"PRAGMA user_version = 0"_s});
    {
        Journal journal(m_file);
        QCOMPARE(journal.problem(), QString());
        journal.insert(record());
    }
    QVERIFY(sql(m_file, {u"PRAGMA user_version"_s}).toInt() > 0);
    QCOMPARE(sql(m_file, {u"SELECT count(*) FROM calls"_s}).toInt(), 1);
}

void JournalTest::leavesANewerFormatAlone()
{
    {
        Journal journal(m_file);
        journal.insert(record(u"kept"_s));
    }
    sql(m_file, {u"PRAGMA user_version = 1000"_s});
    {
        Journal journal(m_file);
        QVERIFY2(journal.problem().contains("newer Bricktray"_L1), qPrintable(journal.problem()));
        QVERIFY(journal.latest(10).isEmpty());
        journal.update(finished(journal.insert(record())));
        QCOMPARE(journal.latest(10).size(), 1);
    }
    QCOMPARE(sql(m_file, {u"SELECT group_concat(tool || outcome) FROM calls"_s}).toString(), u"keptrunning"_s);
    QCOMPARE(sql(m_file, {u"PRAGMA user_version"_s}).toInt(), 1000);
}

void JournalTest::leavesAForeignDatabaseAlone()
{
    QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
    sql(m_file, {u"CREATE TABLE calls (theirs)"_s, u"INSERT INTO calls VALUES (5)"_s});
    {
        Journal journal(m_file);
        QVERIFY(!journal.problem().isEmpty());
        journal.insert(record());
        QCOMPARE(journal.latest(10).size(), 1);
    }
    QCOMPARE(sql(m_file, {u"SELECT sum(theirs) FROM calls"_s}).toInt(), 5);
}

void JournalTest::closesWhatACrashLeftOpen()
{
    Journal journal(m_file);
    journal.insert(record(u"running"_s));
    Record waiting = record(u"waiting"_s);
    waiting.id = journal.insert(waiting);
    waiting.outcome = Outcome::Waiting;
    journal.update(waiting);
    journal.update(finished(journal.insert(record(u"done"_s))));

    // What a crash leaves: the file and a write-ahead log that nobody has folded in.
    const QString crashed = m_folder->filePath(u"crashed.sqlite"_s);
    QVERIFY(QFile::copy(m_file, crashed));
    QVERIFY(QFile::copy(m_file + u"-wal"_s, crashed + u"-wal"_s));
    Journal reopened(crashed);
    QCOMPARE(reopened.problem(), QString());
    const QList<Record> records = reopened.latest(10);
    QCOMPARE(records.size(), 3);
    QCOMPARE(records.at(0).outcome, Outcome::Failed);
    QCOMPARE(records.at(0).message, u"no such cluster"_s);
    for (const Record &row : records.mid(1)) {
        QCOMPARE(row.outcome, Outcome::Cancelled);
        QCOMPARE(row.message, u"Bricktray stopped before this call ended"_s);
    }
}

void JournalTest::setsADamagedFileAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("this is no database, and it is long enough to see that\n").repeated(100);
    QTest::newRow("header, then rubbish") << QByteArray("SQLite format 3\0", 16) + QByteArray(5000, '\xa5');
}

void JournalTest::setsADamagedFileAside()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(QDir().mkpath(QFileInfo(m_file).path()));
    write(m_file, bytes);
    {
        Journal journal(m_file);
        QVERIFY(journal.problem().contains("damaged"_L1));
        journal.insert(record());
        QVERIFY(journal.problem().contains("journal.corrupt-"_L1));
    }
    QCOMPARE(sql(m_file, {u"SELECT count(*) FROM calls"_s}).toInt(), 1);
    const QDir folder = QFileInfo(m_file).dir();
    const QStringList aside = folder.entryList({u"journal.corrupt-*"_s}, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QFile kept(folder.filePath(aside.constFirst()));
    QVERIFY(kept.open(QFile::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
    QCOMPARE(kept.permissions() & others, QFile::Permissions());
}

void JournalTest::worksInMemoryWithoutAFile()
{
    // A folder in the file's place, and a file in the folder's place: root may write anything else.
    QVERIFY(QDir().mkpath(m_file));
    write(m_folder->filePath(u"plain"_s), "x");
    for (const QString &impossible : {m_file, m_folder->filePath(u"plain/journal.sqlite"_s)}) {
        Journal journal(impossible);
        QVERIFY(journal.problem().contains("memory"_L1));
        QVERIFY(journal.problem().contains(QDir::toNativeSeparators(impossible)));
        journal.update(finished(journal.insert(record())));
        const QList<Record> records = journal.latest(10);
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.constFirst().exchanges.size(), 2);
        QVERIFY(!journal.problem().isEmpty());
    }
}

void JournalTest::keepsWhatTheRetentionCovers()
{
    Journal journal(m_file, {.days = 30, .calls = 0});
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const int age : {100, 31, 29, 0}) {
        Record row = record(QString::number(age));
        row.started = now.addDays(-age);
        row.outcome = Outcome::Succeeded;
        journal.insert(row);
    }
    QVERIFY(!journal.prune());
    const QList<Record> records = journal.latest(10);
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.at(0).tool, u"0"_s);
    QCOMPARE(records.at(1).tool, u"29"_s);
}

void JournalTest::prunesInChunksAndSparesOpenCalls()
{
    Journal journal(m_file, {.days = 0, .calls = 100});
    const qint64 running = journal.insert(record());
    const int count = 2 * Journal::PruneChunk + 200;
    Record row = record();
    row.outcome = Outcome::Succeeded;
    for (int i = 0; i < count; ++i)
        journal.insert(row);
    QVERIFY(journal.prune());
    QCOMPARE(journal.latest(count * 2).size(), count + 1 - Journal::PruneChunk);
    QVERIFY(journal.prune());
    QVERIFY(!journal.prune());
    const QList<Record> records = journal.latest(count);
    QCOMPARE(records.size(), 101);
    QCOMPARE(records.constLast().id, running);
    QCOMPARE(records.at(99).id - records.constLast().id, count - 99);
    QVERIFY(!journal.prune());
    QCOMPARE(journal.latest(count).size(), 101);
}

void JournalTest::cascadesToExchanges()
{
    {
        Journal journal(m_file, {.days = 0, .calls = 1});
        for (int i = 0; i < 3; ++i)
            journal.update(finished(journal.insert(record())));
        QVERIFY(!journal.prune());
    }
    QCOMPARE(sql(m_file, {u"SELECT count(*) FROM exchanges"_s}).toInt(), 2);
}

void JournalTest::survivesAFullDisk()
{
#ifndef Q_OS_UNIX
    QSKIP("Needs a limit on the size of files");
#else
    Journal journal(m_file);
    const qint64 before = journal.insert(record());
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
    rlimit full = old;
    full.rlim_cur = rlim_t(QFileInfo(m_file + u"-wal"_s).size());
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &full), 0);
    const qint64 during = journal.insert(record(u"during"_s));
    const QString problem = journal.problem();
    journal.update(finished(before));
    const QString still = journal.problem();
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);

    QVERIFY(during > before);
    QVERIFY(!problem.isEmpty());
    QVERIFY(!still.isEmpty());
    // Room again: the call that could not be stored when it began is stored when it ends.
    Record late = finished(during);
    late.tool = u"during"_s;
    journal.update(late);
    QCOMPARE(journal.problem(), QString());
    const QList<Record> records = journal.latest(10);
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.at(0).id, during);
    QCOMPARE(records.at(0).tool, u"during"_s);
    QCOMPARE(records.at(0).exchanges.size(), 2);
    QVERIFY(journal.insert(record()) > during);
#endif
}

void JournalTest::callsDuringAFullDiskAreWrittenAfterIt()
{
#ifdef Q_OS_UNIX
    Journal journal(m_file);
    const qint64 before = journal.insert(record(u"before"_s));
    QString problem;
    QList<qint64> during;
    {
        const FullDisk disk(m_file + u"-wal"_s);
        for (int i = 0; i < 40; ++i)
            during.append(journal.insert(record(u"during"_s)));
        for (int i = 0; i < 20; ++i)
            journal.update(finished(during.at(i)));
        journal.update(finished(before));
        problem = journal.problem();
    }
    QVERIFY2(problem.contains("41 calls wait"_L1), qPrintable(problem));
    const qint64 after = journal.insert(record(u"after"_s));
    QCOMPARE(journal.problem(), QString());
    const QList<Record> records = journal.latest(100);
    QCOMPARE(records.size(), 42);
    QCOMPARE(records.constFirst().id, after);
    QCOMPARE(records.constLast().outcome, Outcome::Failed);
    QCOMPARE(records.at(40).exchanges.size(), 2);
    QCOMPARE(records.at(1).outcome, Outcome::Running);
    journal.update(finished(during.constLast()));
    QCOMPARE(journal.latest(2).at(1).outcome, Outcome::Failed);
#endif
}

void JournalTest::aFileThatIsGoneIsLeft_data()
{
    QTest::addColumn<bool>("isMoved");
    QTest::newRow("deleted") << false;
    QTest::newRow("moved") << true;
}

void JournalTest::aFileThatIsGoneIsLeft()
{
#ifdef Q_OS_UNIX
    QFETCH(const bool, isMoved);
    Journal journal(m_file);
    const qint64 open = journal.insert(record(u"open"_s));
    QVERIFY(isMoved ? QFile::rename(m_file, m_file + u".old"_s) : QFile::remove(m_file));
    const qint64 next = journal.insert(record(u"next"_s));
    QVERIFY(next > open);
    QVERIFY2(journal.problem().contains("moved or deleted"_L1), qPrintable(journal.problem()));
    journal.update(finished(open));
    QCOMPARE(sql(m_file, {u"SELECT count(*) FROM calls"_s}).toInt(), 2);
    QCOMPARE(journal.latest(10).constLast().outcome, Outcome::Failed);
    QVERIFY2(!journal.problem().isEmpty(), "the calls before stay where they are");
#endif
}

void JournalTest::theLogTellsWhatGoesWrong()
{
#ifdef Q_OS_UNIX
    Calls::CallLog log(std::make_unique<Journal>(m_file));
    QSignalSpy told(&log, &Calls::CallLog::journalProblemChanged);
    const Mcp::ToolRequest request{u"list_clusters"_s, {}, {}, u"2025-11-25"_s};
    {
        const FullDisk disk(m_file + u"-wal"_s);
        log.refuse(request, {}, {}, u"no"_s);
        log.refuse(request, {}, {}, u"no"_s);
    }
    QVERIFY(told.size() > 0);
    QVERIFY(told.constFirst().constFirst().toString().contains("could not be written"_L1));
    QCOMPARE(told.constLast().constFirst().toString(), log.journalProblem());
    told.clear();
    log.refuse(request, {}, {}, u"no"_s);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.constFirst().constFirst().toString(), QString());
#endif
}

void JournalTest::refusedCallsKeepNoValues()
{
    Calls::CallLog log(std::make_unique<Journal>(m_file));
    const QJsonObject arguments{{u"statement"_s, u"SELECT hidden"_s},
                                {u"parameters"_s, QJsonArray{QJsonObject{{u"value"_s, u"hidden"_s}}}},
                                {u"file"_s, QString(300'000, u'x')}};
    log.refuse({u"execute_sql"_s, arguments, {}, u"2025-11-25"_s}, {}, {}, u"There is no such tool."_s);
    const QJsonObject kept = log.latest(1).constFirst().arguments;
    QCOMPARE(kept.keys(), arguments.keys());
    for (const QJsonValue value : kept)
        QCOMPARE(value, QJsonValue(u"(not kept)"_s));
    QVERIFY(!bytesOfEveryFile(QFileInfo(m_file).path()).contains("hidden"));
}

void JournalTest::twoJournalsOnOneFileDoNotMixTheirCalls()
{
    Journal one(m_file);
    Journal two(m_file);
    const qint64 first = one.insert(record(u"one"_s));
    const qint64 second = two.insert(record(u"two"_s));
    QVERIFY(first != second);
    QCOMPARE(two.problem(), QString());
    const QList<Record> records = one.latest(10);
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.at(0).tool, u"two"_s);
    QCOMPARE(records.at(1).tool, u"one"_s);
}

void JournalTest::manyRowsDoNotSlowItDown()
{
    Journal journal(m_file);
    const auto addThousand = [&journal] {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 1000; ++i)
            journal.update(finished(journal.insert(record())));
        return timer.nsecsElapsed();
    };
    const auto readPages = [&journal] {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i)
            journal.latest(100);
        return timer.nsecsElapsed();
    };
    const qint64 firstWrite = addThousand();
    const qint64 firstRead = readPages();
    qint64 lastWrite = std::numeric_limits<qint64>::max();
    for (int i = 1; i < 10; ++i)
        lastWrite = std::min(lastWrite, addThousand());
    const qint64 lastRead = std::min({readPages(), readPages(), readPages(), readPages()});
    QCOMPARE(journal.latest(20'000).size(), 10'000);
    qInfo("a call %lld us, at first %lld us; a page of 100 %lld us, at first %lld us", lastWrite / 1'000'000,
          firstWrite / 1'000'000, lastRead / 20'000, firstRead / 20'000);
    QVERIFY(lastWrite < 4 * firstWrite);
    QVERIFY(lastRead < 4 * firstRead);
}

void JournalTest::holdsNoSecretOnDisk()
{
    const QString planted = u"fedcba9876543210"_s.repeated(2);
    const QString token = u"dapi"_s + planted;
    const QString password = u"Correct-Horse-9"_s;
    const QString answer = u"row of somebody's table"_s;
    Mcp::ToolRequest request;
    request.tool = u"tool "_s + token;
    request.client = {u"client "_s + token, token};
    request.arguments = {{u"text"_s, token}, {u"password"_s, password}, {token, 1}, {u"named"_s, u"Named-Value-7"_s}};
    {
        Calls::CallLog log(std::make_unique<Journal>(m_file));
        const std::shared_ptr<Calls::Call> call = log.open(request, u"work"_s, u"adb-1.net"_s, {u"named"_s});
        call->setTarget(token + password);
        call->setProgress(token);
        Exchange row = exchange(u"/x?sig="_s + password + u"&t="_s + token);
        row.error = u"Bearer "_s + password;
        call->addExchange(row);
        call->finish(Mcp::ToolResult::error(answer + token + password + u" Named-Value-7"_s));
        log.open(request, u"work"_s, u"adb-1.net"_s, {u"named"_s})->refuse(token + password);
        log.open(request, u"work"_s, u"adb-1.net"_s, {u"named"_s})->finish(Mcp::ToolResult(answer));
        log.refuse(request, u"work"_s, u"adb-1.net"_s, u"bad value "_s + token + u" Named-Value-7"_s, {u"named"_s});

        const QByteArray open = bytesOfEveryFile(QFileInfo(m_file).path());
        QVERIFY(QFileInfo(m_file + u"-wal"_s).size() > 0);
        QVERIFY(open.contains("adb-1.net"));
        for (const QString &secret : {planted, password, u"Named-Value-7"_s})
            QVERIFY2(!open.contains(secret.toUtf8()), qPrintable(secret));
        for (const Record &record : log.latest(10))
            QVERIFY(!record.message.contains(planted));
    }
    const QByteArray closed = bytesOfEveryFile(QFileInfo(m_file).path());
    QVERIFY(closed.contains("adb-1.net"));
    for (const QString &secret : {planted, password, u"Named-Value-7"_s})
        QVERIFY2(!closed.contains(secret.toUtf8()), qPrintable(secret));
    // The answer of a call that succeeded is nowhere.
    QCOMPARE(closed.count(answer.toUtf8()), 1);
}

QTEST_GUILESS_MAIN(JournalTest)
#include "tst_journal.moc"
