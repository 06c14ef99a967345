#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/change.h"
#include "tools/kit/listing.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/times.h"
#include "tools/sql/warehouses/warehousechoice.h"

#include "common/visible.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// AI/BI dashboards (https://docs.databricks.com/api/workspace/lakeview).
const QString DashboardsPath = u"/api/2.0/lakeview/dashboards"_s;

constexpr qsizetype DefinitionBytes = 24 * 1024;
constexpr qsizetype MostParts = 40;

QString onePath(const QString &id, const QString &more = {})
{
    return DashboardsPath + u'/' + Databricks::pathSegment(id) + more;
}

/// Its page for a person: of one that is published what viewers see, else the draft.
QString pageOf(const ToolCall &call, const QString &id, bool isPublished)
{
    QUrl page = call.workspace().host();
    page.setPath(u"/dashboardsv3/"_s + id + (isPublished ? u"/published"_s : QString()));
    return page.toString();
}

QJsonObject dashboardRow(const QJsonObject &dashboard)
{
    QJsonObject row = textsOf(dashboard, {u"dashboard_id"_s, u"display_name"_s, u"path"_s, u"warehouse_id"_s});
    addText(row, u"updated"_s, anyTimeText(dashboard.value("update_time"_L1)));
    return row;
}

QCoro::Task<ToolResult> listDashboards(ToolCall call)
{
    const QUrlQuery query{{u"page_size"_s, u"100"_s}};
    const QString name = call.text(u"name_contains"_s);
    Listing listing(DashboardsPath, query, u"dashboards"_s, &dashboardRow);
    listing
        .matching([name](const QJsonObject &dashboard) {
            return dashboard.value("lifecycle_state"_L1) != "TRASHED"_L1 &&
                   nameHolds(dashboard.value("display_name"_L1).toString(), name);
        })
        .from(call, {.usual = 50});
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"dashboard_id"_s, u"id"_s}, {u"display_name"_s, u"name"_s}, {u"updated"_s, u"updated"_s}};
    co_return listAnswer(u"Found %1 dashboards:"_s.arg(listed.totalInWords()), columns, u"dashboards"_s, listed);
}

/// "orders: SELECT …", a line a dataset of the definition.
QStringList datasetLines(const QJsonObject &definition)
{
    QStringList lines;
    for (const QJsonValue dataset : definition.value("datasets"_L1).toArray()) {
        QString sql = dataset["query"_L1].toString();
        for (const QJsonValue line : dataset["queryLines"_L1].toArray())
            sql += line.toString();
        lines.append(
            Text::line(dataset["displayName"_L1].toString(dataset["name"_L1].toString()) + u": "_s + sql, 400));
    }
    return lines.mid(0, MostParts);
}

QStringList pageLines(const QJsonObject &definition)
{
    QStringList lines;
    for (const QJsonValue page : definition.value("pages"_L1).toArray())
        lines.append(
            u"%1 (%2 widgets)"_s.arg(Text::line(page["displayName"_L1].toString(page["name"_L1].toString()), 80))
                .arg(page["layout"_L1].toArray().size()));
    return lines.mid(0, MostParts);
}

QString viewersWords(bool embedsCredentials)
{
    return embedsCredentials ? u"with the publisher's rights"_s : u"with their own rights"_s;
}

/// What others see of it: nothing, or since when, with whose rights and on which warehouse. In lists the API does not
/// tell.
QCoro::Task<QJsonObject> publishedFacts(ToolCall call)
{
    QJsonObject facts;
    try {
        const QJsonObject published =
            co_await call.workspace().get(onePath(call.text(u"dashboard_id"_s), u"/published"_s));
        const bool embeds = published.value("embed_credentials"_L1).toBool();
        facts = {{"published"_L1, anyTimeText(published.value("revision_create_time"_L1))},
                 {"embed_credentials"_L1, embeds},
                 {"viewers_see_data"_L1, viewersWords(embeds)}};
        addText(facts, u"published_warehouse_id"_s, Text::visible(published.value("warehouse_id"_L1).toString()));
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
        facts.insert("published"_L1,
                     error.kind() == ApiError::Kind::NotFound ? u"no"_s : u"could not be read: "_s + error.message());
    }
    co_return facts;
}

QCoro::Task<ToolResult> getDashboard(ToolCall call)
{
    const QJsonObject dashboard = co_await call.workspace().get(onePath(call.text(u"dashboard_id"_s)));
    const QString serialized = dashboard.value("serialized_dashboard"_L1).toString();
    const QJsonObject definition = QJsonDocument::fromJson(serialized.toUtf8()).object();
    QJsonObject facts = dashboardRow(dashboard);
    addTexts(facts, dashboard, {u"lifecycle_state"_s, u"parent_path"_s});
    addText(facts, u"created"_s, anyTimeText(dashboard.value("create_time"_L1)));
    addText(facts, u"pages"_s, pageLines(definition).join("; "_L1));
    const QJsonObject published = co_await publishedFacts(call);
    for (auto fact = published.begin(); fact != published.end(); ++fact)
        facts.insert(fact.key(), *fact);
    const QString id = facts.value("dashboard_id"_L1).toString();
    facts.insert("page_url"_L1, pageOf(call, id, facts.contains("viewers_see_data"_L1)));
    Answer answer(u"Dashboard %1:"_s.arg(facts.value("display_name"_L1).toString()));
    answer.facts(facts);
    const QStringList datasets = datasetLines(definition);
    if (!datasets.isEmpty())
        answer.objects(u"datasets"_s, QJsonArray::fromStringList(datasets), u"Datasets:\n"_s + datasets.join(u'\n'));
    if (call.flag(u"definition"_s)) {
        // Cut JSON is of no use to create_dashboard, so it comes whole or not at all.
        const bool fits = serialized.toUtf8().size() <= DefinitionBytes;
        const QString shown = fits ? Text::visible(serialized)
                                   : u"The definition has %1 characters and does not fit; export_workspace_object "
                                     "gives the file at its path."_s.arg(serialized.size());
        answer.text(u"definition"_s, u"Definition:"_s, shown);
    }
    co_return answer;
}

QCoro::Task<ToolResult> createDashboard(ToolCall call)
{
    const QString definition = call.text(u"definition"_s);
    QJsonParseError problem;
    const QJsonDocument parsed = QJsonDocument::fromJson(definition.toUtf8(), &problem);
    if (!parsed.isObject())
        co_return ToolResult::error(
            u"definition is not a JSON object (%1 at character %2). get_dashboard with definition true shows one. "
            "Nothing was created."_s.arg(problem.errorString())
                .arg(problem.offset));
    const QString name = call.text(u"display_name"_s);
    call.setTarget(Text::visible(name));
    QJsonObject body{{"display_name"_L1, name}, {"serialized_dashboard"_L1, definition}};
    addText(body, u"parent_path"_s, call.text(u"parent_path"_s));
    // Without a warehouse it would show nothing.
    const WarehouseChoice warehouse = co_await chooseWarehouse(call);
    body.insert("warehouse_id"_L1, warehouse.id);
    const QJsonObject made = co_await call.workspace().post(DashboardsPath, body);
    const QString id = madeId(made, u"dashboard_id"_s);
    QJsonObject facts = dashboardRow(made);
    facts.insert("dashboard_id"_L1, id);
    facts.insert("warehouse_id"_L1, Text::visible(warehouse.id));
    facts.insert("page_url"_L1, pageOf(call, id, false));
    co_return factsAnswer(
        u"Dashboard %1 (%2) was created as a draft on %3. publish_dashboard shows it to others."_s.arg(
            Text::visible(name), id, Text::visible(warehouse.inWords())),
        facts);
}

QCoro::Task<ToolResult> publishDashboard(ToolCall call)
{
    const QString id = call.text(u"dashboard_id"_s);
    const bool embeds = call.flag(u"embed_credentials"_s);
    QJsonObject body{{"embed_credentials"_L1, embeds}};
    QString warehouse = call.text(u"warehouse_id"_s);
    QString onWarehouse = warehouse;
    if (warehouse.isEmpty()) {
        const QJsonObject draft = co_await call.workspace().get(onePath(id));
        onWarehouse = draft.value("warehouse_id"_L1).toString();
    }
    // A draft that was made without one would be published without one.
    if (onWarehouse.isEmpty()) {
        const WarehouseChoice chosen = co_await chooseWarehouse(call);
        warehouse = onWarehouse = chosen.id;
    }
    addText(body, u"warehouse_id"_s, warehouse);
    const QJsonObject published = co_await call.workspace().post(onePath(id, u"/published"_s), body);
    QJsonObject facts{{"dashboard_id"_L1, Text::visible(id)}, {"embed_credentials"_L1, embeds}};
    facts.insert("warehouse_id"_L1, Text::visible(published.value("warehouse_id"_L1).toString(onWarehouse)));
    addTexts(facts, published, {u"display_name"_s});
    addText(facts, u"published"_s, anyTimeText(published.value("revision_create_time"_L1)));
    facts.insert("viewers_see_data"_L1, viewersWords(embeds));
    facts.insert("page_url"_L1, pageOf(call, Text::visible(id), true));
    co_return factsAnswer(u"The dashboard is published. Viewers see its data %1."_s.arg(
                              embeds ? u"with the rights of who is signed in here"_s : viewersWords(false)),
                          facts);
}

QCoro::Task<QString> dashboardName(ToolCall call)
{
    const QJsonObject dashboard = co_await call.workspace().get(onePath(call.text(u"dashboard_id"_s)));
    const QString name = Text::visible(dashboard.value("display_name"_L1).toString());
    co_return name;
}

QCoro::Task<QString> newDashboardName(ToolCall call)
{
    const QString words = u"new dashboard "_s + Text::visible(call.text(u"display_name"_s));
    co_return words;
}

/// With embedded credentials, its viewers see what the publisher may see.
Calls::Effects effectsOfPublishing(const ToolCall &call)
{
    return call.flag(u"embed_credentials"_s) ? Calls::Effect::Replaces | Calls::Effect::Grants
                                             : Calls::Effects(Calls::Effect::Replaces);
}

Schema dashboardSchema()
{
    return Schema()
        .text(u"dashboard_id"_s, {})
        .text(u"display_name"_s, {})
        .text(u"page_url"_s, u"Where a person opens it"_s)
        .require({u"dashboard_id"_s});
}

Schema idSchema()
{
    return Schema().text(u"dashboard_id"_s, u"From list_dashboards"_s).require({u"dashboard_id"_s});
}

} // namespace

QList<Tool> dashboardTools()
{
    return {
        {
            .name = u"list_dashboards"_s,
            .title = u"List dashboards"_s,
            .description = u"Lists the AI/BI dashboards of the workspace."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema =
                withPages(Schema().text(u"name_contains"_s, u"Only those whose name holds this text"_s), {.usual = 50}),
            .outputSchema = listedSchema(u"dashboards"_s, Schema()
                                                              .text(u"dashboard_id"_s, {})
                                                              .text(u"display_name"_s, {})
                                                              .text(u"warehouse_id"_s, {})
                                                              .text(u"updated"_s, {})),
            .run = &listDashboards,
        },
        {
            .name = u"get_dashboard"_s,
            .title = u"Get dashboard"_s,
            .description = u"Shows a dashboard: its pages, the SQL of its datasets, whether it is published; with "
                           "definition the JSON that create_dashboard takes."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = idSchema().flag(u"definition"_s, u"Also its whole JSON"_s),
            .outputSchema = dashboardSchema(),
            .run = &getDashboard,
        },
        {
            .name = u"create_dashboard"_s,
            .title = u"Create dashboard"_s,
            .description = u"Creates a draft dashboard from its JSON definition."_s,
            .effects = Calls::Effect::Adds,
            .inputSchema =
                Schema()
                    .text(u"display_name"_s, u"Its name"_s)
                    .text(u"definition"_s, u"JSON text with datasets and pages, as get_dashboard shows it"_s)
                    .text(u"parent_path"_s, u"Workspace folder; default the user's own"_s)
                    .text(u"warehouse_id"_s, u"SQL warehouse for its queries; default the one that query_sql takes"_s)
                    .require({u"display_name"_s, u"definition"_s}),
            .outputSchema = dashboardSchema(),
            .run = &createDashboard,
            .target = &newDashboardName,
        },
        {
            .name = u"publish_dashboard"_s,
            .title = u"Publish dashboard"_s,
            .description = u"Publishes a dashboard's draft in place of what was published before."_s,
            .effects = Calls::Effect::Replaces | Calls::Effect::Grants,
            .inputSchema =
                idSchema()
                    .flag(u"embed_credentials"_s, u"Viewers see the data with the publisher's rights; default false"_s)
                    .text(u"warehouse_id"_s, u"Default the draft's"_s),
            .outputSchema = dashboardSchema(),
            .run = &publishDashboard,
            .effectsOf = &effectsOfPublishing,
            .leastEffects = Calls::Effect::Replaces,
            .effectRange = u"replaces; grants with embedded credentials"_s,
            .target = &dashboardName,
            .idempotent = true,
        },
    };
}

} // namespace Tools
