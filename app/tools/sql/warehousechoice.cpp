#include "tools/sql/warehousechoice.h"

#include "tools/kit/answer.h"

#include "common/visible.h"
#include "databricks/requesturl.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr qsizetype MostWarehouses = 1000;

/// Smallest first, as the API spells them.
const QStringList Sizes{u"2X-Small"_s, u"X-Small"_s,  u"Small"_s,    u"Medium"_s,  u"Large"_s,
                        u"X-Large"_s,  u"2X-Large"_s, u"3X-Large"_s, u"4X-Large"_s};

QString stateOf(const QJsonObject &warehouse)
{
    return warehouse.value("state"_L1).toString();
}

qsizetype sizeOf(const QJsonObject &warehouse)
{
    const qsizetype size = Sizes.indexOf(warehouse.value("cluster_size"_L1).toString());
    return size < 0 ? Sizes.size() : size;
}

WarehouseChoice choice(const QJsonObject &warehouse, const QString &why)
{
    WarehouseChoice chosen;
    chosen.id = warehouse.value("id"_L1).toString();
    chosen.name = Text::visible(warehouse.value("name"_L1).toString());
    chosen.state = stateOf(warehouse);
    chosen.why = why;
    return chosen;
}

/// The user's own default; empty where there is none or the workspace is too old to know of it.
QCoro::Task<QString> ownDefault(Databricks::Workspace workspace)
{
    try {
        const QJsonObject own = co_await workspace.get(u"/api/warehouses/v1/default-warehouse-overrides/me"_s);
        const bool isCustom = own.value("type"_L1) == "CUSTOM"_L1;
        const QString id = isCustom ? own.value("warehouse_id"_L1).toString() : QString();
        co_return id;
    } catch (const ApiError &error) {
        using Kind = ApiError::Kind;
        const bool isUnknown = error.kind() == Kind::NotFound || error.kind() == Kind::PermissionDenied ||
                               error.kind() == Kind::BadRequest || error.status() == 501;
        if (!isUnknown)
            throw;
    }
    co_return QString();
}

WarehouseChoice best(const QJsonArray &warehouses)
{
    QList<QJsonObject> usable;
    for (const QJsonValue value : warehouses) {
        const QJsonObject warehouse = value.toObject();
        const bool ends = stateOf(warehouse) == "DELETING"_L1 || stateOf(warehouse) == "DELETED"_L1;
        if (!ends)
            usable.append(warehouse);
    }
    if (usable.isEmpty())
        throw ApiError(
            ApiError::Kind::NotFound,
            u"There is no SQL warehouse that the signed-in user may use. Ask a workspace administrator for one."_s);
    std::ranges::stable_sort(usable, {}, &sizeOf);
    const auto running = std::ranges::find(usable, u"RUNNING"_s, &stateOf);
    if (running != usable.end())
        return choice(*running, u"it is running already"_s);
    return choice(usable.first(), u"none is running and it is the smallest"_s);
}

} // namespace

QString WarehouseChoice::inWords() const
{
    const QString what = u"warehouse "_s + (name.isEmpty() ? id : QString(name + u" ("_s + id + u')'));
    return why.isEmpty() ? what : QString(what + u", because "_s + why);
}

namespace {

QCoro::Task<WarehouseChoice> anyWarehouse(ToolCall call)
{
    WarehouseChoice chosen;
    chosen.id = call.text(u"warehouse_id"_s);
    if (!chosen.id.isEmpty())
        co_return chosen;
    chosen.id = call.session().defaultWarehouseId;
    chosen.why = u"it is the profile's default"_s;
    if (!chosen.id.isEmpty())
        co_return chosen;
    chosen.id = co_await ownDefault(call.workspace());
    chosen.why = u"it is the user's default in Databricks"_s;
    if (!chosen.id.isEmpty())
        co_return chosen;
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    const Databricks::Page page =
        co_await call.workspace().list(u"/api/2.0/sql/warehouses"_s, query, u"warehouses"_s, MostWarehouses);
    const WarehouseChoice found = best(page.items);
    co_return found;
}

} // namespace

QCoro::Task<WarehouseChoice> chooseWarehouse(ToolCall call)
{
    const WarehouseChoice chosen = co_await anyWarehouse(call);
    if (!call.session().policy().isReadOnly())
        co_return chosen;
    // A statement starts the warehouse that it is sent to.
    const QString path = u"/api/2.0/sql/warehouses/"_s + Databricks::pathSegment(chosen.id);
    const QJsonObject warehouse = co_await call.workspace().get(path);
    if (stateOf(warehouse) != "RUNNING"_L1)
        throw ApiError(ApiError::Kind::Forbidden,
                       u"Bricktray is read-only, and %1 is %2: a query would start it. Nothing was done. Choose a "
                       "warehouse that is RUNNING (list_warehouses), or ask the person to start this one."_s.arg(
                           chosen.inWords(), stateOf(warehouse)));
    co_return chosen;
}

} // namespace Tools
