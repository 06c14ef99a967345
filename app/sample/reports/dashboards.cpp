#include "sample/reports/dashboards.h"

#include "sample/files/workspacetree.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QDateTime>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr auto Ending = ".lvdash.json"_L1;
constexpr auto Warehouse = "8f3b2c1d90e47a65"_L1;

QString iso(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toUTC().toString(Qt::ISODateWithMs);
}

void checkContent(const QString &text)
{
    const QJsonDocument json = QJsonDocument::fromJson(text.toUtf8());
    if (!json.isObject() || !json.object().contains("pages"_L1))
        throw ApiRefusal::invalidParameter(u"serialized_dashboard is not the JSON text of a dashboard."_s);
}

} // namespace

Dashboards::Dashboards(WorkspaceTree &tree, const QString &user)
    : m_tree(tree)
    , m_user(user)
{
    for (const QString &path : m_tree.dashboards())
        m_more.insert(path, {QString(Warehouse),
                             {{u"display_name"_s, path.section(u'/', -1).chopped(Ending.size())},
                              {u"warehouse_id"_s, QString(Warehouse)},
                              {u"embed_credentials"_s, true},
                              {u"revision_create_time"_s, iso(m_tree.find(path)->modified)}}});
}

QString Dashboards::path(const QString &id) const
{
    for (const QString &path : m_tree.dashboards()) {
        if (dashboardId(path) == id)
            return path;
    }
    return {};
}

QString Dashboards::existing(const ApiRequest &ask) const
{
    const QString id = ask.captures.value(u"id"_s);
    QString found = path(id);
    if (found.isEmpty())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Unable to find dashboard [id=%1]"_s.arg(id));
    return found;
}

QJsonObject Dashboards::facts(const QString &path, bool whole) const
{
    const WorkspaceNode &node = *m_tree.find(path);
    const More more = m_more.value(path);
    QJsonObject facts{{u"dashboard_id"_s, dashboardId(path)},
                      {u"display_name"_s, path.section(u'/', -1).chopped(Ending.size())},
                      {u"create_time"_s, iso(node.created)},
                      {u"update_time"_s, iso(node.modified)},
                      {u"etag"_s, QString::number(more.revision)},
                      {u"warehouse_id"_s, more.warehouse},
                      {u"lifecycle_state"_s, more.isTrashed ? u"TRASHED"_s : u"ACTIVE"_s}};
    if (whole) {
        facts.insert(u"path"_s, QString(u"/Workspace"_s + path));
        facts.insert(u"parent_path"_s, QString(u"/Workspace"_s + path.section(u'/', 0, -2)));
        facts.insert(u"serialized_dashboard"_s, QString::fromUtf8(node.content));
    }
    return facts;
}

Http::Reply Dashboards::list(const ApiRequest &ask) const
{
    const bool withTrash = truth(ask.query, u"show_trashed"_s).value_or(false);
    QJsonArray found;
    for (const QString &path : m_tree.dashboards()) {
        if (withTrash || !m_more.value(path).isTrashed)
            found.append(facts(path, false));
    }
    const PageWish wish{number(ask.query, u"page_size"_s, 1, 1000, 20), queryText(ask.query, u"page_token"_s)};
    return answer(page(found, u"dashboards"_s, wish, u"dashboards"_s));
}

Http::Reply Dashboards::create(const ApiRequest &ask)
{
    const QString name = requiredText(ask.json, u"display_name"_s);
    const QString content = ask.json.value("serialized_dashboard"_L1).toString(u"{\"datasets\":[],\"pages\":[]}"_s);
    checkContent(content);
    const QString folder =
        WorkspaceTree::plain(ask.json.value("parent_path"_L1).toString(QString("/Users/"_L1 + m_user)));
    const WorkspaceNode *parent = m_tree.find(folder);
    if (!parent || !parent->isFolder())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"Path (%1) doesn't exist."_s.arg(folder));
    const QString path = folder + u'/' + name + Ending;
    if (m_tree.find(path))
        throw ApiRefusal(409, u"RESOURCE_ALREADY_EXISTS"_s, u"Node named '%1' already exists"_s.arg(path));
    WorkspaceNode node;
    node.type = u"DASHBOARD"_s;
    node.content = content.toUtf8();
    node.created = node.modified = QDateTime::currentMSecsSinceEpoch();
    m_tree.put(path, node);
    m_more.insert(path, {ask.json.value("warehouse_id"_L1).toString(), {}});
    return answer(facts(path, true));
}

Http::Reply Dashboards::update(const ApiRequest &ask)
{
    const QString path = existing(ask);
    More &more = m_more[path];
    const QString etag = ask.json.value("etag"_L1).toString();
    if (!etag.isEmpty() && etag != QString::number(more.revision))
        throw ApiRefusal(409, u"ABORTED"_s, u"The dashboard has been changed since it was read."_s);
    WorkspaceNode node = *m_tree.find(path);
    if (ask.json.contains("serialized_dashboard"_L1)) {
        const QString content = requiredText(ask.json, u"serialized_dashboard"_s);
        checkContent(content);
        node.content = content.toUtf8();
    }
    if (ask.json.contains("warehouse_id"_L1))
        more.warehouse = requiredText(ask.json, u"warehouse_id"_s);
    node.modified = QDateTime::currentMSecsSinceEpoch();
    ++more.revision;
    m_tree.put(path, node);
    return answer(facts(path, true));
}

Http::Reply Dashboards::publish(const ApiRequest &ask)
{
    const QString path = existing(ask);
    More &more = m_more[path];
    more.published = {{u"display_name"_s, facts(path, false).value("display_name"_L1)},
                      {u"warehouse_id"_s, ask.json.value("warehouse_id"_L1).toString(more.warehouse)},
                      {u"embed_credentials"_s, ask.json.value("embed_credentials"_L1).toBool(true)},
                      {u"revision_create_time"_s, iso(QDateTime::currentMSecsSinceEpoch())}};
    return answer(more.published);
}

Http::Reply Dashboards::published(const ApiRequest &ask) const
{
    const QJsonObject published = m_more.value(existing(ask)).published;
    if (published.isEmpty())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s,
                         u"Unable to find published dashboard [dashboardId=%1]"_s.arg(ask.captures.value(u"id"_s)));
    return answer(published);
}

QList<Route> Dashboards::routes()
{
    const QString all = u"/api/2.0/lakeview/dashboards"_s;
    const QString one = all + u"/{id}"_s;
    const auto trash = [this](const ApiRequest &ask) {
        m_more[existing(ask)].isTrashed = true;
        return answer({});
    };
    const auto unpublish = [this](const ApiRequest &ask) {
        m_more[existing(ask)].published = {};
        return answer({});
    };
    return {
        {"GET", all, [this](const ApiRequest &ask) { return list(ask); }},
        {"POST", all, [this](const ApiRequest &ask) { return create(ask); }},
        {"GET", one, [this](const ApiRequest &ask) { return answer(facts(existing(ask), true)); }},
        {"PATCH", one, [this](const ApiRequest &ask) { return update(ask); }},
        {"DELETE", one, trash},
        {"GET", one + u"/published"_s, [this](const ApiRequest &ask) { return published(ask); }},
        {"POST", one + u"/published"_s, [this](const ApiRequest &ask) { return publish(ask); }},
        {"DELETE", one + u"/published"_s, unpublish},
    };
}

} // namespace Sample
