#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

namespace Sample {

/// Something in the workspace's tree.
struct WorkspaceNode
{
    QString type = QStringLiteral("DIRECTORY");
    QString language = {};   ///< of a notebook
    QByteArray content = {}; ///< of a notebook: its source
    qint64 created = 0;
    qint64 modified = 0;
    bool isPrivate = false;  ///< another user's: only its name is seen
    bool isTooLarge = false; ///< for any export

    bool isFolder() const { return type == u"DIRECTORY" || type == u"REPO"; }
};

/// The sample's notebooks, files and folders (resources/sample/workspace.json), and the notebooks that its jobs run.
class WorkspaceTree
{
public:
    explicit WorkspaceTree(const QString &user);

    /// A path as the tree knows it: without the prefix /Workspace and a slash at the end.
    static QString plain(const QString &path);

    /// nullptr where there is nothing. "/" is always there.
    const WorkspaceNode *find(const QString &path) const;
    QStringList children(const QString &path) const;
    /// The path of the object of this id; empty where there is none.
    QString pathOf(qint64 objectId) const;
    /// The paths of the dashboards.
    QStringList dashboards() const;
    /// As workspace/get-status shows it.
    QJsonObject object(const QString &path) const;

    /// Puts a node there, and folders above it where they are missing; replaces what is there.
    void put(const QString &path, WorkspaceNode node);
    /// With everything below.
    void remove(const QString &path);

private:
    QMap<QString, WorkspaceNode> m_nodes;
};

/// The id by which a dashboard at this path is known.
QString dashboardId(const QString &path);

/// "# ", "-- " or "// ": what a comment of a notebook's language begins with.
QString commentMark(const QString &language);

} // namespace Sample
