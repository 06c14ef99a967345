#include "sample/sampleworkspace.h"

#include "http/server.h"
#include "sample/apianswers.h"
#include "sample/clusterfleet.h"
#include "sample/clusters.h"
#include "sample/faults.h"
#include "sample/identity.h"
#include "sample/requestrecord.h"
#include "sample/router.h"

#include <QHostAddress>

#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr auto workspaceId = "3512467908812345";

std::optional<Http::Refusal> admitAll(const Http::RequestHead &)
{
    return std::nullopt;
}

} // namespace

class SampleWorkspace::Private
{
public:
    Private(QByteArray secret, Tempo tempo)
        : token(std::move(secret))
        , fleet(tempo, sampleUser())
        , faults([](const Http::ExchangePtr &exchange, Http::Reply reply) { respond(exchange, std::move(reply)); })
        , server(Http::Limits(), admitAll, [this](const Http::ExchangePtr &exchange) { handle(exchange); })
    {
        router.add(clusterRoutes(fleet));
        router.add(identityRoutes());
        router.add(faults.routes());
        router.add(record.routes());
    }

    void handle(const Http::ExchangePtr &exchange);

    const QByteArray token;
    ClusterFleet fleet;
    RequestRecord record;
    Faults faults;
    Router router;
    Http::Server server;

private:
    static void respond(const Http::ExchangePtr &exchange, Http::Reply reply);
    void requireToken(const Http::RequestHead &head) const;
};

void SampleWorkspace::Private::respond(const Http::ExchangePtr &exchange, Http::Reply reply)
{
    reply.headers.emplaceBack("X-Databricks-Org-Id", workspaceId);
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

void SampleWorkspace::Private::handle(const Http::ExchangePtr &exchange)
{
    const Http::Request &request = exchange->request();
    const bool control = request.head.path().startsWith("/sample/"_L1);
    if (!control)
        record.add(request);
    try {
        requireToken(request.head);
    } catch (const ApiRefusal &refusal) {
        respond(exchange, refusal.reply());
        return;
    }
    const auto work = [this, request] { return router.answer(request); };
    const std::optional<Fault> fault = control ? std::nullopt : faults.take(request.head);
    if (fault)
        faults.befall(*fault, exchange, work);
    else
        respond(exchange, work());
}

SampleWorkspace::SampleWorkspace(QByteArray token, Tempo tempo, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(token), tempo))
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
