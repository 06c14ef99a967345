#include "tools/catalog/lineageentities.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

#include <array>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

/// Names are worth a few reads, not one for each of hundreds of readers.
constexpr int MostReads = 12;

/// Where a kind's name is read.
struct NamedKind
{
    QLatin1StringView kind;
    QLatin1StringView path;
    QLatin1StringView parameter; ///< empty: the id is the path's end
    QLatin1StringView key;       ///< of the name
};
constexpr std::array NamedKinds{
    NamedKind{"job"_L1, "/api/2.2/jobs/get"_L1, "job_id"_L1, "name"_L1},
    NamedKind{"pipeline"_L1, "/api/2.0/pipelines"_L1, {}, "name"_L1},
    NamedKind{"dashboard"_L1, "/api/2.0/lakeview/dashboards"_L1, {}, "display_name"_L1},
    NamedKind{"query"_L1, "/api/2.0/sql/queries"_L1, {}, "display_name"_L1},
};

QCoro::Task<QString> nameOf(ToolCall call, NamedKind kind, QString id)
{
    QString path(kind.path);
    QUrlQuery query;
    if (kind.parameter.isEmpty())
        path += u'/' + Databricks::pathSegment(id);
    else
        Databricks::addQueryItem(query, kind.parameter, id);
    const std::optional<QJsonObject> found = co_await known(call, path, query);
    const QJsonObject object = found.value_or(QJsonObject());
    // A job's name is among its settings.
    const QJsonValue name =
        object.contains("settings"_L1) ? object.value("settings"_L1)[kind.key] : object.value(kind.key);
    co_return Text::visible(name.toString());
}

} // namespace

QString entityKind(const QString &entityType)
{
    const QString kind = entityType.toLower();
    if (kind.contains("dashboard"_L1))
        return u"dashboard"_s;
    return kind.contains("query"_L1) ? u"query"_s : kind;
}

QCoro::Task<QHash<QString, QString>> entityNames(ToolCall call, QList<LineageEntity> entities)
{
    QHash<QString, QString> names;
    int reads = 0;
    for (const LineageEntity &entity : std::as_const(entities)) {
        const auto kind = std::ranges::find(NamedKinds, entity.kind, &NamedKind::kind);
        if (kind == NamedKinds.end() || names.contains(entity.key()) || reads == MostReads)
            continue;
        ++reads;
        const QString name = co_await nameOf(call, *kind, entity.id);
        names.insert(entity.key(), name);
    }
    const QHash<QString, QString> found = names;
    co_return found;
}

QString notebookPages(const ToolCall &call, const QList<LineageEntity> &entities)
{
    if (std::ranges::find(entities, u"notebook"_s, &LineageEntity::kind) == entities.end())
        return {};
    return u"Of notebooks lineage knows the object id, not the path: a person opens one at %1."_s.arg(
        notebookPage(call, u"ID"_s));
}

QString unreadNames(const QHash<QString, QString> &names)
{
    const auto unread = std::ranges::count_if(names, &QString::isEmpty);
    return unread == 0 ? QString() : u"The names of %1 could not be read."_s.arg(unread);
}

QCoro::Task<> mustExist(ToolCall call, QString table, QString column)
{
    const QJsonObject object = co_await call.workspace().get(catalogPath(u"tables"_s, table));
    if (column.isEmpty())
        co_return;
    QStringList names;
    for (const QJsonValue one : object.value("columns"_L1).toArray()) {
        names.append(Text::visible(one["name"_L1].toString()));
        if (names.last().compare(column, Qt::CaseInsensitive) == 0)
            co_return;
    }
    throw ApiError(ApiError::Kind::NotFound,
                   u"Table %1 has no column %2. Its columns: %3."_s.arg(Text::visible(table), Text::visible(column),
                                                                        beginning(names.join(", "_L1), 800)));
}

} // namespace Tools
