#include "sample/ai/mlflow.h"

#include "sample/ai/runsearch.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonArray>
#include <QJsonDocument>

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

constexpr qint64 Day = 86'400'000;
const QString ForecastExperiment = u"2046871039455120"_s;
const QString ChurnExperiment = u"2046871039455377"_s;

/// A training, of which a version of a model came.
struct Training
{
    int number = 0; ///< from 1, of all
    QString model;
    QString experiment;
    QString metric;
    double value = 0;

    QString id() const { return u"%1"_s.arg(number, 32, 16, QChar(u'a')); }
    qint64 started() const { return updated - (6 - number) * Day; }
    qint64 ended() const { return started() + 420'000; }
};

/// Oldest first: those of a model are its versions from 1 on.
const QList<Training> &trainings()
{
    static const QList<Training> all{{1, Forecast, ForecastExperiment, u"rmse"_s, 0.318},
                                     {2, Forecast, ForecastExperiment, u"rmse"_s, 0.342},
                                     {3, Forecast, ForecastExperiment, u"rmse"_s, 0.297},
                                     {4, Forecast, ForecastExperiment, u"rmse"_s, 0.305},
                                     {5, u"main.default.churn"_s, ChurnExperiment, u"auc"_s, 0.84}};
    return all;
}

QJsonObject run(const Training &training)
{
    const QString name = u"gradient-boosting-%1"_s.arg(training.number);
    const QJsonObject info{{u"run_id"_s, training.id()},
                           {u"run_name"_s, name},
                           {u"experiment_id"_s, training.experiment},
                           {u"user_id"_s, u"priya.raman@example.com"_s},
                           {u"status"_s, u"FINISHED"_s},
                           {u"start_time"_s, training.started()},
                           {u"end_time"_s, training.ended()}};
    const QJsonObject metric{{u"key"_s, training.metric}, {u"value"_s, training.value}, {u"step"_s, 0}};
    const QJsonObject param{{u"key"_s, u"max_depth"_s}, {u"value"_s, QString::number(4 + training.number)}};
    const auto tag = [](const QString &key, const QString &value) {
        return QJsonObject{{u"key"_s, key}, {u"value"_s, value}};
    };
    const QJsonArray tags{tag(u"mlflow.runName"_s, name), tag(u"mlflow.user"_s, u"priya.raman@example.com"_s)};
    return {{u"info"_s, info},
            {u"data"_s,
             QJsonObject{{u"metrics"_s, QJsonArray{metric}}, {u"params"_s, QJsonArray{param}}, {u"tags"_s, tags}}}};
}

QString checkedExperiment(const QJsonValue &id)
{
    return itemWith(experiments(), "experiment_id"_L1, id.toString(),
                    {404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Could not find experiment with ID %1"_s.arg(id.toString())})
        .value("experiment_id"_L1)
        .toString();
}

/// Newest first, unless order_by says otherwise (https://docs.databricks.com/api/workspace/experiments/searchruns).
Http::Reply searchRuns(const QJsonObject &body)
{
    const QJsonArray given = body.value("experiment_ids"_L1).toArray();
    if (given.isEmpty())
        throw ApiRefusal::missingField(u"experiment_ids"_s);
    QStringList ids;
    for (const QJsonValue id : given)
        ids.append(checkedExperiment(id));
    const QString view = word(body.value("run_view_type"_L1).toString(), u"run_view_type"_s,
                              {u"ACTIVE_ONLY"_s, u"DELETED_ONLY"_s, u"ALL"_s});
    QJsonArray runs;
    for (const Training &training : trainings()) {
        if (ids.contains(training.experiment) && view != "DELETED_ONLY"_L1)
            runs.prepend(run(training));
    }
    const QString filter = body.value("filter"_L1).toString();
    runs = orderedRuns(filteredRuns(runs, filter), body.value("order_by"_L1));
    const PageWish wish{number(body.value("max_results"_L1), u"max_results"_s, 1, 50'000, 1000),
                        body.value("page_token"_L1).toString()};
    const QByteArray order = QJsonDocument(body.value("order_by"_L1).toArray()).toJson(QJsonDocument::Compact);
    const QString scope =
        QStringList{u"mlflow-runs"_s, ids.join(u','), view, filter, QString::fromUtf8(order)}.join(u'|');
    return answer(page(runs, u"runs"_s, wish, scope));
}

/// "champion" of version 3.
QJsonArray aliasesOf(const QString &model)
{
    return model == Forecast ? QJsonArray{QJsonObject{{u"alias_name"_s, u"champion"_s}, {u"version_num"_s, 3}}}
                             : QJsonArray();
}

QJsonArray trainedVersions(const QString &model)
{
    QJsonArray all;
    for (const Training &training : trainings()) {
        if (training.model != model)
            continue;
        const int version = int(all.size()) + 1;
        QJsonObject one{{u"model_name"_s, model.section(u'.', -1)},
                        {u"version"_s, version},
                        {u"status"_s, u"READY"_s},
                        {u"run_id"_s, training.id()},
                        {u"created_at"_s, training.ended() + 60'000},
                        {u"created_by"_s, u"priya.raman@example.com"_s}};
        for (const QJsonValue alias : aliasesOf(model)) {
            if (alias["version_num"_L1] == version)
                one.insert(u"aliases"_s, QJsonArray{alias});
        }
        all.append(one);
    }
    return all;
}

QJsonObject model(const QString &name, const QString &comment)
{
    QJsonObject facts{{u"full_name"_s, name},
                      {u"name"_s, name.section(u'.', -1)},
                      {u"catalog_name"_s, u"main"_s},
                      {u"schema_name"_s, u"default"_s},
                      {u"owner"_s, u"priya.raman@example.com"_s},
                      {u"updated_at"_s, trainedVersions(name).last()["created_at"_L1]}};
    if (!comment.isEmpty())
        facts.insert(u"comment"_s, comment);
    if (const QJsonArray aliases = aliasesOf(name); !aliases.isEmpty())
        facts.insert(u"aliases"_s, aliases);
    return facts;
}

QJsonArray models()
{
    return {model(Forecast, u"How much of each article sells in a week."_s), model(u"main.default.churn"_s, {})};
}

ApiRefusal noModel(const QString &name)
{
    return {404, u"MODEL_DOES_NOT_EXIST"_s, u"Registered model '%1' does not exist."_s.arg(name)};
}

QJsonArray versions(const QString &name)
{
    itemWith(models(), "full_name"_L1, name, noModel(name));
    return trainedVersions(name);
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
        {"GET", model,
         [](const ApiRequest &ask) {
             const QString name = ask.captures.value(u"model"_s);
             return answer(itemWith(models(), "full_name"_L1, name, noModel(name)));
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
