#include "databricks/clusterwords.h"

using namespace Qt::StringLiterals;

namespace Databricks {

QString workersText(const QJsonObject &cluster)
{
    const QJsonObject range = cluster.value("autoscale"_L1).toObject();
    if (!range.isEmpty())
        return u"%1 to %2"_s.arg(range.value("min_workers"_L1).toInteger())
            .arg(range.value("max_workers"_L1).toInteger());
    const QJsonValue number = cluster.value("num_workers"_L1);
    if (!number.isDouble())
        return {};
    return number.toInteger() == 0 ? u"single node"_s : QString::number(number.toInteger());
}

} // namespace Databricks
