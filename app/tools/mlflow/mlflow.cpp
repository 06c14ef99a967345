#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// So many metrics and parameters of a run are shown.
constexpr qsizetype MostValues = 12;
/// Experiments have no filter by name in the listing: so many are looked at for one answer.
constexpr qsizetype LookedAt = 5000;

/// A time of MLflow's, which has 64-bit numbers as numbers or as texts.
QString millisecondsText(const QJsonValue &time)
{
    return timeText(time.isString() ? time.toString().toLongLong() : time.toInteger());
}

QJsonObject experimentRow(const QJsonObject &experiment)
{
    QJsonObject row = textsOf(experiment, {u"experiment_id"_s, u"name"_s, u"lifecycle_stage"_s});
    addText(row, u"updated"_s, millisecondsText(experiment.value("last_update_time"_L1)));
    return row;
}

QCoro::Task<ToolResult> listExperiments(ToolCall call)
{
    const QUrlQuery query{{u"max_results"_s, u"200"_s}};
    const QString name = call.text(u"name_contains"_s);
    Listing listing(u"/api/2.0/mlflow/experiments/list"_s, query, u"experiments"_s, &experimentRow);
    listing.holding(u"name"_s, name).lookingAt(name.isEmpty() ? -1 : LookedAt).from(call, {.usual = 50});
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"experiment_id"_s, u"id"_s}, {u"name"_s, u"name"_s}, {u"updated"_s, u"updated"_s}};
    co_return listAnswer(u"Found %1 MLflow experiments:"_s.arg(listed.totalInWords()), columns, u"experiments"_s,
                         listed);
}

/// "rmse=0.31, mae=0.2 and 4 more"
QString valuesText(const QJsonValue &values)
{
    const QJsonArray all = values.toArray();
    QStringList texts;
    for (qsizetype i = 0; i < std::min(all.size(), MostValues); ++i) {
        const QJsonObject one = all.at(i).toObject();
        const QJsonValue value = one.value("value"_L1);
        const QString text = value.isDouble() ? QString::number(value.toDouble(), 'g', 6) : value.toString();
        texts.append(Text::line(one.value("key"_L1).toString() + u'=' + text, 100));
    }
    QString text = texts.join(", "_L1);
    if (all.size() > MostValues)
        text += u" and %1 more"_s.arg(all.size() - MostValues);
    return text;
}

QJsonObject runRowOf(const QJsonObject &run)
{
    const QJsonObject info = run.value("info"_L1).toObject();
    const QJsonObject data = run.value("data"_L1).toObject();
    QJsonObject row = textsOf(info, {u"run_id"_s, u"run_name"_s, u"status"_s, u"user_id"_s});
    addText(row, u"started"_s, millisecondsText(info.value("start_time"_L1)));
    addText(row, u"ended"_s, millisecondsText(info.value("end_time"_L1)));
    addText(row, u"metrics"_s, valuesText(data.value("metrics"_L1)));
    addText(row, u"params"_s, valuesText(data.value("params"_L1)));
    return row;
}

QCoro::Task<ToolResult> searchRuns(ToolCall call)
{
    QJsonArray experiments;
    experiments.append(call.text(u"experiment_id"_s));
    QJsonObject body{{"experiment_ids"_L1, experiments}, {"max_results"_L1, call.number(u"limit"_s, 25)}};
    addText(body, u"filter"_s, call.text(u"filter"_s));
    addText(body, u"page_token"_s, call.text(u"page_token"_s));
    if (call.has(u"order_by"_s)) {
        QJsonArray order;
        order.append(call.text(u"order_by"_s));
        body.insert("order_by"_L1, order);
    }
    const QString path = u"/api/2.0/mlflow/runs/search"_s;
    const QJsonObject answer = co_await call.workspace().readByPost(path, body);
    QJsonArray rows;
    for (const QJsonValue run : answer.value("runs"_L1).toArray())
        rows.append(runRowOf(run.toObject()));
    const QString next = Text::visible(answer.value("next_page_token"_L1).toString());
    const QString headline =
        rows.isEmpty()
            ? u"No run of this experiment matches."_s
            : u"%1 runs, %2:"_s.arg(rows.size()).arg(next.isEmpty() ? u"the last that match"_s : u"more follow"_s);
    Answer result(headline);
    const Columns columns{{u"run_id"_s, u"run_id"_s},   {u"run_name"_s, u"name"_s},   {u"status"_s, u"status"_s},
                          {u"started"_s, u"started"_s}, {u"metrics"_s, u"metrics"_s}, {u"params"_s, u"params"_s},
                          {u"user_id"_s, u"user"_s},    {u"ended"_s, u"ended"_s}};
    result.table(u"runs"_s, columns, rows);
    if (!next.isEmpty())
        result.nextPage(next);
    co_return result;
}

} // namespace

QList<Tool> mlflowTools()
{
    return {
        {
            .name = u"list_experiments"_s,
            .title = u"List experiments"_s,
            .description = u"Lists the MLflow experiments."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                withPages(Schema().text(u"name_contains"_s, u"Only those whose name holds this text"_s), {.usual = 50}),
            .outputSchema = listedSchema(u"experiments"_s, Schema()
                                                               .text(u"experiment_id"_s, {})
                                                               .text(u"name"_s, {})
                                                               .text(u"lifecycle_stage"_s, {})
                                                               .text(u"updated"_s, {})),
            .run = &listExperiments,
        },
        {
            .name = u"search_runs"_s,
            .title = u"Search experiment runs"_s,
            .description = u"Finds runs of an MLflow experiment with their metrics and parameters. For job runs use "
                           "list_runs."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                Schema()
                    .text(u"experiment_id"_s, u"From list_experiments"_s)
                    .text(u"filter"_s, u"MLflow's search syntax, such as metrics.rmse < 0.3 and params.depth = '5'"_s)
                    .text(u"order_by"_s, u"Such as metrics.rmse ASC; default newest first"_s)
                    .integer(u"limit"_s, u"At most this many; default 25"_s, 1, 200)
                    .text(u"page_token"_s, u"next_page_token of an earlier answer"_s)
                    .require({u"experiment_id"_s}),
            .outputSchema = Schema()
                                .text(u"summary"_s, {})
                                .rows(u"runs"_s, {},
                                      Schema()
                                          .text(u"run_id"_s, {})
                                          .text(u"run_name"_s, {})
                                          .text(u"status"_s, {})
                                          .text(u"metrics"_s, {})
                                          .text(u"params"_s, {}))
                                .text(u"next_page_token"_s, {})
                                .require({u"summary"_s, u"runs"_s}),
            .run = &searchRuns,
        },
    };
}

} // namespace Tools
