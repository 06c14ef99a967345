#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype UsualBytes = 6000;
constexpr qsizetype MostBytes = 24'000;

/// The end of a text, from the beginning of a line on.
QString endOf(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    const QString end = text.right(most);
    const qsizetype line = end.indexOf(u'\n');
    return line >= 0 && line + 1 < end.size() ? end.mid(line + 1) : end;
}

QCoro::Task<ToolResult> getServingLogs(ToolCall call)
{
    const QString name = call.text(u"name"_s);
    call.setTarget(Text::visible(name));
    const QString endpoint = u"/api/2.0/serving-endpoints/"_s + Databricks::pathSegment(name);
    QString served = call.text(u"served_entity"_s);
    if (served.isEmpty()) {
        const QJsonObject facts = co_await call.workspace().get(endpoint);
        // While a new configuration is put in place, its logs are the ones that matter.
        QJsonArray entities = facts.value("pending_config"_L1)["served_entities"_L1].toArray();
        if (entities.isEmpty())
            entities = facts.value("config"_L1)["served_entities"_L1].toArray();
        QStringList names;
        for (const QJsonValue entity : entities)
            names.append(Text::visible(entity["name"_L1].toString()));
        if (names.size() != 1)
            co_return ToolResult::error(names.isEmpty()
                                            ? u"The endpoint serves nothing that has logs."_s
                                            : u"Give served_entity, one of: %1."_s.arg(names.join(", "_L1)));
        served = entities.first().toObject().value("name"_L1).toString();
    }
    const bool build = call.flag(u"build"_s);
    const QString path =
        endpoint + u"/served-models/"_s + Databricks::pathSegment(served) + (build ? u"/build-logs"_s : u"/logs"_s);
    const QJsonObject answer = co_await call.workspace().get(path);
    const QString logs = answer.value("logs"_L1).toString();
    const QString content = Text::visible(endOf(logs, call.number(u"characters"_s, UsualBytes)));
    const QString what =
        u"%1 logs of %2 on %3"_s.arg(build ? u"Build"_s : u"Server"_s, Text::visible(served), Text::visible(name));
    const QString headline =
        logs.isEmpty() ? u"%1: none yet."_s.arg(what)
                       : u"%1, the last %2 of %3 characters:"_s.arg(what).arg(content.size()).arg(logs.size());
    const QJsonObject facts{{"summary"_L1, headline}, {"content"_L1, content}};
    co_return ToolResult(content.isEmpty() ? headline : QString(headline + u'\n' + content), facts);
}

} // namespace

QList<Tool> servingLogTools()
{
    return {
        {
            .name = u"get_serving_logs"_s,
            .title = u"Get serving logs"_s,
            .description =
                u"Shows the end of the logs of a served model or agent: of the server, or of its container's "
                "build."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema()
                               .text(u"name"_s, u"Name of the serving endpoint"_s)
                               .text(u"served_entity"_s, u"Name of the served entity, where there are several"_s)
                               .flag(u"build"_s, u"The container's build instead of the server"_s)
                               .integer(u"characters"_s, u"How much of the end; default 6000"_s, 200, MostBytes)
                               .require({u"name"_s}),
            .outputSchema =
                Schema().text(u"summary"_s, {}).text(u"content"_s, {}).require({u"summary"_s, u"content"_s}),
            .run = &getServingLogs,
        },
    };
}

} // namespace Tools
