#include "calls/journalschema.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QStringList>

#include <array>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

// Step n leads from version n to n + 1. Steps that were released are never changed: add one.
const std::array<QStringList, 2> &steps()
{
    static const std::array<QStringList, 2> all{{
        {uR"(CREATE TABLE calls (
                id INTEGER PRIMARY KEY,
                started INTEGER NOT NULL,
                client TEXT NOT NULL,
                profile TEXT NOT NULL,
                workspace TEXT NOT NULL,
                tool TEXT NOT NULL,
                target TEXT NOT NULL,
                arguments TEXT NOT NULL,
                outcome TEXT NOT NULL,
                message TEXT NOT NULL,
                duration_ms INTEGER NOT NULL,
                answer_bytes INTEGER NOT NULL))"_s,
         u"CREATE INDEX calls_by_start ON calls (started)"_s,
         u"CREATE INDEX calls_open ON calls (outcome) WHERE outcome IN ('running', 'waiting')"_s,
         uR"(CREATE TABLE exchanges (
                call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                started_ms INTEGER NOT NULL,
                duration_ms INTEGER NOT NULL,
                method TEXT NOT NULL,
                path TEXT NOT NULL,
                attempt INTEGER NOT NULL,
                status INTEGER NOT NULL,
                bytes_received INTEGER NOT NULL,
                error TEXT NOT NULL,
                PRIMARY KEY (call_id, position)) WITHOUT ROWID)"_s},
        {u"ALTER TABLE calls ADD COLUMN permission TEXT NOT NULL DEFAULT ''"_s},
    }};
    return all;
}

bool run(QSqlQuery &query, const QStringList &statements)
{
    for (const QString &statement : statements) {
        if (!query.exec(statement))
            return false;
    }
    return true;
}

} // namespace

QString migrate(const QSqlDatabase &database)
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA user_version"_s) || !query.next())
        return query.lastError().databaseText();
    const int known = int(steps().size());
    const int found = query.value(0).toInt();
    query.finish();
    if (found > known) {
        return u"it was written by a newer Bricktray (its format is %1, this one knows %2)"_s.arg(found).arg(known);
    }
    for (int version = found; version < known; ++version) {
        QStringList statements = steps().at(size_t(version));
        statements.prepend(u"BEGIN IMMEDIATE"_s);
        statements.append(u"PRAGMA user_version = %1"_s.arg(version + 1));
        statements.append(u"COMMIT"_s);
        if (!run(query, statements)) {
            QString error = query.lastError().databaseText();
            query.exec(u"ROLLBACK"_s);
            return error;
        }
    }
    return {};
}

} // namespace Calls
