#include "tools/clusters/clusterwords.h"

#include "tools/kit/answer.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Tools {

QString terminationText(const QJsonObject &reason)
{
    static const QHash<QString, QString> words{
        {u"USER_REQUEST"_s, u"a user asked for it"_s},
        {u"JOB_FINISHED"_s, u"its job finished"_s},
        {u"INACTIVITY"_s, u"it was idle for its auto-termination time"_s},
        {u"CLOUD_PROVIDER_SHUTDOWN"_s, u"the cloud provider shut its instances down"_s},
        {u"CLOUD_PROVIDER_LAUNCH_FAILURE"_s, u"the cloud provider could not launch its instances"_s},
        {u"CLOUD_PROVIDER_RESOURCE_STOCKOUT"_s, u"the cloud provider has no such instances left"_s},
        {u"COMMUNICATION_LOST"_s, u"the workspace lost contact with it"_s},
        {u"INSTANCE_UNREACHABLE"_s, u"an instance could not be reached"_s},
        {u"INSTANCE_POOL_CLUSTER_FAILURE"_s, u"its instance pool failed"_s},
        {u"INVALID_ARGUMENT"_s, u"its configuration is not valid"_s},
        {u"SPARK_STARTUP_FAILURE"_s, u"Spark did not start"_s},
        {u"SPARK_ERROR"_s, u"Spark failed"_s},
        {u"DRIVER_UNREACHABLE"_s, u"its driver could not be reached"_s},
        {u"DRIVER_UNRESPONSIVE"_s, u"its driver stopped answering"_s},
        {u"INIT_SCRIPT_FAILURE"_s, u"an init script failed"_s},
        {u"METASTORE_COMPONENT_UNHEALTHY"_s, u"the metastore is unhealthy"_s},
        {u"TRIAL_EXPIRED"_s, u"the trial is over"_s},
        {u"UNEXPECTED_LAUNCH_FAILURE"_s, u"its launch failed unexpectedly"_s},
        {u"INTERNAL_ERROR"_s, u"Databricks had an internal error"_s},
    };
    const QString code = Text::visible(reason.value("code"_L1).toString());
    if (code.isEmpty())
        return {};
    const QString said = words.value(code);
    QString text = said.isEmpty() ? code : u"%1 (%2)"_s.arg(said, code);
    const QJsonObject parameters = reason.value("parameters"_L1).toObject();
    for (const auto key : {"username"_L1, "databricks_error_message"_L1, "aws_error_message"_L1,
                           "azure_error_message"_L1, "gcp_error_message"_L1}) {
        const QString value = Text::visible(parameters.value(key).toString());
        if (!value.isEmpty())
            text += ": "_L1 + value;
    }
    return text;
}

namespace {

/// "autotermination_minutes is 60, was 0": what an EDITED event tells
/// (https://docs.databricks.com/api/workspace/clusters/events).
QStringList editsIn(const QJsonObject &details)
{
    constexpr qsizetype MostEdits = 8;
    const auto text = [](const QJsonValue &value) {
        return value.isUndefined() ? u"unset"_s
                                   : Text::line(value.isString() ? value.toString() : jsonText(safeJson(value)), 80);
    };
    QStringList edits;
    for (const auto &[now, before] : {std::pair("attributes"_L1, "previous_attributes"_L1),
                                      std::pair("cluster_size"_L1, "previous_cluster_size"_L1)}) {
        const QJsonObject after = details.value(now).toObject();
        const QJsonObject former = details.value(before).toObject();
        if (former.isEmpty())
            continue;
        QStringList names = after.keys() + former.keys();
        names.removeDuplicates();
        for (const QString &name : std::as_const(names)) {
            if (after.value(name) != former.value(name))
                edits.append(
                    u"%1 is %2, was %3"_s.arg(Text::visible(name), text(after.value(name)), text(former.value(name))));
        }
    }
    if (edits.size() > MostEdits)
        edits = edits.mid(0, MostEdits) << u"%1 more"_s.arg(edits.size() - MostEdits);
    return edits;
}

} // namespace

QJsonObject clusterEventRow(const QJsonObject &event)
{
    const QJsonObject details = event.value("details"_L1).toObject();
    QStringList words;
    const QString reason = terminationText(details.value("reason"_L1).toObject());
    if (!reason.isEmpty())
        words.append(reason);
    const QString cause = Text::visible(details.value("cause"_L1).toString());
    if (!cause.isEmpty())
        words.append("cause: "_L1 + cause);
    if (details.contains("target_num_workers"_L1))
        words.append(u"workers: %1 of %2"_s.arg(details.value("current_num_workers"_L1).toInteger())
                         .arg(details.value("target_num_workers"_L1).toInteger()));
    words += editsIn(details);
    const QString driver = Text::visible(details.value("driver_state_message"_L1).toString());
    if (!driver.isEmpty())
        words.append(driver);
    return {{"time"_L1, timeText(event.value("timestamp"_L1).toInteger())},
            {"type"_L1, Text::visible(event.value("type"_L1).toString())},
            {"user"_L1, Text::visible(details.value("user"_L1).toString())},
            {"details"_L1, words.join("; "_L1)}};
}

} // namespace Tools
