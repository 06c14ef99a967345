#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>

namespace Sample {

class SqlEngine;
class WorkspaceTree;

/// A table or view that a pipeline's code makes.
struct PipelineFlow
{
    QString name;        ///< orders_gold
    QString query;       ///< the SELECT that it is computed by
    QString expectation; ///< the name of the rule by which it drops rows; empty: none
};

/// What a pipeline's code makes, as it stands in the workspace now. Code that is not SQL makes nothing here.
struct PipelineSources
{
    QList<PipelineFlow> flows;
    QString missing; ///< the path of a source that is not there

    static PipelineSources of(const QJsonObject &spec, const WorkspaceTree &tree);
};

/// What is wrong with the code: the flow, and the words of the engine.
struct PipelineFault
{
    QString flow;
    QString message; ///< empty: nothing is wrong
};

/// Asks the engine for every flow, in turn, and calls done with the first that it refuses. The engine outlives it.
void checkSources(const PipelineSources &sources, SqlEngine &engine, std::function<void(const PipelineFault &)> done);

} // namespace Sample
