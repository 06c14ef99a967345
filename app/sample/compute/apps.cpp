#include "sample/compute/apps.h"

#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"
#include "sample/server/parameters.h"

#include <QDateTime>
#include <QTimeZone>

#include <array>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

struct App
{
    const char *name;
    const char *description;
    const char *state;
    const char *message;
    const char *computeState;
    const char *computeMessage;
    const char *deployments; ///< the states of its deployments, the newest first
    const char *failure;     ///< what a deployment that failed says
};

constexpr std::array Apps{
    App{"sales-dashboard", "Sales by region, for the field", "RUNNING", "App is running", "ACTIVE",
        "App compute is active.", "SUCCEEDED SUCCEEDED", ""},
    App{"churn-explorer", "Why customers leave", "CRASHED",
        "App crashed unexpectedly. Please check /logz for more details. ModuleNotFoundError: No module named 'shap'",
        "ACTIVE", "App compute is active.", "SUCCEEDED FAILED SUCCEEDED",
        "Error installing packages. Please check /logz for more details"},
    App{"mcp-tickets", "", "DEPLOYING", "App is being deployed", "ACTIVE", "App compute is active.",
        "IN_PROGRESS SUCCEEDED", ""},
    App{"legacy-forms", "Forms of the old portal", "UNAVAILABLE", "App status is unavailable.", "STOPPED",
        "App compute is stopped.", "SUCCEEDED", ""},
};

constexpr auto Creator = "priya.raman@example.com"_L1;

QString sourceOf(const App &app)
{
    return u"/Workspace/Users/%1/apps/%2"_s.arg(Creator, QLatin1StringView(app.name));
}

/// A day lies between two deployments.
QString timeOf(qsizetype daysAgo)
{
    static const QDateTime last(QDate(2026, 11, 20), QTime(9, 30), QTimeZone::utc());
    return last.addDays(-daysAgo).toString(Qt::ISODate);
}

QString messageOf(const App &app, const QString &state)
{
    static const QHash<QString, QString> messages{{u"SUCCEEDED"_s, u"App started successfully"_s},
                                                  {u"IN_PROGRESS"_s, u"Installing dependencies"_s}};
    return messages.value(state, QString::fromLatin1(app.failure));
}

QJsonArray deploymentsOf(const App &app)
{
    QJsonArray all;
    for (const QString &state : QString::fromLatin1(app.deployments).split(u' ')) {
        const QString id = stableUuid(QLatin1StringView(app.name) + QString::number(all.size())).remove(u'-');
        const QString artifacts = u"/Workspace/Users/%1/src/%2"_s.arg(stableUuid(QLatin1StringView(app.name)), id);
        all.append(QJsonObject{{u"deployment_id"_s, id},
                               {u"source_code_path"_s, sourceOf(app)},
                               {u"deployment_artifacts"_s, QJsonObject{{u"source_code_path"_s, artifacts}}},
                               {u"mode"_s, u"SNAPSHOT"_s},
                               {u"status"_s, QJsonObject{{u"state"_s, state}, {u"message"_s, messageOf(app, state)}}},
                               {u"creator"_s, Creator},
                               {u"create_time"_s, timeOf(all.size())},
                               {u"update_time"_s, timeOf(all.size())}});
    }
    return all;
}

QJsonObject firstWith(const QJsonArray &deployments, const QString &state)
{
    for (const QJsonValue deployment : deployments) {
        if (deployment["status"_L1]["state"_L1] == state)
            return deployment.toObject();
    }
    return {};
}

QJsonArray resources()
{
    const QJsonObject warehouse{{u"id"_s, u"8f3b2c1d90e47a65"_s}, {u"permission"_s, u"CAN_USE"_s}};
    const QJsonObject endpoint{{u"name"_s, u"demand-forecast"_s}, {u"permission"_s, u"CAN_QUERY"_s}};
    const QJsonObject secret{{u"scope"_s, u"crm"_s}, {u"key"_s, u"api-key"_s}, {u"permission"_s, u"READ"_s}};
    return {QJsonObject{{u"name"_s, u"warehouse"_s}, {u"sql_warehouse"_s, warehouse}},
            QJsonObject{{u"name"_s, u"forecast"_s},
                        {u"description"_s, u"Next month's demand"_s},
                        {u"serving_endpoint"_s, endpoint}},
            QJsonObject{{u"name"_s, u"crm-key"_s}, {u"secret"_s, secret}}};
}

QJsonObject facts(const App &app)
{
    const QString name = QString::fromLatin1(app.name);
    const QJsonArray deployments = deploymentsOf(app);
    const auto status = [](const char *state, const char *message) {
        return QJsonObject{{u"state"_s, QString::fromLatin1(state)}, {u"message"_s, QString::fromLatin1(message)}};
    };
    QJsonObject facts{{u"name"_s, name},
                      {u"id"_s, stableUuid(name)},
                      {u"description"_s, QString::fromLatin1(app.description)},
                      {u"url"_s, u"https://%1-3512467908812345.5.azure.databricksapps.com"_s.arg(name)},
                      {u"app_status"_s, status(app.state, app.message)},
                      {u"compute_status"_s, status(app.computeState, app.computeMessage)},
                      {u"compute_size"_s, u"MEDIUM"_s},
                      {u"default_source_code_path"_s, sourceOf(app)},
                      {u"service_principal_name"_s, u"app-%1"_s.arg(name)},
                      {u"service_principal_id"_s, stableId(name)},
                      {u"creator"_s, Creator},
                      {u"updater"_s, Creator},
                      {u"create_time"_s, timeOf(60)},
                      {u"update_time"_s, timeOf(0)},
                      {u"resources"_s, resources()},
                      {u"active_deployment"_s, firstWith(deployments, u"SUCCEEDED"_s)}};
    if (const QJsonObject pending = firstWith(deployments, u"IN_PROGRESS"_s); !pending.isEmpty())
        facts.insert(u"pending_deployment"_s, pending);
    return facts;
}

const App &existing(const QString &name)
{
    const auto found =
        std::ranges::find_if(Apps, [&name](const App &app) { return name == QLatin1StringView(app.name); });
    if (found == Apps.end())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s,
                         u"App with name %1 does not exist or is deleted."_s.arg(name));
    return *found;
}

PageWish wish(const QUrlQuery &query)
{
    return {number(query, u"page_size"_s, 1, 100, 20), queryText(query, u"page_token"_s)};
}

Http::Reply list(const QUrlQuery &query)
{
    QJsonArray all;
    for (const App &app : Apps)
        all.append(facts(app));
    return answer(page(all, u"apps"_s, wish(query), u"apps"_s));
}

Http::Reply listDeployments(const QString &name, const QUrlQuery &query)
{
    return answer(page(deploymentsOf(existing(name)), u"app_deployments"_s, wish(query), u"deployments|"_s + name));
}

} // namespace

QList<Route> appRoutes()
{
    return {
        {"GET", u"/api/2.0/apps"_s, [](const ApiRequest &ask) { return list(ask.query); }},
        {"GET", u"/api/2.0/apps/{name}"_s,
         [](const ApiRequest &ask) { return answer(facts(existing(ask.captures.value(u"name"_s)))); }},
        {"GET", u"/api/2.0/apps/{name}/deployments"_s,
         [](const ApiRequest &ask) { return listDeployments(ask.captures.value(u"name"_s), ask.query); }},
    };
}

} // namespace Sample
