#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/required.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype MostDeployments = 10;
constexpr qsizetype LongestMessage = 600;

/// One word of an app's app_status or compute_status, or of a deployment's status.
QString wordOf(const QJsonObject &thing, const QString &status, const QString &word)
{
    return shortened(Text::visible(thing.value(status)[word].toString()), LongestMessage);
}

QString deploymentState(const QJsonObject &app, const QString &which)
{
    return wordOf(app.value(which).toObject(), u"status"_s, u"state"_s);
}

QJsonObject appRow(const QJsonObject &app)
{
    QJsonObject row = textsOf(app, {u"name"_s, u"creator"_s, u"url"_s});
    addText(row, u"state"_s, wordOf(app, u"app_status"_s, u"state"_s));
    addText(row, u"compute_state"_s, wordOf(app, u"compute_status"_s, u"state"_s));
    addText(row, u"deployment_state"_s, deploymentState(app, u"active_deployment"_s));
    addText(row, u"pending_deployment_state"_s, deploymentState(app, u"pending_deployment"_s));
    return row;
}

Schema appSchema()
{
    return Schema()
        .text(u"name"_s, {})
        .text(u"state"_s, u"DEPLOYING, RUNNING, CRASHED or UNAVAILABLE"_s)
        .text(u"compute_state"_s, u"State of what it runs on, such as ACTIVE or STOPPED"_s)
        .text(u"deployment_state"_s, u"Of the deployment that is active"_s)
        .text(u"pending_deployment_state"_s, u"Of the deployment that is to follow"_s)
        .text(u"creator"_s, {})
        .text(u"url"_s, {});
}

QCoro::Task<ToolResult> listApps(ToolCall call)
{
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    Listing listing(u"/api/2.0/apps"_s, query, u"apps"_s, &appRow);
    listing.countedBy([](const QJsonObject &app) { return app.value("app_status"_L1)["state"_L1].toString(); })
        .holding(u"name"_s, call.text(u"name_contains"_s))
        .from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    QString headline = u"Found %1 apps"_s.arg(listed.totalInWords());
    if (!listed.counts.isEmpty())
        headline += u" (%1 running)"_s.arg(listed.counts.value(u"RUNNING"_s));
    const Columns columns{{u"name"_s, u"name"_s},
                          {u"state"_s, u"state"_s},
                          {u"compute_state"_s, u"compute"_s},
                          {u"deployment_state"_s, u"deployment"_s},
                          {u"pending_deployment_state"_s, u"pending"_s},
                          {u"creator"_s, u"creator"_s},
                          {u"url"_s, u"url"_s}};
    co_return listAnswer(headline + u':', columns, u"apps"_s, listed);
}

/// What it is, in words: of each kind of resource the API has an object with other names.
QString resourceText(const QJsonObject &what)
{
    QStringList words;
    for (auto member = what.begin(); member != what.end(); ++member) {
        const QString value = Text::visible(member.value().toVariant().toString());
        if (member.key() != "permission"_L1 && !value.isEmpty())
            words.append(Text::visible(member.key()) + u' ' + value);
    }
    return words.join(u", "_s);
}

QJsonObject resourceRow(const QJsonObject &resource)
{
    QJsonObject row = textsOf(resource, {u"name"_s, u"description"_s});
    for (auto member = resource.begin(); member != resource.end(); ++member) {
        if (!member.value().isObject())
            continue;
        const QJsonObject what = member.value().toObject();
        row.insert("kind"_L1, Text::visible(member.key()));
        row.insert("resource"_L1, resourceText(what));
        addTexts(row, what, {u"permission"_s});
    }
    return row;
}

QJsonArray resourceRows(const QJsonObject &app)
{
    QJsonArray rows;
    for (const QJsonValue resource : app.value("resources"_L1).toArray())
        rows.append(resourceRow(resource.toObject()));
    return rows;
}

QJsonObject deploymentRow(const QJsonObject &deployment)
{
    QJsonObject row = textsOf(deployment, {u"deployment_id"_s, u"mode"_s, u"source_code_path"_s, u"creator"_s});
    addText(row, u"state"_s, wordOf(deployment, u"status"_s, u"state"_s));
    addText(row, u"message"_s, wordOf(deployment, u"status"_s, u"message"_s));
    addText(row, u"created"_s, anyTimeText(deployment.value("create_time"_L1)));
    addText(row, u"updated"_s, anyTimeText(deployment.value("update_time"_L1)));
    return row;
}

/// The newest of an app's deployments, and what is to be said of the others.
struct Deployments
{
    QJsonArray rows;
    QString note;
};

Deployments newestOf(const Databricks::Page &page)
{
    QList<QJsonObject> all;
    for (const QJsonValue deployment : page.items)
        all.append(deployment.toObject());
    // The API promises no order.
    std::ranges::stable_sort(all, std::greater(),
                             [](const QJsonObject &one) { return one.value("create_time"_L1).toString(); });
    Deployments newest;
    for (const QJsonObject &deployment : all.first(std::min(all.size(), MostDeployments)))
        newest.rows.append(deploymentRow(deployment));
    if (!page.nextPageToken.isEmpty())
        newest.note = u"There are more than %1 deployments; of the others nothing is known."_s.arg(all.size());
    else if (all.size() > MostDeployments)
        newest.note = u"The newest %1 of %2 deployments are shown."_s.arg(MostDeployments).arg(all.size());
    return newest;
}

/// An app can be read by more people than its deployments.
QCoro::Task<Deployments> readDeployments(Databricks::Workspace workspace, QString path)
{
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    try {
        const Databricks::Page page = co_await workspace.page(path, query, u"app_deployments"_s);
        co_return newestOf(page);
    } catch (const Databricks::ApiError &error) {
        if (isEndOfAll(error))
            throw;
        Deployments unknown;
        unknown.note = u"Its deployments could not be read: "_s + sentence(error.message());
        co_return unknown;
    }
}

/// Where a person finds what the app writes; empty where the app has no address.
QString logsPage(const QJsonObject &app)
{
    QUrl page(app.value("url"_L1).toString(), QUrl::StrictMode);
    if (page.scheme() != "https"_L1 || page.host().isEmpty())
        return {};
    page.setPath(u"/logz"_s);
    return page.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

QJsonObject appFacts(const QJsonObject &app)
{
    QJsonObject facts = appRow(app);
    addTexts(facts, app,
             {u"description"_s, u"compute_size"_s, u"service_principal_name"_s, u"default_source_code_path"_s,
              u"updater"_s});
    addText(facts, u"message"_s, wordOf(app, u"app_status"_s, u"message"_s));
    addText(facts, u"compute_message"_s, wordOf(app, u"compute_status"_s, u"message"_s));
    addText(facts, u"active_deployment_id"_s, idText(app.value("active_deployment"_L1).toObject(), u"deployment_id"_s));
    addText(facts, u"created"_s, anyTimeText(app.value("create_time"_L1)));
    addText(facts, u"updated"_s, anyTimeText(app.value("update_time"_L1)));
    addText(facts, u"logs_page"_s, logsPage(app));
    return facts;
}

QCoro::Task<ToolResult> getApp(ToolCall call)
{
    const QString name = call.text(u"name"_s);
    call.setTarget(Text::visible(name));
    const QString path = u"/api/2.0/apps/"_s + Databricks::pathSegment(name);
    const QJsonObject app = co_await call.workspace().get(path);
    mustHave(app, {u"name"_s});
    const Deployments deployments = co_await readDeployments(call.workspace(), path + u"/deployments"_s);

    const QJsonObject facts = appFacts(app);
    const auto state = [&facts](const QString &key) { return facts.value(key).toString(u"of unknown state"_s); };
    Answer answer(u"App %1 is %2, its compute is %3."_s.arg(facts.value("name"_L1).toString(), state(u"state"_s),
                                                            state(u"compute_state"_s)));
    answer.facts(facts);
    answer.rows(u"resources"_s, u"What it may use:"_s,
                {{u"name"_s, u"name"_s},
                 {u"kind"_s, u"kind"_s},
                 {u"resource"_s, u"resource"_s},
                 {u"permission"_s, u"permission"_s},
                 {u"description"_s, u"description"_s}},
                resourceRows(app));
    answer.rows(u"deployments"_s, u"Deployments:"_s,
                {{u"deployment_id"_s, u"id"_s},
                 {u"state"_s, u"state"_s},
                 {u"created"_s, u"created"_s},
                 {u"updated"_s, u"updated"_s},
                 {u"message"_s, u"message"_s},
                 {u"source_code_path"_s, u"source"_s},
                 {u"mode"_s, u"mode"_s},
                 {u"creator"_s, u"creator"_s}},
                deployments.rows);
    answer.note(deployments.note);
    if (facts.contains("logs_page"_L1))
        answer.next(u"What the app writes is only at its own address, which takes no token of a workspace: ask the "
                    "person to open logs_page in a browser."_s);
    co_return answer;
}

} // namespace

QList<Tool> appTools()
{
    const Schema resource = Schema()
                                .text(u"name"_s, {})
                                .text(u"kind"_s, u"Such as sql_warehouse, serving_endpoint or secret"_s)
                                .text(u"resource"_s, {})
                                .text(u"permission"_s, {})
                                .text(u"description"_s, {});
    const Schema deployment = Schema()
                                  .text(u"deployment_id"_s, {})
                                  .text(u"state"_s, u"IN_PROGRESS, SUCCEEDED, FAILED or CANCELLED"_s)
                                  .text(u"message"_s, {})
                                  .text(u"created"_s, {})
                                  .text(u"updated"_s, {})
                                  .text(u"source_code_path"_s, {})
                                  .text(u"mode"_s, {})
                                  .text(u"creator"_s, {});
    return {
        {
            .name = u"list_apps"_s,
            .title = u"List apps"_s,
            .description = u"Lists the Databricks Apps and whether they run."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                withPages(Schema().text(u"name_contains"_s, u"Only apps whose name holds this text, in any case"_s)),
            .outputSchema = listedSchema(u"apps"_s, appSchema()),
            .run = &listApps,
        },
        {
            .name = u"get_app"_s,
            .title = u"Get app"_s,
            .description =
                u"Shows a Databricks App: state, why it fails, last deployments, what it may use, and where a "
                "person finds its logs."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema().text(u"name"_s, u"Name of the app"_s).require({u"name"_s}),
            .outputSchema = appSchema()
                                .text(u"message"_s, u"Why the app is in its state"_s)
                                .text(u"compute_message"_s, {})
                                .text(u"logs_page"_s, u"For a person's browser: it takes no token"_s)
                                .rows(u"resources"_s, {}, resource)
                                .rows(u"deployments"_s, u"The newest first"_s, deployment)
                                .require({u"name"_s, u"deployments"_s}),
            .run = &getApp,
        },
    };
}

} // namespace Tools
