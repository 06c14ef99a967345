#include "sample/ai/serving.h"

#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 updated = 1'793'000'000'000;

/// What is not ready was begun a short while ago.
qint64 changed(bool ready)
{
    static const qint64 begun = QDateTime::currentMSecsSinceEpoch() - 6 * 60'000;
    return ready ? updated : begun;
}

QJsonObject endpoint(const QString &name, const QString &task, const QJsonObject &entity, bool ready)
{
    const QString served = name + u"-1"_s;
    QJsonObject model = entity;
    model.insert(u"name"_s, served);
    model.insert(u"state"_s, QJsonObject{{u"deployment"_s, ready ? u"DEPLOYMENT_READY"_s : u"DEPLOYMENT_CREATING"_s},
                                         {u"deployment_state_message"_s, ready ? QString() : u"Loading the model"_s}});
    const QJsonObject route{{u"served_model_name"_s, served}, {u"traffic_percentage"_s, 100}};
    return {{u"name"_s, name},
            {u"id"_s, QString::fromLatin1(QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Md5).toHex())},
            {u"creator"_s, u"priya.raman@example.com"_s},
            {u"creation_timestamp"_s, ready ? updated - 86'400'000 : changed(ready)},
            {u"last_updated_timestamp"_s, changed(ready)},
            {u"state"_s, QJsonObject{{u"ready"_s, ready ? u"READY"_s : u"NOT_READY"_s},
                                     {u"config_update"_s, ready ? u"NOT_UPDATING"_s : u"IN_PROGRESS"_s}}},
            {u"config"_s, QJsonObject{{u"served_entities"_s, QJsonArray{model}},
                                      {u"traffic_config"_s, QJsonObject{{u"routes"_s, QJsonArray{route}}}}}},
            {u"task"_s, task}};
}

QJsonArray endpoints()
{
    const QJsonObject chat{{u"foundation_model"_s, QJsonObject{{u"name"_s, u"sample-chat-small"_s}}}};
    const QJsonObject embedding{{u"foundation_model"_s, QJsonObject{{u"name"_s, u"sample-embedding"_s}}}};
    const QJsonObject forecast{{u"entity_name"_s, u"main.default.demand_forecast"_s},
                               {u"entity_version"_s, u"4"_s},
                               {u"workload_size"_s, u"Small"_s},
                               {u"scale_to_zero_enabled"_s, true}};
    const QJsonObject churn{{u"entity_name"_s, u"main.default.churn"_s}, {u"entity_version"_s, u"1"_s}};
    return {endpoint(u"sample-chat"_s, u"llm/v1/chat"_s, chat, true),
            endpoint(u"sample-embedding"_s, u"llm/v1/embeddings"_s, embedding, true),
            endpoint(u"demand-forecast"_s, QString(), forecast, true), endpoint(u"churn"_s, QString(), churn, false)};
}

QJsonObject existing(const QString &name)
{
    return itemWith(endpoints(), "name"_L1, name,
                    {404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Endpoint with name '%1' does not exist."_s.arg(name)});
}

/// A list says less of an endpoint: not how it is served.
QJsonObject summary(QJsonObject endpoint)
{
    QJsonArray entities;
    for (const QJsonValue one : endpoint.value("config"_L1)["served_entities"_L1].toArray()) {
        QJsonObject entity = one.toObject();
        for (const auto detail : {"state"_L1, "workload_size"_L1, "scale_to_zero_enabled"_L1})
            entity.remove(detail);
        entities.append(entity);
    }
    endpoint.insert(u"config"_s, QJsonObject{{u"served_entities"_s, entities}});
    return endpoint;
}

Http::Reply list()
{
    QJsonArray all;
    for (const QJsonValue one : endpoints())
        all.append(summary(one.toObject()));
    return answer({{u"endpoints"_s, all}});
}

QJsonObject usage(qint64 prompt, qint64 completion)
{
    return {
        {u"prompt_tokens"_s, prompt}, {u"completion_tokens"_s, completion}, {u"total_tokens"_s, prompt + completion}};
}

QJsonObject chatAnswer(const QJsonObject &body)
{
    const QJsonArray messages = body.value("messages"_L1).toArray();
    if (messages.isEmpty())
        throw ApiRefusal::missingField(u"messages"_s);
    const QString question = messages.last()["content"_L1].toString();
    const QString words = u"This is the sample workspace's model, which only repeats: “%1”"_s.arg(question);
    const qint64 most = number(body.value("max_tokens"_L1), u"max_tokens"_s, 1, 1'000'000, 1'000'000);
    const QStringList said = words.split(u' ').mid(0, most);
    const bool isCut = said.size() < words.split(u' ').size();
    const QJsonObject message{{u"role"_s, u"assistant"_s}, {u"content"_s, said.join(u' ')}};
    const QJsonObject choice{
        {u"index"_s, 0}, {u"message"_s, message}, {u"finish_reason"_s, isCut ? u"length"_s : u"stop"_s}};
    return {{u"id"_s, u"chatcmpl-sample"_s},
            {u"object"_s, u"chat.completion"_s},
            {u"model"_s, u"sample-chat-small"_s},
            {u"choices"_s, QJsonArray{choice}},
            {u"usage"_s, usage(question.split(u' ').size(), said.size())}};
}

QJsonObject embeddingAnswer(const QJsonObject &body)
{
    const QJsonValue input = body.value("input"_L1);
    const QJsonArray texts = input.isString() ? QJsonArray{input} : input.toArray();
    if (texts.isEmpty())
        throw ApiRefusal::missingField(u"input"_s);
    QJsonArray data;
    for (const QJsonValue text : texts) {
        QJsonArray vector;
        for (const char byte : QCryptographicHash::hash(text.toString().toUtf8(), QCryptographicHash::Sha256))
            vector.append(double(byte) / 128);
        data.append(QJsonObject{{u"index"_s, data.size()}, {u"object"_s, u"embedding"_s}, {u"embedding"_s, vector}});
    }
    return {{u"object"_s, u"list"_s}, {u"data"_s, data}, {u"usage"_s, usage(texts.size(), 0)}};
}

/// How many rows of data there are, in whichever form of MLflow's they come.
qsizetype rowCount(const QJsonObject &body)
{
    const auto first = [](const QJsonObject &columns) { return columns.isEmpty() ? QJsonValue() : *columns.begin(); };
    const QJsonValue inputs = body.value("inputs"_L1);
    QList<qsizetype> given;
    for (const QJsonValue &rows :
         {body.value("dataframe_records"_L1), body.value("instances"_L1), body.value("dataframe_split"_L1)["data"_L1],
          inputs.isObject() ? first(inputs.toObject()) : inputs}) {
        if (!rows.toArray().isEmpty())
            given.append(rows.toArray().size());
    }
    if (given.size() != 1)
        throw ApiRefusal(400, u"BAD_REQUEST"_s,
                         u"Failed to parse data: exactly one of the input forms must be given."_s);
    return given.first();
}

QJsonObject forecastAnswer(const QJsonObject &body)
{
    const qsizetype rows = rowCount(body);
    QJsonArray predictions;
    for (qsizetype i = 0; i < rows; ++i)
        predictions.append(120.5 + 3 * double(i));
    return {{u"predictions"_s, predictions}};
}

QJsonObject invoked(const QString &name, const QJsonObject &body)
{
    const QJsonObject asked = existing(name);
    if (asked["state"_L1]["ready"_L1] != "READY"_L1)
        throw ApiRefusal(400, u"BAD_REQUEST"_s, u"The endpoint %1 is not ready."_s.arg(name));
    const QString task = asked.value("task"_L1).toString();
    if (task == "llm/v1/chat"_L1)
        return chatAnswer(body);
    return task == "llm/v1/embeddings"_L1 ? embeddingAnswer(body) : forecastAnswer(body);
}

/// What a served model's server, or the build of its container, wrote.
Http::Reply logs(const ApiRequest &ask, bool build)
{
    const QString name = ask.captures.value(u"name"_s);
    const QString served = ask.captures.value(u"served"_s);
    const QJsonObject asked = existing(name);
    itemWith(asked.value("config"_L1)["served_entities"_L1].toArray(), "name"_L1, served,
             {404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Served entity '%1' does not exist."_s.arg(served)});
    const bool isReady = asked["state"_L1]["ready"_L1] == "READY"_L1;
    const QString text =
        build ? u"#1 [internal] load build definition\n#2 installing requirements\n"_s
              : u"[%1] Starting server\n[%1] %2 the model\n"_s.arg(served, isReady ? u"Loaded"_s : u"Loading"_s);
    return answer({{u"logs"_s, text}});
}

} // namespace

QList<Route> servingRoutes()
{
    return {
        {"GET", u"/api/2.0/serving-endpoints"_s, [](const ApiRequest &) { return list(); }},
        {"GET", u"/api/2.0/serving-endpoints/{name}"_s,
         [](const ApiRequest &ask) { return answer(existing(ask.captures.value(u"name"_s))); }},
        {"GET", u"/api/2.0/serving-endpoints/{name}/served-models/{served}/logs"_s,
         [](const ApiRequest &ask) { return logs(ask, false); }},
        {"GET", u"/api/2.0/serving-endpoints/{name}/served-models/{served}/build-logs"_s,
         [](const ApiRequest &ask) { return logs(ask, true); }},
        {"POST", u"/serving-endpoints/{name}/invocations"_s,
         [](const ApiRequest &ask) { return answer(invoked(ask.captures.value(u"name"_s), ask.json)); }},
    };
}

} // namespace Sample
