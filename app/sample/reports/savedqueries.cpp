#include "sample/reports/savedqueries.h"

#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"
#include "sample/server/parameters.h"

using namespace Qt::StringLiterals;

namespace Sample {

SavedQueries::SavedQueries(QString user)
    : m_user(std::move(user))
{
    for (const QJsonValue line : builtInJson(u"reports.json"_s).value("queries"_L1).toArray()) {
        QJsonObject query = line.toObject();
        query.insert("lifecycle_state"_L1, u"ACTIVE"_s);
        query.insert("last_modifier_user_name"_L1, query.value("owner_user_name"_L1));
        query.insert("run_as_mode"_L1, u"OWNER"_s);
        query.insert("create_time"_L1, u"2026-02-11T09:15:00Z"_s);
        query.insert("update_time"_L1, u"2026-09-30T16:40:00Z"_s);
        m_shelf.add(query);
    }
}

QList<Route> SavedQueries::routes()
{
    const QString all = u"/api/2.0/sql/queries"_s;
    const auto list = [this](const ApiRequest &ask) {
        QJsonArray active;
        for (const QJsonValue query : m_shelf.all()) {
            if (query["lifecycle_state"_L1] == "ACTIVE"_L1)
                active.append(query);
        }
        const PageWish wish{number(ask.query, u"page_size"_s, 1, 100, 20), queryText(ask.query, u"page_token"_s)};
        return answer(page(active, u"results"_s, wish, u"queries"_s));
    };
    const auto create = [this](const ApiRequest &ask) {
        const QJsonObject query = ask.json.value("query"_L1).toObject();
        requiredText(query, u"display_name"_s);
        requiredText(query, u"query_text"_s);
        return answer(m_shelf.create(query, m_user));
    };
    const auto update = [this](const ApiRequest &ask) {
        return answer(m_shelf.update(ask.captures.value(u"id"_s), ask.json.value("query"_L1).toObject(),
                                     requiredText(ask.json, u"update_mask"_s)));
    };
    const auto trash = [this](const ApiRequest &ask) {
        m_shelf.trash(ask.captures.value(u"id"_s));
        return answer({});
    };
    return {
        {"GET", all, list},
        {"POST", all, create},
        {"GET", all + u"/{id}"_s,
         [this](const ApiRequest &ask) { return answer(m_shelf.existing(ask.captures.value(u"id"_s))); }},
        {"PATCH", all + u"/{id}"_s, update},
        {"DELETE", all + u"/{id}"_s, trash},
    };
}

} // namespace Sample
