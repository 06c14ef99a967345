#include "sample/jobs/pipelines.h"

#include "sample/jobs/pipelinebook.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

const Pipeline &existing(const PipelineBook &book, const ApiRequest &ask)
{
    const QString id = ask.captures.value(u"pipeline_id"_s);
    const Pipeline *pipeline = book.find(id);
    if (!pipeline)
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"The specified pipeline %1 was not found."_s.arg(id));
    return *pipeline;
}

/// What stands between the quotes of a filter that the pattern matches, '' being one quote.
QString quoted(const QString &filter, const QString &pattern)
{
    const QRegularExpressionMatch match =
        QRegularExpression(QRegularExpression::anchoredPattern(pattern), QRegularExpression::CaseInsensitiveOption)
            .match(filter.trimmed());
    if (!match.hasMatch())
        throw ApiRefusal::invalidParameter(u"The filter '%1' is not supported."_s.arg(filter));
    return match.captured(1).replace("''"_L1, "'"_L1);
}

/// SQL's LIKE as a regular expression.
QRegularExpression like(const QString &pattern)
{
    QString expression = QRegularExpression::escape(pattern);
    expression.replace("\\%"_L1, ".*"_L1).replace("%"_L1, ".*"_L1).replace("_"_L1, "."_L1);
    return QRegularExpression(QRegularExpression::anchoredPattern(expression));
}

PageWish wish(const QUrlQuery &query, qint64 most)
{
    return {number(query, u"max_results"_s, 1, most, 25), queryText(query, u"page_token"_s)};
}

Http::Reply listPipelines(const PipelineBook &book, const QUrlQuery &query)
{
    const QString filter = queryText(query, u"filter"_s);
    const QRegularExpression name =
        like(filter.isEmpty() ? u"%"_s : quoted(filter, u"name\\s+like\\s+'((?:[^']|'')*)'"_s));
    QJsonArray found;
    for (const Pipeline &pipeline : book.pipelines()) {
        if (name.match(pipeline.name).hasMatch())
            found.append(pipeline.facts());
    }
    return answer(page(found, u"statuses"_s, wish(query, 100), u"pipelines|"_s + filter));
}

Http::Reply getPipeline(const Pipeline &pipeline)
{
    QJsonObject facts = pipeline.facts();
    facts.insert(u"spec"_s, pipeline.spec);
    facts.insert(u"last_modified"_s, pipeline.lastModified);
    return answer(facts);
}

void checkSpec(const PipelineBook &book, const QJsonObject &spec, const QString &id = {})
{
    const QString name = requiredText(spec, u"name"_s);
    for (const Pipeline &other : book.pipelines()) {
        if (other.name == name && other.id != id)
            throw ApiRefusal(409, u"RESOURCE_CONFLICT"_s, u"The pipeline name '%1' is already used."_s.arg(name));
    }
}

Http::Reply createPipeline(PipelineBook &book, const QJsonObject &spec)
{
    checkSpec(book, spec);
    return answer({{u"pipeline_id"_s, book.create(spec)}});
}

Http::Reply editPipeline(PipelineBook &book, const ApiRequest &ask)
{
    const Pipeline &pipeline = existing(book, ask);
    QJsonObject spec = ask.json;
    checkSpec(book, spec, pipeline.id);
    const QJsonValue expected = spec.take("expected_last_modified"_L1);
    if (!expected.isUndefined() && expected.toInteger() != pipeline.lastModified)
        throw ApiRefusal(409, u"RESOURCE_CONFLICT"_s, u"The settings of the pipeline were changed since."_s);
    book.edit(pipeline.id, spec);
    return answer({});
}

Http::Reply listEvents(const Pipeline &pipeline, const QUrlQuery &query)
{
    const QString filter = queryText(query, u"filter"_s);
    const QString level = filter.isEmpty() ? QString() : quoted(filter, u"level\\s*=\\s*'(\\w+)'"_s);
    QJsonArray found;
    for (const QJsonValue event : pipeline.events) {
        if (level.isEmpty() || event["level"_L1].toString() == level)
            found.append(event);
    }
    return answer(page(found, u"events"_s, wish(query, 250), u"events|%1|%2"_s.arg(pipeline.id, filter)));
}

Http::Reply listUpdates(const Pipeline &pipeline, const QUrlQuery &query)
{
    QJsonArray found;
    for (const PipelineUpdate &update : pipeline.updates)
        found.append(update.facts);
    return answer(page(found, u"updates"_s, wish(query, 100), u"updates|"_s + pipeline.id));
}

Http::Reply startUpdate(PipelineBook &book, const ApiRequest &ask)
{
    const Pipeline &pipeline = existing(book, ask);
    const QString id = book.start(pipeline.id, ask.json);
    if (id.isEmpty())
        throw ApiRefusal(
            409, u"RESOURCE_CONFLICT"_s,
            u"An active update %1 already exists for pipeline %2."_s.arg(pipeline.updates.front().id(), pipeline.id));
    return answer({{u"update_id"_s, id}});
}

Http::Reply getUpdate(const Pipeline &pipeline, const ApiRequest &ask)
{
    const QString id = ask.captures.value(u"update_id"_s);
    const auto found = std::find_if(pipeline.updates.begin(), pipeline.updates.end(),
                                    [&](const PipelineUpdate &update) { return update.id() == id; });
    if (found == pipeline.updates.end())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"The specified update %1 was not found."_s.arg(id));
    return answer({{u"update"_s, found->facts}});
}

} // namespace

QList<Route> pipelineRoutes(PipelineBook &book)
{
    const QString one = u"/api/2.0/pipelines/{pipeline_id}"_s;
    const auto stop = [&book](const ApiRequest &ask) {
        book.stop(existing(book, ask).id);
        return answer({});
    };
    return {
        {"GET", u"/api/2.0/pipelines"_s, [&book](const ApiRequest &ask) { return listPipelines(book, ask.query); }},
        {"POST", u"/api/2.0/pipelines"_s, [&book](const ApiRequest &ask) { return createPipeline(book, ask.json); }},
        {"PUT", one, [&book](const ApiRequest &ask) { return editPipeline(book, ask); }},
        {"DELETE", one,
         [&book](const ApiRequest &ask) {
             book.remove(existing(book, ask).id);
             return answer({});
         }},
        {"GET", one, [&book](const ApiRequest &ask) { return getPipeline(existing(book, ask)); }},
        {"GET", one + "/events"_L1,
         [&book](const ApiRequest &ask) { return listEvents(existing(book, ask), ask.query); }},
        {"GET", one + "/updates"_L1,
         [&book](const ApiRequest &ask) { return listUpdates(existing(book, ask), ask.query); }},
        {"POST", one + "/updates"_L1, [&book](const ApiRequest &ask) { return startUpdate(book, ask); }},
        {"GET", one + "/updates/{update_id}"_L1,
         [&book](const ApiRequest &ask) { return getUpdate(existing(book, ask), ask); }},
        {"POST", one + "/stop"_L1, stop},
    };
}

} // namespace Sample
