#include "sample/jobs/pipelinesources.h"

#include "sample/files/workspacetree.h"
#include "sample/notebooks/notebookcells.h"
#include "sample/sql/sqlengine.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

const auto AnyCase = QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption;

QString pathOf(const QJsonValue &library)
{
    const QString notebook = library["notebook"_L1]["path"_L1].toString();
    return notebook.isEmpty() ? library["file"_L1]["path"_L1].toString() : notebook;
}

/// The flow that a statement makes; one without a query where it makes none.
PipelineFlow flowOf(const QString &statement)
{
    static const QRegularExpression form(
        u"\\A(?:\\s|--[^\\n]*\\n)*create\\s.*?(?:table|view)\\s+([\\w.`%]+)(.*?)\\bas\\s+((?:select|with)\\b.*)"_s,
        AnyCase);
    static const QRegularExpression rule(u"\\bconstraint\\s+(\\w+)\\s+expect\\b.*\\bdrop\\s+row\\b"_s, AnyCase);
    static const QRegularExpression stream(u"\\bstream(?:\\s*\\(|\\s)\\s*([\\w.`]+)\\s*\\)?"_s, AnyCase);
    const QRegularExpressionMatch match = form.match(statement);
    PipelineFlow flow;
    flow.name = match.captured(1).remove(u'`');
    flow.query = match.captured(3).replace(stream, u"\\1"_s).trimmed();
    flow.expectation = rule.match(match.captured(2)).captured(1);
    return flow;
}

/// Whether a query reads what the pipeline itself makes, which the engine does not know.
bool readsOwn(const PipelineFlow &flow, const QList<PipelineFlow> &all)
{
    return std::ranges::any_of(all, [&flow](const PipelineFlow &other) {
        const QRegularExpression name(u"\\b%1\\b"_s.arg(QRegularExpression::escape(other.name)), AnyCase);
        return flow.query.contains(name);
    });
}

void checkFrom(qsizetype at, const PipelineSources &sources, SqlEngine &engine,
               std::function<void(const PipelineFault &)> done)
{
    while (at < sources.flows.size() && readsOwn(sources.flows.at(at), sources.flows))
        ++at;
    if (at >= sources.flows.size()) {
        done({});
        return;
    }
    SqlAsk ask;
    ask.statement = sources.flows.at(at).query;
    ask.rowLimit = 1;
    engine.run(ask, [at, sources, &engine, done](const SqlOutcome &outcome) {
        if (outcome.result)
            checkFrom(at + 1, sources, engine, done);
        else
            done({sources.flows.at(at).name, outcome.message});
    });
}

} // namespace

PipelineSources PipelineSources::of(const QJsonObject &spec, const WorkspaceTree &tree)
{
    PipelineSources sources;
    for (const QJsonValue library : spec.value("libraries"_L1).toArray()) {
        const QString path = pathOf(library);
        const WorkspaceNode *node = path.isEmpty() ? nullptr : tree.find(WorkspaceTree::plain(path));
        if (!node) {
            sources.missing = path;
            continue;
        }
        const bool isSql = node->language == "SQL"_L1 || path.endsWith(".sql"_L1, Qt::CaseInsensitive);
        for (const NotebookCell &cell : cellsOf({path, isSql ? u"SQL"_s : node->language, node->content})) {
            if (cell.language != "SQL"_L1)
                continue;
            for (const QString &statement : cell.code.split(u';')) {
                const PipelineFlow flow = flowOf(statement);
                if (!flow.query.isEmpty())
                    sources.flows.append(flow);
            }
        }
    }
    return sources;
}

void checkSources(const PipelineSources &sources, SqlEngine &engine, std::function<void(const PipelineFault &)> done)
{
    if (!sources.missing.isEmpty())
        done({{}, u"[PIPELINE_SOURCE_NOT_FOUND] Notebook or file not found at '%1'."_s.arg(sources.missing)});
    else
        checkFrom(0, sources, engine, std::move(done));
}

} // namespace Sample
