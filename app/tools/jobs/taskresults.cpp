#include "tools/jobs/taskresults.h"

#include "tools/kit/answer.h"

#include "common/secrets.h"

#include <QJsonArray>
#include <QSet>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

constexpr qsizetype UnknownLength = 2000;

/// "query: …" lines of those members that are there.
QStringList linesOf(const QJsonObject &object, const QList<std::pair<QString, QString>> &members)
{
    QStringList lines;
    for (const auto &[key, words] : members) {
        if (const QString text = object.value(key).toString(); !text.isEmpty())
            lines.append(words + u": "_s + text);
    }
    return lines;
}

QStringList queryLines(const QJsonObject &output)
{
    return linesOf(
        output, {{u"query_text"_s, u"query"_s}, {u"warehouse_id"_s, u"warehouse"_s}, {u"output_link"_s, u"result"_s}});
}

QStringList sqlLines(const QJsonObject &sql)
{
    QStringList lines = queryLines(sql.value("query_output"_L1).toObject());
    const QJsonObject alert = sql.value("alert_output"_L1).toObject();
    if (!alert.isEmpty()) {
        lines.append(u"The alert is %1."_s.arg(alert.value("alert_state"_L1).toString()));
        lines += queryLines(alert);
    }
    for (const QJsonValue value : sql.value("dashboard_output"_L1)["widgets"_L1].toArray()) {
        const QString error = value["error"_L1]["message"_L1].toString();
        lines.append(u"%1: %2 %3"_s.arg(value["widget_title"_L1].toString(), value["status"_L1].toString(), error));
    }
    return lines;
}

/// The address of the artifacts is signed, and whoever has it can read them: it is left out.
QStringList dbtLines(const QJsonObject &dbt)
{
    return dbt.contains("artifacts_link"_L1)
               ? QStringList(u"dbt left artifacts (manifest, run results, logs); the run's page gives them."_s)
               : QStringList();
}

QStringList otherLines(const QJsonObject &output)
{
    static const QSet<QString> known{u"metadata"_s,       u"error"_s,         u"error_trace"_s,     u"logs"_s,
                                     u"logs_truncated"_s, u"info"_s,          u"notebook_output"_s, u"sql_output"_s,
                                     u"dbt_output"_s,     u"run_job_output"_s};
    QStringList lines;
    for (auto member = output.begin(); member != output.end(); ++member) {
        const bool isEmpty = member->isNull() || (member->isObject() && member->toObject().isEmpty());
        if (!known.contains(member.key()) && !isEmpty)
            lines.append(member.key() + u": "_s + shortened(jsonText(safeJson(*member)), UnknownLength));
    }
    return lines;
}

} // namespace

QString taskResult(const QJsonObject &output)
{
    const QStringList lines = sqlLines(output.value("sql_output"_L1).toObject()) +
                              dbtLines(output.value("dbt_output"_L1).toObject()) +
                              linesOf(output, {{u"info"_s, u"info"_s}}) + otherLines(output);
    return Text::masked(lines.join(u'\n'));
}

} // namespace Tools
