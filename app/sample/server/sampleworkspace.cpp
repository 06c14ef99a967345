#include "sample/server/sampleworkspace.h"

#include "http/server.h"
#include "sample/admin/directory.h"
#include "sample/admin/identity.h"
#include "sample/admin/permissions.h"
#include "sample/admin/secrets.h"
#include "sample/admin/subjects.h"
#include "sample/ai/genie.h"
#include "sample/ai/mlflow.h"
#include "sample/ai/serving.h"
#include "sample/ai/vectorsearch.h"
#include "sample/catalog/catalogdata.h"
#include "sample/catalog/catalogs.h"
#include "sample/catalog/governance.h"
#include "sample/catalog/lineage.h"
#include "sample/compute/apps.h"
#include "sample/compute/clusteradmin.h"
#include "sample/compute/clusterchoices.h"
#include "sample/compute/clusterfleet.h"
#include "sample/compute/clusterlives.h"
#include "sample/compute/clusters.h"
#include "sample/compute/commands.h"
#include "sample/compute/warehouses.h"
#include "sample/files/dbfs.h"
#include "sample/files/filetree.h"
#include "sample/files/repos.h"
#include "sample/files/volumefiles.h"
#include "sample/files/workspacefiles.h"
#include "sample/files/workspacetree.h"
#include "sample/jobs/jobbook.h"
#include "sample/jobs/jobs.h"
#include "sample/jobs/pastruns.h"
#include "sample/jobs/pipelinebook.h"
#include "sample/jobs/pipelineclusters.h"
#include "sample/jobs/pipelines.h"
#include "sample/jobs/runbook.h"
#include "sample/jobs/runs.h"
#include "sample/jobs/taskwork.h"
#include "sample/reports/alerts.h"
#include "sample/reports/dashboards.h"
#include "sample/reports/savedqueries.h"
#include "sample/server/apianswers.h"
#include "sample/server/router.h"
#include "sample/statements/statementbook.h"
#include "sample/statements/statements.h"

#include <QHostAddress>

#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// Files arrive whole, as the workspace takes them.
Http::Limits limits()
{
    Http::Limits limits;
    limits.bodyBytes = 128 * 1024 * 1024;
    return limits;
}

std::optional<Http::Refusal> admitAll(const Http::RequestHead &)
{
    return std::nullopt;
}

} // namespace

class SampleWorkspace::Private
{
public:
    Private(QByteArray secret, Tempo tempo, std::unique_ptr<Controls> between)
        : controls(std::move(between))
        , token(std::move(secret))
        , tree(sampleUser())
        , volumes(sampleVolumeFiles(QDateTime::currentMSecsSinceEpoch()))
        , fleet(tempo, sampleUser())
        , jobs(QDateTime::currentDateTimeUtc(), sampleUser())
        , warehouses(tempo, sampleUser())
        , catalog(sampleCatalogData(QDateTime::currentDateTimeUtc()))
        , statements(warehouses, catalog, sampleUser())
        , queries(sampleUser())
        , alerts(sampleUser(), QDateTime::currentMSecsSinceEpoch())
        , dashboards(tree, sampleUser())
        , work(tree, volumes, queries)
        , runs(tempo, sampleUser(), {work, statements.engine(), fleet})
        , pipelines(tempo, sampleUser(), {tree, statements.engine()})
        , secrets(sampleUser())
        , catalogs(catalog, sampleUser())
        , repos(tree, sampleUser())
        , server(limits(), admitAll, [this](const Http::ExchangePtr &exchange) { handle(exchange); })
    {
        runs.invent(jobs, fleet, catalog);
        fitJobClusters(fleet, runs);
        fitPipelineClusters(fleet, pipelines);
        catalog.clusters = livesOf(fleet.clusters(), QDateTime::currentMSecsSinceEpoch());
        router.add(alerts.routes());
        router.add(appRoutes());
        router.add(catalogs.routes());
        router.add(governanceRoutes(catalog));
        router.add(clusterAdminRoutes(fleet));
        router.add(clusterChoiceRoutes());
        router.add(clusterRoutes(fleet));
        router.add(commandRoutes(fleet, statements.engine(), tempo));
        router.add(dashboards.routes());
        router.add(dbfsRoutes());
        router.add(directoryRoutes());
        router.add(genieRoutes(tempo, statements));
        router.add(identityRoutes());
        router.add(jobRoutes(jobs));
        router.add(mlflowRoutes());
        router.add(runRoutes(jobs, runs));
        router.add(libraryRoutes(fleet));
        router.add(lineageRoutes(catalog));
        router.add(permissionRoutes(permissionSubjects({fleet, jobs, pipelines, warehouses, tree, sampleUser()})));
        router.add(pipelineRoutes(pipelines));
        router.add(queries.routes());
        router.add(repos.routes());
        router.add(secretRoutes(secrets));
        router.add(servingRoutes());
        router.add(tokenRoutes());
        router.add(vectorSearchRoutes());
        router.add(workspaceRoutes(tree));
        links.base = [this] { return QUrl(u"http://127.0.0.1:%1"_s.arg(server.port())); };
        router.add(statementRoutes(statements, warehouses, links));
        router.add(volumeFileRoutes(volumes, catalog));
        router.add(warehouseRoutes(warehouses));
        if (controls)
            router.add(controls->routes(levers()));
    }

    void handle(const Http::ExchangePtr &exchange);

    const std::unique_ptr<Controls> controls;
    const QByteArray token;
    WorkspaceTree tree;
    FileTree volumes;
    ClusterFleet fleet;
    JobBook jobs;
    WarehouseFleet warehouses;
    CatalogData catalog;
    StatementBook statements;
    StatementLinks links;
    SavedQueries queries;
    Alerts alerts;
    Dashboards dashboards;
    TaskWork work;
    RunBook runs;
    PipelineBook pipelines;
    SecretBook secrets;
    CatalogStore catalogs;
    RepoShelf repos;
    Router router;
    Http::Server server;

private:
    Levers levers();
    static void respond(const Http::ExchangePtr &exchange, Http::Reply reply);
    void requireToken(const Http::RequestHead &head) const;
    static void refuseToken(const Http::RequestHead &head);
};

Levers SampleWorkspace::Private::levers()
{
    return {
        .grow = {{u"clusters"_s, [this](qsizetype count) { fleet.growTo(count); }},
                 {u"jobs"_s, [this](qsizetype count) { jobs.growTo(count); }},
                 {u"tables"_s, [this](qsizetype count) { catalogs.growTo(count); }}},
        .refuseCsv = [this] { links.refusesCsv = true; },
        .expireLinks = [this] { links.expire(); },
    };
}

void SampleWorkspace::Private::respond(const Http::ExchangePtr &exchange, Http::Reply reply)
{
    reply.headers.emplaceBack("X-Databricks-Org-Id", QByteArray(WorkspaceId.data(), WorkspaceId.size()));
    exchange->respond(std::move(reply));
}

void SampleWorkspace::Private::requireToken(const Http::RequestHead &head) const
{
    const QByteArray credential = head.header("Authorization");
    if (!credential.startsWith("Bearer "))
        throw ApiRefusal::missingCredential();
    if (token.isEmpty() || credential.mid(7).trimmed() != token)
        throw ApiRefusal::invalidToken();
}

/// Signed links are a credential of their own; storage answers 400 to a second one.
void SampleWorkspace::Private::refuseToken(const Http::RequestHead &head)
{
    if (!head.header("Authorization").isEmpty())
        throw ApiRefusal(400, u"InvalidArgument"_s, u"Only one auth mechanism allowed."_s);
}

void SampleWorkspace::Private::handle(const Http::ExchangePtr &exchange)
{
    const Http::Request &request = exchange->request();
    const bool isLink = request.head.path().startsWith(LinkPath);
    const bool isControl = !isLink && request.head.path().startsWith("/sample/"_L1);
    if (controls && !isControl)
        controls->note(request);
    try {
        if (isLink)
            refuseToken(request.head);
        else if (request.head.path() != HostPath)
            requireToken(request.head);
    } catch (const ApiRefusal &refusal) {
        respond(exchange, refusal.reply());
        return;
    }
    const auto work = [this, request](const Respond &respond) { router.answer(request, respond); };
    const Respond answered = [exchange](const Http::Reply &reply) { respond(exchange, reply); };
    if (!controls || isControl || !controls->takesOver(exchange, work, answered))
        work(answered);
}

SampleWorkspace::SampleWorkspace(QByteArray token, Tempo tempo, std::unique_ptr<Controls> controls)
    : d(std::make_unique<Private>(std::move(token), tempo, std::move(controls)))
{}

SampleWorkspace::~SampleWorkspace() = default;

bool SampleWorkspace::listen(quint16 port)
{
    return d->server.listen({QHostAddress(QHostAddress::LocalHost)}, port);
}

QString SampleWorkspace::errorString() const
{
    return d->server.errorString();
}

QUrl SampleWorkspace::url() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(d->server.port()));
}

QByteArray SampleWorkspace::token() const
{
    return d->token;
}

} // namespace Sample
