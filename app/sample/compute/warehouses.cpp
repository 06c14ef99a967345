#include "sample/compute/warehouses.h"

#include "sample/compute/warehousefleet.h"
#include "sample/server/apianswers.h"
#include "sample/server/paging.h"
#include "sample/server/parameters.h"

#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QJsonObject existing(const WarehouseFleet &fleet, const QString &id)
{
    const QJsonObject warehouse = fleet.find(id);
    if (warehouse.isEmpty())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"SQL warehouse %1 does not exist."_s.arg(id));
    return warehouse;
}

Http::Reply list(const WarehouseFleet &fleet, const QUrlQuery &query)
{
    const PageWish wish{number(query, u"page_size"_s, 1, 1000, 100), queryText(query, u"page_token"_s)};
    return answer(page(fleet.warehouses(), u"warehouses"_s, wish, u"warehouses"_s));
}

} // namespace

QList<Route> warehouseRoutes(WarehouseFleet &fleet)
{
    const QString one = u"/api/2.0/sql/warehouses/{id}"_s;
    const QString overrides = u"/api/warehouses/v1/default-warehouse-overrides/"_s;
    // At first the user has no override of their own.
    const auto override = std::make_shared<QString>();
    const auto mine = [override](const ApiRequest &) {
        if (override->isEmpty())
            return answer({{u"type"_s, u"LAST_SELECTED"_s}, {u"default_warehouse_override_id"_s, u"me"_s}});
        return answer(
            {{u"type"_s, u"CUSTOM"_s}, {u"default_warehouse_override_id"_s, u"me"_s}, {u"warehouse_id"_s, *override}});
    };
    return {
        {"GET", u"/api/2.0/sql/warehouses"_s, [&fleet](const ApiRequest &ask) { return list(fleet, ask.query); }},
        {"GET", one, [&fleet](const ApiRequest &ask) { return answer(existing(fleet, ask.captures.value(u"id"_s))); }},
        {"POST", one + u"/start"_s,
         [&fleet](const ApiRequest &ask) {
             fleet.start(existing(fleet, ask.captures.value(u"id"_s)).value("id"_L1).toString());
             return answer({});
         }},
        {"POST", one + u"/stop"_s,
         [&fleet](const ApiRequest &ask) {
             fleet.stop(existing(fleet, ask.captures.value(u"id"_s)).value("id"_L1).toString());
             return answer({});
         }},
        {"GET", overrides + u"me"_s, mine},
        {"PATCH", overrides + u"me"_s,
         [override, mine](const ApiRequest &ask) {
             *override = requiredText(ask.json, u"warehouse_id"_s);
             return mine(ask);
         }},
    };
}

} // namespace Sample
