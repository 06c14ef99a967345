#include "sample/reports/alerts.h"

#include "sample/jobs/pasttimes.h"
#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"
#include "sample/server/parameters.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// A line of the file is what differs between alerts.
QJsonObject alert(const QJsonObject &line, qint64 now)
{
    const QString cron = u"0 0 7 * * ?"_s;
    const QString zone = u"Europe/Berlin"_s;
    const QString pause = line.value("paused"_L1).toBool() ? u"PAUSED"_s : u"UNPAUSED"_s;
    const QJsonObject schedule{
        {u"quartz_cron_expression"_s, cron}, {u"timezone_id"_s, zone}, {u"pause_status"_s, pause}};
    QJsonObject evaluation{
        {u"source"_s, QJsonObject{{u"name"_s, line.value("column"_L1)}}},
        {u"comparison_operator"_s, u"GREATER_THAN"_s},
        {u"threshold"_s, QJsonObject{{u"value"_s, QJsonObject{{u"double_value"_s, line.value("threshold"_L1)}}}}},
        {u"empty_result_state"_s, u"UNKNOWN"_s},
        {u"state"_s, line.value("state"_L1)}};
    if (line.contains("tells"_L1)) {
        const QJsonObject listener{{u"user_email"_s, line.value("tells"_L1)}};
        evaluation.insert(u"notification"_s, QJsonObject{{u"subscriptions"_s, QJsonArray{listener}}});
    }
    const QList<qint64> times = pastTimes({{u"schedule"_s, schedule}}, now, {1});
    if (line.value("state"_L1) != "UNKNOWN"_L1 && !times.isEmpty())
        evaluation.insert(u"last_evaluated_at"_s,
                          QDateTime::fromMSecsSinceEpoch(times.first()).toUTC().toString(Qt::ISODate));
    return {{u"id"_s, line.value("id"_L1)},
            {u"display_name"_s, line.value("display_name"_L1)},
            {u"query_text"_s, line.value("query_text"_L1)},
            {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s},
            {u"owner_user_name"_s, line.value("owner_user_name"_L1)},
            {u"run_as_user_name"_s, line.value("owner_user_name"_L1)},
            {u"parent_path"_s, u"/Workspace/Shared/reports"_s},
            {u"lifecycle_state"_s, line.value("trashed"_L1).toBool() ? u"TRASHED"_s : u"ACTIVE"_s},
            {u"create_time"_s, u"2026-03-02T08:00:00Z"_s},
            {u"update_time"_s, u"2026-10-19T14:30:00Z"_s},
            {u"evaluation"_s, evaluation},
            {u"schedule"_s,
             QJsonObject{{u"quartz_cron_schedule"_s, cron}, {u"timezone_id"_s, zone}, {u"pause_status"_s, pause}}}};
}

} // namespace

Alerts::Alerts(QString user, qint64 now)
    : m_user(std::move(user))
{
    for (const QJsonValue line : builtInJson(u"reports.json"_s).value("alerts"_L1).toArray())
        m_shelf.add(alert(line.toObject(), now));
}

QList<Route> Alerts::routes()
{
    const QString all = u"/api/2.0/alerts"_s;
    const auto list = [this](const ApiRequest &ask) {
        const PageWish wish{number(ask.query, u"page_size"_s, 1, 100, 20), queryText(ask.query, u"page_token"_s)};
        return answer(page(m_shelf.all(), u"alerts"_s, wish, u"alerts"_s));
    };
    const auto create = [this](const ApiRequest &ask) {
        for (const auto &field : {u"display_name"_s, u"query_text"_s, u"warehouse_id"_s})
            requiredText(ask.json, field);
        QJsonObject made = ask.json;
        QJsonObject evaluation = made.value("evaluation"_L1).toObject();
        evaluation.insert(u"state"_s, u"UNKNOWN"_s);
        made.insert(u"evaluation"_s, evaluation);
        return answer(m_shelf.create(made, m_user));
    };
    const auto update = [this](const ApiRequest &ask) {
        return answer(m_shelf.update(ask.captures.value(u"id"_s), ask.json, queryText(ask.query, u"update_mask"_s)));
    };
    const auto trash = [this](const ApiRequest &ask) {
        m_shelf.trash(ask.captures.value(u"id"_s));
        return answer({});
    };
    return {
        {"GET", all, list},
        {"POST", all, create},
        {"GET", all + u"/{id}"_s,
         [this](const ApiRequest &ask) { return answer(m_shelf.existing(ask.captures.value(u"id"_s))); }},
        {"PATCH", all + u"/{id}"_s, update},
        {"DELETE", all + u"/{id}"_s, trash},
    };
}

} // namespace Sample
