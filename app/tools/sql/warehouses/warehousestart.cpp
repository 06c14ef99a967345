#include "tools/sql/warehouses/warehousestart.h"

#include "tools/kit/answer.h"
#include "tools/kit/polling.h"
#include "tools/kit/required.h"
#include "tools/sql/warehouses/warehousehealth.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// Right after its start a warehouse may still be called STOPPED, with what became of the start before: so many looks
/// are believed less than the start.
constexpr int UnsureLooks = 3;

/// What was seen of a warehouse on its way up.
struct WayUp
{
    int looks = 0;
    bool wasStarting = false;
};

/// Whether it has stopped, and will not come up from this start.
bool fellBack(const QJsonObject &warehouse, WayUp &way)
{
    const QString state = warehouse.value("state"_L1).toString();
    ++way.looks;
    way.wasStarting = way.wasStarting || state == "STARTING"_L1;
    const bool isDown = state == "STOPPED"_L1 || state == "STOPPING"_L1;
    return isDown && (way.wasStarting || (way.looks > UnsureLooks && !launchFailure(warehouse).isEmpty()));
}

std::optional<QString> startingWords(const QJsonObject &warehouse)
{
    const QString state = warehouse.value("state"_L1).toString();
    if (state == "RUNNING"_L1 || state.startsWith("DELET"_L1) || warehouse.contains("fell_back"_L1))
        return {};
    return u"The warehouse is %1."_s.arg(state);
}

QCoro::Task<QJsonObject> lookAtStart(ToolCall call, QString id, std::shared_ptr<WayUp> way)
{
    QJsonObject warehouse = co_await readWarehouse(call, id);
    if (fellBack(warehouse, *way))
        warehouse.insert("fell_back"_L1, true);
    const QJsonObject looked = warehouse;
    co_return looked;
}

} // namespace

QCoro::Task<QJsonObject> readWarehouse(ToolCall call, QString id)
{
    const QJsonObject warehouse = co_await call.workspace().get(warehousePath(id));
    mustHave(warehouse, {u"id"_s, u"state"_s});
    call.setTarget(Text::visible(warehouse.value("name"_L1).toString()));
    co_return warehouse;
}

QCoro::Task<QJsonObject> waitUntilRunning(ToolCall call, QString id)
{
    const auto way = std::make_shared<WayUp>();
    const auto look = [call, id, way] { return lookAtStart(call, id, way); };
    return poll(call, WaitTime(call), LongWork, look, &startingWords);
}

QString startFailure(const QJsonObject &warehouse)
{
    const QString name = Text::visible(warehouse.value("name"_L1).toString());
    const QString state = warehouse.value("state"_L1).toString();
    if (state.startsWith("DELET"_L1))
        return u"Warehouse %1 did not start: it is %2."_s.arg(name, state);
    if (!warehouse.contains("fell_back"_L1))
        return {};
    const QString failure = launchFailure(warehouse);
    return u"Warehouse %1 did not start: it is %2 again. %3"_s.arg(
        name, state, failure.isEmpty() ? u"Databricks does not say why."_s : sentence(failure));
}

} // namespace Tools
