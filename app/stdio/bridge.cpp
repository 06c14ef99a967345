#include "stdio/bridge.h"

#include "stdio/message.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Stdio {

namespace {

// A part of the connections that the application takes from all clients together (Http::Limits).
constexpr qsizetype MostUnderWay = 64;
constexpr qsizetype MostWithOvertakers = 2 * MostUnderWay;
constexpr qsizetype MostUnwritten = 64 * 1024 * 1024;
constexpr auto PauseAfterRefusal = 200ms;

/// The application tells clients apart by it, since the bridge has a connection for every request.
QByteArray userAgent(const QByteArray &version)
{
    return "bricktray-stdio/" + version + " (process " + QByteArray::number(QCoreApplication::applicationPid()) + ')';
}

} // namespace

Bridge::Bridge(const Options &options, QObject *parent)
    : QObject(parent)
    , m_userAgent(userAgent(options.version))
    , m_longestEnding(options.longestEnding)
    , m_streams(options.input, options.output)
    , m_lines(LongestLine)
    , m_finder(options.dataDir, options.launch)
{
    connect(&m_streams, &Streams::received, this, [this](const QByteArray &bytes) {
        const QList<Line> lines = m_lines.read(bytes);
        for (const Line &line : lines)
            take(line);
    });
    connect(&m_streams, &Streams::inputEnded, this, &Bridge::end);
    connect(&m_streams, &Streams::drained, this, &Bridge::finishIfDone);
    connect(&m_streams, &Streams::outputBroken, this, &Bridge::finish);

    connect(&m_finder, &ServerFinder::found, this, &Bridge::sendWaiting);
    connect(&m_finder, &ServerFinder::failed, this, &Bridge::failWaiting);
    connect(&m_finder, &ServerFinder::starting, this, [this] { Q_EMIT noted(u"Starting Bricktray."_s); });
    m_again.setSingleShot(true);
    m_again.setInterval(PauseAfterRefusal);
    connect(&m_again, &QTimer::timeout, this, [this] { m_finder.find(ServerFinder::Effort::StartIfNeeded); });

    connect(&m_serverStream, &ServerStream::wanted, this, [this] { m_finder.find(ServerFinder::Effort::AskOnly); });
    connect(&m_serverStream, &ServerStream::arrived, this, &Bridge::write);
}

Bridge::~Bridge() = default;

void Bridge::begin()
{
    m_streams.setReading(true);
}

void Bridge::take(const Line &line)
{
    if (line.isTooLong) {
        const QString words =
            u"A line may have %1 bytes at most; one that was longer was not passed on."_s.arg(LongestLine);
        Q_EMIT noted(words);
        write(invalidRequestLine(words));
        return;
    }
    const Outgoing outgoing = readOutgoing(line.text);
    if (!outgoing.cancelled.isUndefined() && cancel(outgoing))
        return;
    if (outgoing.overtakes() && hasRoomFor(outgoing))
        post(outgoing);
    else
        m_backlog.append(outgoing);
    postBacklog();
}

/// True where the cancellation is done with that, and the application need not hear of it.
bool Bridge::cancel(const Outgoing &outgoing)
{
    if (m_backlog.remove(outgoing.cancelled))
        return true;
    const auto meant = std::find_if(m_deliveries.cbegin(), m_deliveries.cend(), [&outgoing](const Delivery *delivery) {
        return delivery->awaits(outgoing.cancelled);
    });
    if (meant == m_deliveries.cend())
        return false;
    // Over HTTP, leaving is the cancellation since 2026-07-28. One request of a batch can't be held back alone.
    const bool isAlone = (*meant)->outgoing().ids.size() == 1;
    const bool isDone = isAlone && (!(*meant)->isUnderWay() || (*meant)->outgoing().isModern);
    if (isDone)
        (*meant)->drop();
    else
        (*meant)->forget(outgoing.cancelled);
    return isDone;
}

void Bridge::postBacklog()
{
    while (!m_backlog.isEmpty() && hasRoomFor(m_backlog.first()))
        post(m_backlog.takeFirst());
    m_streams.setReading(!m_backlog.isFull());
}

bool Bridge::hasRoomFor(const Outgoing &outgoing) const
{
    if (outgoing.overtakes())
        return m_deliveries.size() < MostWithOvertakers;
    return std::count_if(m_deliveries.cbegin(), m_deliveries.cend(),
                         [](const Delivery *delivery) { return !delivery->outgoing().overtakes(); }) < MostUnderWay;
}

void Bridge::post(const Outgoing &outgoing)
{
    if (m_isEnding && outgoing.isSubscription())
        return; // nobody waits for what it tells, and it would not end
    auto *delivery = new Delivery(outgoing, this);
    m_deliveries.append(delivery);
    connect(delivery, &Delivery::arrived, this, &Bridge::write);
    connect(delivery, &Delivery::answered, this,
            [this, delivery](const QJsonObject &response) { learn(*delivery, response); });
    connect(delivery, &Delivery::refused, this, &Bridge::noted);
    connect(delivery, &Delivery::neverSent, this, [this, delivery] {
        // It says it serves, and does not take a connection: it is on its way out, or in.
        if (delivery->age() > ServerFinder::LongestStart)
            delivery->giveUp(u"Bricktray does not take connections. Quit it and try again."_s);
        else
            m_again.start();
    });
    connect(delivery, &Delivery::wanted, this, [this] { m_finder.find(ServerFinder::Effort::AskOnly); });
    connect(delivery, &Delivery::finished, this, [this, delivery] { remove(delivery); });
    if (!m_again.isActive())
        m_finder.find(ServerFinder::Effort::StartIfNeeded);
}

void Bridge::sendWaiting(const Instance::ServerAccess &server)
{
    const QList<Delivery *> deliveries = m_deliveries;
    for (Delivery *delivery : deliveries) {
        if (!delivery->isUnderWay())
            delivery->send(server, furtherHeaders(delivery->outgoing()));
    }
    m_serverStream.open(server);
}

void Bridge::failWaiting(const QString &reason)
{
    m_serverStream.postpone();
    QList<Delivery *> waiting;
    for (Delivery *delivery : std::as_const(m_deliveries)) {
        if (delivery->isInterrupted())
            delivery->postpone();
        else if (!delivery->isUnderWay())
            waiting << delivery;
    }
    // What was refused a connection waits to look again, and may then start the application; a stream's search may not.
    if (waiting.isEmpty() || m_again.isActive())
        return;
    Q_EMIT noted(reason);
    for (Delivery *delivery : std::as_const(waiting))
        delivery->giveUp(reason);
}

Headers Bridge::furtherHeaders(const Outgoing &outgoing) const
{
    Headers headers{{"User-Agent", m_userAgent}};
    if (!outgoing.isModern && !m_revision.isEmpty() && outgoing.method != Mcp::MethodName::Initialize)
        headers.emplaceBack(Mcp::HeaderName::ProtocolVersion, m_revision);
    return headers;
}

void Bridge::learn(const Delivery &delivery, const QJsonObject &response)
{
    const QString revision = response.value("result"_L1).toObject().value("protocolVersion"_L1).toString();
    if (delivery.outgoing().method == Mcp::MethodName::Initialize && !revision.isEmpty())
        m_revision = revision.toLatin1();
}

void Bridge::remove(Delivery *delivery)
{
    m_deliveries.removeOne(delivery);
    delivery->deleteLater();
    if (delivery->outgoing().method == Mcp::MethodName::Initialized && !m_revision.isEmpty() && !m_isEnding)
        m_serverStream.want(furtherHeaders(delivery->outgoing()));
    postBacklog();
    finishIfDone();
}

void Bridge::write(const QByteArray &message)
{
    m_streams.write(message + '\n');
    if (m_streams.unwritten() > MostUnwritten) {
        Q_EMIT noted(u"The client does not read its answers; the relay ends."_s);
        finish();
    }
}

void Bridge::end()
{
    m_isEnding = true;
    const QList<Line> lines = m_lines.end();
    for (const Line &line : lines)
        take(line);
    const QList<Delivery *> deliveries = m_deliveries;
    for (Delivery *delivery : deliveries) {
        if (delivery->outgoing().isSubscription())
            delivery->drop();
    }
    QTimer::singleShot(m_longestEnding, this, &Bridge::finish);
    finishIfDone();
}

void Bridge::finishIfDone()
{
    if (m_isEnding && m_deliveries.isEmpty() && m_streams.unwritten() == 0)
        finish();
}

void Bridge::finish()
{
    if (!std::exchange(m_isFinished, true))
        Q_EMIT finished();
}

} // namespace Stdio
