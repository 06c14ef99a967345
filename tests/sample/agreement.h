#pragma once

#include "sample/workspaceclient.h"

#include <QSet>

/// Asks the endpoint that owns a thing whether it is there; each thing once.
class Agreement
{
public:
    explicit Agreement(WorkspaceClient &client)
        : m_client(client)
    {}

    /// What is missing so far, with who named it.
    const QStringList &missing() const { return m_missing; }

    /// All pages of a listing.
    QJsonArray all(const QString &path, const QString &key, QUrlQuery query = {});
    QJsonObject get(const QString &path, const QUrlQuery &query = {}) { return m_client.get(path, query).json(); }

    void cluster(const QString &id, const QString &by);
    void job(qint64 id, const QString &by);
    void run(qint64 id, const QString &by);
    void user(const QString &name, const QString &by);
    void warehouse(const QString &id, const QString &by);
    void table(const QString &fullName, const QString &by);
    /// A notebook, file or folder of the workspace, or a file or directory in a volume.
    void path(const QString &path, const QString &by);
    void pipeline(const QString &id, const QString &by);
    void query(const QString &id, const QString &by);
    void policy(const QString &id, const QString &by);
    /// Whatever a task names.
    void task(const QJsonObject &task, const QString &by);

    /// Runs a statement; its rows, or its failure as a text in the only cell.
    QJsonArray rows(const QString &sql) { return rowsOf(statement(sql)); }
    QJsonObject statement(const QString &sql);
    static QJsonArray rowsOf(const QJsonObject &answer);

private:
    void expect(const QString &path, const QUrlQuery &query, const QString &what, const QString &by);

    WorkspaceClient &m_client;
    QSet<QString> m_seen;
    QStringList m_missing;
};
