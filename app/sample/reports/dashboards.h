#pragma once

#include "sample/server/router.h"

#include <QHash>

namespace Sample {

class WorkspaceTree;

/// AI/BI dashboards (https://docs.databricks.com/api/workspace/lakeview): those that stand in the workspace's tree.
class Dashboards
{
    Q_DISABLE_COPY_MOVE(Dashboards)

public:
    /// The tree must outlive them. user is who the sample's token belongs to.
    Dashboards(WorkspaceTree &tree, const QString &user);

    /// They refer to the dashboards.
    QList<Route> routes();

private:
    /// What the tree does not know of a dashboard.
    struct More
    {
        QString warehouse;
        QJsonObject published; ///< empty: it is a draft only
        bool isTrashed = false;
        int revision = 1;
    };

    QString path(const QString &id) const;
    QString existing(const ApiRequest &ask) const;
    QJsonObject facts(const QString &path, bool whole) const;
    Http::Reply list(const ApiRequest &ask) const;
    Http::Reply create(const ApiRequest &ask);
    Http::Reply update(const ApiRequest &ask);
    Http::Reply publish(const ApiRequest &ask);
    Http::Reply published(const ApiRequest &ask) const;

    WorkspaceTree &m_tree;
    const QString m_user;
    QHash<QString, More> m_more; ///< by the path in the tree
};

} // namespace Sample
