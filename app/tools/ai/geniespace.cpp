#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

#include <QJsonDocument>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qsizetype MostTables = 100;
constexpr qsizetype MostQuestions = 15;
constexpr qsizetype InstructionLength = 4000;

/// A text of the space's definition, which comes in lines.
QString joined(const QJsonValue &lines)
{
    QString text = lines.toString();
    for (const QJsonValue line : lines.toArray())
        text += line.toString();
    return Text::visible(text).trimmed();
}

QJsonArray texts(const QJsonValue &items, QLatin1StringView key, qsizetype most)
{
    QJsonArray all;
    for (const QJsonValue item : items.toArray()) {
        if (all.size() < most)
            all.append(joined(item[key]));
    }
    return all;
}

/// "heading: none", or a line each.
QString section(const QString &heading, const QJsonArray &lines)
{
    QStringList all{heading + u':'};
    for (const QJsonValue line : lines)
        all.append(line.toString());
    return all.join(u'\n');
}

QCoro::Task<ToolResult> getGenieSpace(ToolCall call)
{
    const QString path = u"/api/2.0/genie/spaces/"_s + Databricks::pathSegment(call.text(u"space_id"_s));
    const QUrlQuery query{{u"include_serialized_space"_s, u"true"_s}};
    const QJsonObject space = co_await call.workspace().get(path, query);
    const QString serialized = space.value("serialized_space"_L1).toString();
    const QJsonObject definition = QJsonDocument::fromJson(serialized.toUtf8()).object();
    QJsonObject facts = textsOf(space, {u"space_id"_s, u"title"_s, u"description"_s, u"warehouse_id"_s});
    // Its author may see the definition; others see what stands above.
    if (definition.isEmpty())
        facts.insert("note"_L1, u"Tables and instructions are shown to those who may edit the space."_s);
    Answer answer(u"Genie space %1:"_s.arg(facts.value("title"_L1).toString()));
    answer.facts(facts);
    const QJsonValue instructions = definition.value("instructions"_L1);
    const QJsonArray tables = texts(definition.value("data_sources"_L1)["tables"_L1], "identifier"_L1, MostTables);
    const QJsonArray samples =
        texts(definition.value("config"_L1)["sample_questions"_L1], "question"_L1, MostQuestions);
    const QJsonArray examples = texts(instructions["example_question_sqls"_L1], "question"_L1, MostQuestions);
    QStringList rules;
    for (const QJsonValue rule : instructions["text_instructions"_L1].toArray())
        rules.append(joined(rule["content"_L1]));
    const QString guide = shortened(rules.join(u'\n'), InstructionLength);
    answer.text(u"instructions"_s, u"Instructions:"_s, guide);
    const std::pair<QLatin1StringView, QJsonArray> lists[] = {
        {"tables"_L1, tables}, {"sample_questions"_L1, samples}, {"example_questions"_L1, examples}};
    for (const auto &[key, list] : lists) {
        if (!list.isEmpty())
            answer.objects(key, list, section(key, list));
    }
    co_return answer;
}

} // namespace

QList<Tool> genieSpaceTools()
{
    return {
        {
            .name = u"get_genie_space"_s,
            .title = u"Get Genie space"_s,
            .description = u"Shows a Genie space: its tables, instructions and sample questions."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema().text(u"space_id"_s, u"From list_genie_spaces"_s).require({u"space_id"_s}),
            .outputSchema = Schema().text(u"space_id"_s, {}).text(u"title"_s, {}).require({u"space_id"_s}),
            .run = &getGenieSpace,
        },
    };
}

} // namespace Tools
