#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QHash>
#include <QList>
#include <QString>

namespace Tools {

/// What read or wrote a table, as lineage records it: a kind and an id, without a name.
struct LineageEntity
{
    QString kind; ///< "job", "notebook", "pipeline", "dashboard", "query"
    QString id;

    bool operator==(const LineageEntity &) const = default;
    QString key() const { return kind + u' ' + id; }
};

/// The kind by the system table's entity_type: "dashboard" for DASHBOARD_V3; empty for none.
QString entityKind(const QString &entityType);

/// The names of jobs, pipelines, dashboards and saved queries by LineageEntity::key(), as far as they are there and few
/// reads tell them. Notebooks have ids that no endpoint resolves.
QCoro::Task<QHash<QString, QString>> entityNames(ToolCall call, QList<LineageEntity> entities);

/// Where a person opens the notebooks among the entities, whose paths no API tells; empty where there are none.
QString notebookPages(const ToolCall &call, const QList<LineageEntity> &entities);

/// How many of them could not be read, as a sentence; empty where none.
QString unreadNames(const QHash<QString, QString> &names);

/// A table, or a column of it where one is named, without lineage is told from one that is not there. Throws ApiError.
QCoro::Task<> mustExist(ToolCall call, QString table, QString column = {});

} // namespace Tools
