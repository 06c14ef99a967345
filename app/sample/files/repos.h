#pragma once

#include "sample/server/router.h"

#include <QJsonObject>

#include <map>

namespace Sample {

class WorkspaceTree;

/// The sample's Git folders (https://docs.databricks.com/api/workspace/repos). They stand in the workspace's tree, too.
class RepoShelf
{
    Q_DISABLE_COPY_MOVE(RepoShelf)

public:
    /// The tree must outlive the shelf.
    RepoShelf(WorkspaceTree &tree, const QString &user);

    /// They refer to the shelf.
    QList<Route> routes();

private:
    struct Repo
    {
        QJsonObject facts; ///< as the API shows it
        QStringList branches;
        QStringList tags;
    };

    void add(const Repo &repo);
    Repo &existing(const ApiRequest &ask);
    Http::Reply list(const ApiRequest &ask) const;
    Http::Reply create(const ApiRequest &ask);
    Http::Reply update(const ApiRequest &ask);
    Http::Reply remove(const ApiRequest &ask);

    WorkspaceTree &m_tree;
    const QString m_user;
    std::map<qint64, Repo> m_repos;
};

} // namespace Sample
