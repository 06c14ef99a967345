#include "tools/pipelines/pipelineconsequence.h"

#include "tools/kit/consequences.h"
#include "tools/pipelines/pipelinereading.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Calls::Consequence;

namespace Tools {

namespace {

using Known = std::optional<QJsonObject>;

QCoro::Task<Known> pipelineOf(ToolCall call)
{
    const QUrlQuery none;
    const QString path = pipelinePath(call.text(u"pipeline_id"_s));
    return known(call, path, none);
}

/// How it stands and what its last update came to.
QStringList standing(const Known &pipeline)
{
    if (!pipeline)
        return {u"How it stands and how its last update ended is not known."_s};
    QStringList facts{u"It is %1 now."_s.arg(Text::line(pipeline->value("state"_L1).toString(), 40))};
    const QJsonArray updates = pipeline->value("latest_updates"_L1).toArray();
    if (updates.isEmpty()) {
        facts.append(u"It was never updated."_s);
    } else {
        const QJsonObject latest = updateRow(updates.first().toObject());
        facts.append(u"Its latest update is %1, of %2."_s.arg(latest.value("state"_L1).toString(),
                                                              latest.value("creation_time"_L1).toString()));
    }
    return facts;
}

QString emptiedText(const ToolCall &call)
{
    const QStringList tables = call.texts(u"full_refresh_selection"_s);
    if (!tables.isEmpty())
        return u"These tables are emptied first: %1."_s.arg(someOf(tables, 10));
    return call.flag(u"full_refresh"_s)
               ? u"ALL its tables are emptied first; what the sources no longer hold can't be computed anew."_s
               : QString();
}

} // namespace

QCoro::Task<Consequence> startOfPipeline(ToolCall call)
{
    const Known pipeline = co_await pipelineOf(call);
    Consequence consequence;
    if (const QString emptied = emptiedText(call); !emptied.isEmpty())
        consequence.facts.append(emptied);
    if (call.flag(u"validate_only"_s))
        consequence.facts.append(u"Its code is checked only: no table changes."_s);
    const QStringList facts = standing(pipeline);
    consequence.facts += facts;
    if (pipeline) {
        const QJsonObject spec = pipeline->value("spec"_L1).toObject();
        const QString catalog = spec.value("catalog"_L1).toString();
        const QString schema = spec.value("schema"_L1).toString(spec.value("target"_L1).toString());
        if (!schema.isEmpty())
            consequence.facts.append(u"It writes to %1."_s.arg(
                Text::line(catalog.isEmpty() ? schema : QString(catalog + u'.' + schema), 200)));
    }
    co_return consequence;
}

QCoro::Task<Consequence> interruptionOfPipeline(ToolCall call)
{
    const Known pipeline = co_await pipelineOf(call);
    Consequence consequence;
    consequence.facts = standing(pipeline);
    if (pipeline && pipeline->value("spec"_L1)["continuous"_L1].toBool())
        consequence.facts.append(u"It runs continuously: its tables are not kept up to date until it is started."_s);
    co_return consequence;
}

} // namespace Tools
