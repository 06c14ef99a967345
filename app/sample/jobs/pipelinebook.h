#pragma once

#include "sample/jobs/pipelinesources.h"
#include "sample/server/tempo.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>

#include <vector>

namespace Sample {

/// An update of a pipeline, as pipelines/{id}/updates/{update_id} tells it.
struct PipelineUpdate
{
    QJsonObject facts;
    QStringList ahead;     ///< the states it still goes through
    bool isChecked = true; ///< whether its code was looked at; it does not end before
    PipelineFault fault;   ///< for which it fails

    QString id() const;
    QString state() const;
    bool isOver() const;
};

/// A pipeline (https://docs.databricks.com/api/workspace/pipelines/get) with its updates and events, newest first.
struct Pipeline
{
    QString id;
    QString name;
    QString creator;
    QString state = QStringLiteral("IDLE");
    QJsonObject spec;
    qint64 lastModified = 1764000000000; ///< of the spec
    std::vector<PipelineUpdate> updates;
    QJsonArray events;

    PipelineUpdate *update(const QString &updateId);
    /// As the listing tells it.
    QJsonObject facts() const;
};

/// The sample's pipelines. An update goes CREATED, QUEUED, … to COMPLETED or, where
/// its code as it then stands cannot run, to FAILED: one state a step of the tempo.
class PipelineBook : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PipelineBook)

public:
    /// What its updates need: the code, and what runs it. Both must outlive the book.
    struct Tools
    {
        const WorkspaceTree &tree;
        SqlEngine &engine;
    };

    PipelineBook(Tempo tempo, QString user, const Tools &tools, QObject *parent = nullptr);

    const std::vector<Pipeline> &pipelines() const { return m_pipelines; }
    /// nullptr where there is no such pipeline.
    const Pipeline *find(const QString &id) const;

    /// The new update's id; empty while one is under way. wish is the request's body.
    QString start(const QString &id, const QJsonObject &wish);
    /// Does nothing to a pipeline that is idle.
    void stop(const QString &id);

    /// A new one that has never run; returns its id. A continuous one starts at once.
    QString create(const QJsonObject &spec);
    /// Replaces the spec whole.
    void edit(const QString &id, const QJsonObject &spec);
    void remove(const QString &id);

private:
    Pipeline *existing(const QString &id);
    void tick(const QString &id, const QString &updateId);
    void check(const QString &id, const QString &updateId);
    static void record(Pipeline &pipeline, const QString &updateId, const QString &level, const QString &type,
                       const QString &message, qint64 time, const QJsonObject &error = {});
    void enter(Pipeline &pipeline, PipelineUpdate &update, const QString &state, qint64 time) const;
    void invent(const QString &id, const QString &name, const QString &creator, const PipelineFault &fault = {});

    const Tempo m_tempo;
    const QString m_user;
    const Tools m_tools;
    int m_made = 0;
    std::vector<Pipeline> m_pipelines;
};

} // namespace Sample
