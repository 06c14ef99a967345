#include "sample/ai/mlflow.h"

#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 updated = 1'793'000'000'000;
const QString Forecast = u"main.default.demand_forecast"_s;

QJsonArray experiments()
{
    const auto experiment = [](const QString &id, const QString &name) {
        return QJsonObject{{u"experiment_id"_s, id},
                           {u"name"_s, name},
                           {u"artifact_location"_s, QString(u"dbfs:/databricks/mlflow-tracking/"_s + id)},
                           {u"lifecycle_stage"_s, u"active"_s},
                           {u"creation_time"_s, updated - 86'400'000},
                           {u"last_update_time"_s, updated}};
    };
    return {experiment(u"2046871039455120"_s, u"/Shared/experiments/demand_forecast"_s),
            experiment(u"2046871039455377"_s, u"/Shared/experiments/churn"_s)};
}

QJsonObject run(int number, double rmse)
{
    const QString id = u"%1"_s.arg(number, 32, 16, QChar(u'a'));
    const QJsonObject info{{u"run_id"_s, id},
                           {u"run_name"_s, u"gradient-boosting-%1"_s.arg(number)},
                           {u"experiment_id"_s, u"2046871039455120"_s},
                           {u"user_id"_s, u"priya.raman@example.com"_s},
                           {u"status"_s, u"FINISHED"_s},
                           {u"start_time"_s, updated - number * 3'600'000},
                           {u"end_time"_s, updated - number * 3'600'000 + 420'000}};
    const QJsonObject metric{{u"key"_s, u"rmse"_s}, {u"value"_s, rmse}, {u"step"_s, 0}};
    const QJsonObject param{{u"key"_s, u"max_depth"_s}, {u"value"_s, QString::number(4 + number)}};
    return {{u"info"_s, info},
            {u"data"_s, QJsonObject{{u"metrics"_s, QJsonArray{metric}}, {u"params"_s, QJsonArray{param}}}}};
}

Http::Reply searchRuns(const QJsonObject &body)
{
    const QJsonArray ids = body.value("experiment_ids"_L1).toArray();
    if (ids.isEmpty())
        throw ApiRefusal::missingField(u"experiment_ids"_s);
    const QString id = ids.first().toString();
    itemWith(experiments(), "experiment_id"_L1, id,
             {404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Could not find experiment with ID %1"_s.arg(id)});
    QJsonArray runs;
    if (id == "2046871039455120"_L1)
        runs = {run(1, 0.318), run(2, 0.342), run(3, 0.297)};
    const PageWish wish{number(body.value("max_results"_L1), u"max_results"_s, 1, 50'000, 1000),
                        body.value("page_token"_L1).toString()};
    return answer(page(runs, u"runs"_s, wish, u"mlflow-runs|"_s + id));
}

QJsonArray models()
{
    return {QJsonObject{{u"full_name"_s, Forecast},
                        {u"name"_s, u"demand_forecast"_s},
                        {u"catalog_name"_s, u"main"_s},
                        {u"schema_name"_s, u"default"_s},
                        {u"owner"_s, u"priya.raman@example.com"_s},
                        {u"comment"_s, u"How much of each article sells in a week."_s},
                        {u"updated_at"_s, updated}},
            QJsonObject{{u"full_name"_s, u"main.default.churn"_s},
                        {u"name"_s, u"churn"_s},
                        {u"catalog_name"_s, u"main"_s},
                        {u"schema_name"_s, u"default"_s},
                        {u"owner"_s, u"priya.raman@example.com"_s},
                        {u"updated_at"_s, updated}}};
}

QJsonArray versions(const QString &model)
{
    itemWith(models(), "full_name"_L1, model,
             {404, u"MODEL_DOES_NOT_EXIST"_s, u"Registered model '%1' does not exist."_s.arg(model)});
    QJsonArray all;
    for (int version = 1; version <= (model == Forecast ? 4 : 1); ++version) {
        QJsonObject one{{u"model_name"_s, model.section(u'.', -1)},
                        {u"version"_s, version},
                        {u"status"_s, u"READY"_s},
                        {u"run_id"_s, u"%1"_s.arg(version, 32, 16, QChar(u'a'))},
                        {u"created_at"_s, updated},
                        {u"created_by"_s, u"priya.raman@example.com"_s}};
        if (version == 3)
            one.insert(u"aliases"_s, QJsonArray{QJsonObject{{u"alias_name"_s, u"champion"_s}, {u"version_num"_s, 3}}});
        all.append(one);
    }
    return all;
}

Http::Reply version(const ApiRequest &ask)
{
    const QJsonArray all = versions(ask.captures.value(u"model"_s));
    const QString wanted = ask.captures.value(u"version"_s);
    for (const QJsonValue one : all) {
        if (QString::number(one["version"_L1].toInteger()) == wanted)
            return answer(one.toObject());
    }
    throw ApiRefusal(404, u"MODEL_VERSION_DOES_NOT_EXIST"_s, u"Model version %1 does not exist."_s.arg(wanted));
}

Http::Reply aliased(const ApiRequest &ask)
{
    const QString alias = ask.captures.value(u"alias"_s);
    for (const QJsonValue one : versions(ask.captures.value(u"model"_s))) {
        if (one["aliases"_L1][0]["alias_name"_L1] == alias)
            return answer(one.toObject());
    }
    throw ApiRefusal(404, u"MODEL_ALIAS_DOES_NOT_EXIST"_s, u"Alias '%1' does not exist."_s.arg(alias));
}

} // namespace

QList<Route> mlflowRoutes()
{
    const QString model = u"/api/2.1/unity-catalog/models/{model}"_s;
    return {
        {"GET", u"/api/2.0/mlflow/experiments/list"_s,
         [](const ApiRequest &ask) {
             const PageWish wish{number(ask.query, u"max_results"_s, 1, 50'000, 1000),
                                 queryText(ask.query, u"page_token"_s)};
             return answer(page(experiments(), u"experiments"_s, wish, u"experiments"_s));
         }},
        {"POST", u"/api/2.0/mlflow/runs/search"_s, [](const ApiRequest &ask) { return searchRuns(ask.json); }},
        {"GET", u"/api/2.1/unity-catalog/models"_s,
         [](const ApiRequest &) {
             return answer({{u"registered_models"_s, models()}});
         }},
        {"GET", model + u"/versions"_s,
         [](const ApiRequest &ask) {
             return answer({{u"model_versions"_s, versions(ask.captures.value(u"model"_s))}});
         }},
        {"GET", model + u"/versions/{version}"_s, &version},
        {"GET", model + u"/aliases/{alias}"_s, &aliased},
    };
}

} // namespace Sample
