#include "calls/journalfile.h"

#include "calls/journalschema.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <array>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
constexpr std::array companions{""_L1, "-wal"_L1, "-shm"_L1};

/// Makes the folder and the file for their owner alone, before SQLite would make them for everybody; SQLite gives the
/// file's permissions to its companions. Folders that are there already are left as they are.
void makePrivate(const QString &fileName)
{
    const QFileInfo info(fileName);
    const QDir folder = info.dir();
    if (!folder.exists()) {
        QDir().mkpath(QFileInfo(folder.absolutePath()).absolutePath());
        QDir().mkdir(folder.absolutePath(), ownerOnly | QFile::ExeOwner);
    }
    QFile file(fileName);
    if (!file.exists() && file.open(QFile::WriteOnly | QFile::NewOnly, ownerOnly))
        file.close();
    for (const QLatin1StringView suffix : companions) {
        if (QFileInfo(fileName + suffix).isFile())
            QFile::setPermissions(fileName + suffix, ownerOnly);
    }
}

/// "…/journal.corrupt-20260131-235959" for "…/journal.sqlite", and so for its companions; empty when it stays put.
QString setAside(const QString &fileName)
{
    const QFileInfo info(fileName);
    const QString date = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s);
    const QString base = info.dir().filePath(info.completeBaseName() + u".corrupt-"_s + date);
    QString target = base;
    for (int n = 2; QFileInfo::exists(target); ++n)
        target = base + u'-' + QString::number(n);
    for (const QLatin1StringView suffix : companions) {
        const bool moved = QFile::rename(fileName + suffix, target + suffix);
        if (!moved && suffix.isEmpty())
            return {};
    }
    return target;
}

/// Of the file that has this name now; 0 where there is none, or the system does not tell.
quint64 identityOf(const QString &fileName)
{
#ifdef Q_OS_UNIX
    struct stat facts = {};
    if (::stat(QFile::encodeName(fileName).constData(), &facts) == 0)
        return facts.st_ino;
#else
    Q_UNUSED(fileName)
#endif
    return 0;
}

// SQLite's result codes (https://www.sqlite.org/rescode.html).
bool isNotADatabase(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff; // extended codes keep the primary one in the low byte
    return code == 26 || code == 11;
}

} // namespace

JournalFile::JournalFile(const QString &fileName)
    : m_connection(u"bricktray-journal-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_database(QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection))
{
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=1000"_s);
    makePrivate(fileName);
    Opened opened = open(fileName);
    if (opened == Opened::NotADatabase) {
        m_database.close();
        const QString aside = setAside(fileName);
        if (!aside.isEmpty()) {
            m_problem = u"The journal was damaged. It is kept as %1, and a new one was begun."_s.arg(
                QDir::toNativeSeparators(aside));
            makePrivate(fileName);
            opened = open(fileName);
        }
    }
    if (opened != Opened::Yes)
        openInMemory(u"The journal %1 cannot be used: %2. Calls are kept in memory until Bricktray ends."_s.arg(
            QDir::toNativeSeparators(fileName), m_error));
    else
        m_identity = identityOf(fileName);
}

JournalFile::~JournalFile()
{
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

bool JournalFile::isGone() const
{
    return m_identity != 0 && identityOf(m_database.databaseName()) != m_identity;
}

JournalFile::Opened JournalFile::open(const QString &fileName)
{
    m_database.setDatabaseName(fileName);
    if (!m_database.open()) {
        m_error = m_database.lastError().text();
        return Opened::No;
    }
    QSqlQuery query(m_database);
    // The first read; opening alone does not look into the file.
    if (!query.exec(u"SELECT count(*) FROM sqlite_schema"_s)) {
        m_error = query.lastError().databaseText();
        return isNotADatabase(query.lastError()) ? Opened::NotADatabase : Opened::No;
    }
    query.finish();
    m_error = migrate(m_database);
    if (!m_error.isEmpty())
        return Opened::No;
    // The transaction does nothing but fail where the file cannot be written.
    const QStringList settings{u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = NORMAL"_s,
                               u"PRAGMA foreign_keys = ON"_s,  u"PRAGMA journal_size_limit = 4194304"_s,
                               u"BEGIN IMMEDIATE"_s,           u"ROLLBACK"_s};
    for (const QString &setting : settings) {
        if (!query.exec(setting)) {
            m_error = query.lastError().databaseText();
            return Opened::No;
        }
    }
    return Opened::Yes;
}

void JournalFile::openInMemory(const QString &reason)
{
    m_database.close();
    m_problem = reason;
    if (open(u":memory:"_s) != Opened::Yes)
        m_problem += u' ' + m_error;
}

} // namespace Calls
