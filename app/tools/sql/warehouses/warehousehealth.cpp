#include "tools/sql/warehouses/warehousehealth.h"

#include "tools/clusters/clusterwords.h"

#include "common/visible.h"
#include "databricks/requesturl.h"

using namespace Qt::StringLiterals;

namespace Tools {

QString warehousePath(const QString &id, const QString &action)
{
    return u"/api/2.0/sql/warehouses/"_s + Databricks::pathSegment(id) + action;
}

QString launchFailure(const QJsonObject &warehouse)
{
    const QString state = warehouse.value("state"_L1).toString();
    const QJsonObject health = warehouse.value("health"_L1).toObject();
    if (health.value("status"_L1) != "FAILED"_L1 || state == "RUNNING"_L1)
        return {};
    QStringList words;
    for (const auto key : {"summary"_L1, "message"_L1, "details"_L1}) {
        const QString text = Text::visible(health.value(key).toString()).simplified();
        if (!text.isEmpty() && words.isEmpty())
            words.append(text);
    }
    if (const QString reason = terminationText(health.value("failure_reason"_L1).toObject()); !reason.isEmpty())
        words.append(reason);
    return words.isEmpty() ? u"its health is FAILED"_s : words.join(u' ');
}

} // namespace Tools
