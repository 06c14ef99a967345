#include "tools/sql/warehouses/warehousechoice.h"

#include "tools/kit/answer.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/nearnames.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousehealth.h"

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

/// What a statement waits for least: one that runs, that is starting, that may start, whose last start failed.
qsizetype patienceFor(const QJsonObject &warehouse)
{
    static const QStringList states{u"RUNNING"_s, u"STARTING"_s, u"STOPPED"_s};
    const qsizetype place = states.indexOf(stateOf(warehouse));
    return launchFailure(warehouse).isEmpty() ? (place < 0 ? states.size() : place) : states.size() + 1;
}

/// The best first. Throws ApiError where there is none.
QList<WarehouseChoice> ranked(const QJsonArray &warehouses)
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
    std::ranges::stable_sort(usable, {}, &patienceFor);
    QList<WarehouseChoice> choices;
    for (const QJsonObject &warehouse : std::as_const(usable)) {
        const QString state = stateOf(warehouse);
        const QString why = state == "RUNNING"_L1    ? u"it is running already"_s
                            : state == "STARTING"_L1 ? u"none is running and it is starting already"_s
                                                     : u"none is running and it is the smallest"_s;
        choices.append(choice(warehouse, why));
    }
    return choices;
}

} // namespace

QString WarehouseChoice::inWords() const
{
    const QString what = u"warehouse "_s + (name.isEmpty() ? id : QString(name + u" ("_s + id + u')'));
    const QString reason = why.isEmpty() ? what : QString(what + u", because "_s + why);
    return refused.isEmpty() ? reason : QString(reason + u" ("_s + refused.join(u"; "_s) + u')');
}

namespace {

QCoro::Task<QList<WarehouseChoice>> rankedWarehouses(ToolCall call)
{
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    const Databricks::Page page =
        co_await call.workspace().list(u"/api/2.0/sql/warehouses"_s, query, u"warehouses"_s, MostWarehouses);
    const QList<WarehouseChoice> choices = ranked(page.items);
    co_return choices;
}

/// Whether a warehouse, and not the statement, is what is refused.
bool isRefusal(const ApiError &error)
{
    using Kind = ApiError::Kind;
    return !error.isInDoubt() && (error.kind() == Kind::PermissionDenied || error.kind() == Kind::NotFound ||
                                  error.kind() == Kind::InvalidState);
}

QString refusalWords(const WarehouseChoice &warehouse, const ApiError &error)
{
    return u"%1 refused: %2"_s.arg(warehouse.name.isEmpty() ? warehouse.id : warehouse.name, error.message());
}

QCoro::Task<WarehouseChoice> anyWarehouse(ToolCall call)
{
    WarehouseChoice chosen;
    chosen.id = call.text(u"warehouse_id"_s);
    if (!chosen.id.isEmpty())
        co_return chosen;
    chosen.id = warehouseIdIn(call.session().defaultWarehouseId);
    chosen.why = u"it is the profile's default"_s;
    if (!chosen.id.isEmpty())
        co_return chosen;
    chosen.id = co_await ownDefault(call.workspace());
    chosen.why = u"it is the user's default in Databricks"_s;
    if (!chosen.id.isEmpty())
        co_return chosen;
    const QList<WarehouseChoice> choices = co_await rankedWarehouses(call);
    co_return choices.first();
}

} // namespace

QCoro::Task<SentStatement> runOnWarehouse(ToolCall call, QJsonObject body, std::chrono::milliseconds wait)
{
    SentStatement sent;
    sent.warehouse = co_await chooseWarehouse(call);
    // A warehouse that was named, by the caller or in the profile, is what was meant.
    const bool isNamed = call.text(u"warehouse_id"_s, call.session().defaultWarehouseId) == sent.warehouse.id;
    QList<WarehouseChoice> others;
    bool areKnown = false;
    QStringList refused;
    while (true) {
        call.setTarget(sent.warehouse.name.isEmpty() ? u"warehouse "_s + sent.warehouse.id : sent.warehouse.name);
        body.insert("warehouse_id"_L1, sent.warehouse.id);
        try {
            sent.answer = co_await runStatement(call, body, wait);
            sent.warehouse.refused = refused;
            const SentStatement done = sent;
            co_return done;
        } catch (const ApiError &error) {
            if (isNamed || !isRefusal(error))
                throw;
            refused.append(refusalWords(sent.warehouse, error));
        }
        if (!areKnown) {
            others = co_await rankedWarehouses(call);
            areKnown = true;
        }
        const QString tried = sent.warehouse.id;
        const bool startsNothing = call.session().policy().startsNothing();
        others.removeIf([&tried, startsNothing](const WarehouseChoice &one) {
            return one.id == tried || (startsNothing && one.state != "RUNNING"_L1);
        });
        if (others.isEmpty())
            throw ApiError(ApiError::Kind::PermissionDenied,
                           u"No SQL warehouse took the statement. "_s + refused.join(u"; "_s));
        sent.warehouse = others.takeFirst();
    }
}

QCoro::Task<WarehouseChoice> chooseWarehouse(ToolCall call)
{
    const WarehouseChoice chosen = co_await anyWarehouse(call);
    co_await mustNotBeStarted(call, chosen);
    co_return chosen;
}

QCoro::Task<QString> warehouseMeant(ToolCall call, QString given)
{
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    const Databricks::Page page =
        co_await call.workspace().list(u"/api/2.0/sql/warehouses"_s, query, u"warehouses"_s, MostWarehouses);
    QStringList names;
    QStringList meant;
    for (const QJsonValue warehouse : page.items) {
        const QString id = warehouse["id"_L1].toString();
        if (id == given)
            co_return id;
        names.append(warehouse["name"_L1].toString());
        if (names.last().compare(given, Qt::CaseInsensitive) == 0)
            meant.append(id);
    }
    if (meant.size() == 1)
        co_return meant.first();
    const QString what = Text::line(given, 120);
    throw ApiError(ApiError::Kind::NotFound,
                   meant.isEmpty()
                       ? u"There is no SQL warehouse %1 that this user may see.%2"_s.arg(what, didYouMean(given, names))
                       : u"%1 SQL warehouses are called %2: give the id, one of %3."_s.arg(
                             QString::number(meant.size()), what, meant.join(u", "_s)));
}

QCoro::Task<> mustNotBeStarted(ToolCall call, WarehouseChoice chosen)
{
    if (!call.session().policy().startsNothing())
        co_return;
    const QString path = u"/api/2.0/sql/warehouses/"_s + Databricks::pathSegment(chosen.id);
    const QJsonObject warehouse = co_await call.workspace().get(path);
    if (stateOf(warehouse) != "RUNNING"_L1)
        throw ApiError(ApiError::Kind::Forbidden,
                       u"Nothing may be started here, and %1 is %2: a query would start it. Nothing was done. Choose a "
                       "warehouse that is RUNNING (list_warehouses), or ask the person to start this one."_s.arg(
                           chosen.inWords(), stateOf(warehouse)));
}

} // namespace Tools
