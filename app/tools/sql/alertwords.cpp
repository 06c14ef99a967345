#include "tools/sql/alertwords.h"

#include "tools/jobs/schedules/schedulewords.h"

#include "common/visible.h"

#include <QHash>
#include <QJsonArray>
#include <QStringList>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace Tools {

QString conditionText(const QJsonObject &evaluation)
{
    static const QHash<QString, QString> operators{
        {u"LESS_THAN"_s, u"<"_s},     {u"LESS_THAN_OR_EQUAL"_s, u"<="_s},
        {u"GREATER_THAN"_s, u">"_s},  {u"GREATER_THAN_OR_EQUAL"_s, u">="_s},
        {u"EQUAL"_s, u"="_s},         {u"NOT_EQUAL"_s, u"!="_s},
        {u"IS_NULL"_s, u"is null"_s}, {u"IS_NOT_NULL"_s, u"is not null"_s},
    };
    const QString code = evaluation.value("comparison_operator"_L1).toString();
    const QJsonObject source = evaluation.value("source"_L1).toObject();
    const QJsonObject threshold = evaluation.value("threshold"_L1).toObject();
    QStringList words{source.value("name"_L1).toString(), operators.value(code, code)};
    const QJsonObject value = threshold.value("value"_L1).toObject();
    const QJsonValue bound = value.isEmpty() ? threshold.value("column"_L1)["name"_L1] : *value.begin();
    words.append(bound.toVariant().toString());
    return Text::visible(words.join(u' ')).simplified();
}

QString alertSchedule(const QJsonObject &alert)
{
    QJsonObject schedule = alert.value("schedule"_L1).toObject();
    if (schedule.isEmpty())
        return {};
    // A job's schedule calls the same by another name.
    schedule.insert("quartz_cron_expression"_L1, schedule.take("quartz_cron_schedule"_L1));
    const QJsonObject settings{{"schedule"_L1, schedule}};
    return scheduleText(settings);
}

QString alertListeners(const QJsonObject &evaluation)
{
    QStringList who;
    const QJsonObject notification = evaluation.value("notification"_L1).toObject();
    for (const QJsonValue listener : notification.value("subscriptions"_L1).toArray()) {
        const QString email = listener["user_email"_L1].toString();
        const QString destination = listener["destination_id"_L1].toString();
        if (!email.isEmpty())
            who.append(email);
        else if (!destination.isEmpty())
            who.append(u"destination "_s + destination);
    }
    return who.isEmpty() ? u"nobody"_s : Text::visible(who.join(u", "_s));
}

} // namespace Tools
