#include "house.h"

#include <QCoroTimer>

#include <atomic>
#include <chrono>

using namespace Qt::StringLiterals;
using Mcp::ToolInvocation;
using Mcp::ToolResult;

namespace {

std::atomic<int> running = 0;

struct Running
{
    Running() { ++running; }
    ~Running() { --running; }
    Q_DISABLE_COPY_MOVE(Running)
};

constexpr int FloodPieces = 400;
constexpr qsizetype FloodPiece = 64 * 1024;

ToolResult textBack(const ToolInvocation &invocation)
{
    const QJsonObject facts{{u"text"_s, invocation.request().arguments.value("text"_L1)}};
    return ToolResult(facts.value("text"_L1).toString(), facts);
}

QCoro::Task<ToolResult> echo(ToolInvocation invocation)
{
    co_return textBack(invocation);
}

QCoro::Task<ToolResult> wait(ToolInvocation invocation)
{
    const Running guard;
    const int time = invocation.request().arguments.value("ms"_L1).toInt();
    co_await QCoro::sleepFor(std::chrono::milliseconds(time));
    co_return textBack(invocation);
}

QCoro::Task<ToolResult> hold(std::shared_ptr<Gate> gate, ToolInvocation invocation)
{
    const Running guard;
    invocation.reportProgress(1, 2, u"holding"_s);
    Gate::Wait waiting(gate.get());
    const std::stop_callback onStop(invocation.stopToken(), [&waiting] { waiting.pass(); });
    ++gate->left;
    co_await waiting.passage();
    --gate->left;
    co_return textBack(invocation);
}

QCoro::Task<ToolResult> flood(ToolInvocation invocation)
{
    const Running guard;
    const QString piece(FloodPiece, u'x');
    for (int i = 1; i <= FloodPieces && !invocation.stopToken().stop_requested(); ++i) {
        invocation.reportProgress(i, FloodPieces, piece);
        if (i % 10 == 0)
            co_await QCoro::sleepFor(std::chrono::milliseconds(1));
    }
    co_return textBack(invocation);
}

} // namespace

template<typename Function>
auto House::inside(Function function)
{
    using Result = std::invoke_result_t<Function>;
    if constexpr (std::is_void_v<Result>) {
        QMetaObject::invokeMethod(&m_inside, function, Qt::BlockingQueuedConnection);
    } else {
        Result result{};
        QMetaObject::invokeMethod(&m_inside, function, Qt::BlockingQueuedConnection, &result);
        return result;
    }
}

House::House(const Http::Limits &limits)
{
    m_inside.moveToThread(&m_thread);
    m_thread.start();
    inside([&] { begin(limits); });
}

House::~House()
{
    inside([this] {
        m_mcp->cancelAll();
        m_http.reset();
        m_mcp.reset();
    });
    m_thread.quit();
    m_thread.wait();
}

void House::begin(const Http::Limits &limits)
{
    m_mcp = std::make_unique<Mcp::Server>(Mcp::Implementation{u"house"_s, u"House"_s, u"1"_s, QString()});
    m_mcp->setTools(tools());
    Http::Limits spacious = limits;
    spacious.strangers = limits.connections; // a crowd connects before it speaks
    m_http = std::make_unique<Http::Server>(
        spacious, [](const Http::RequestHead &) { return std::nullopt; },
        [this](Http::ExchangePtr exchange) {
            m_exchanges << exchange.get();
            m_mcp->handle(std::move(exchange));
        });
    if (!m_http->listen({QHostAddress(QHostAddress::LocalHost)}, 0))
        qFatal("%s", qPrintable(m_http->errorString()));
    m_port = m_http->port();
}

QList<Mcp::RegisteredTool> House::tools() const
{
    const QJsonObject text{{u"type"_s, u"string"_s}};
    const QJsonObject number{{u"type"_s, u"integer"_s}};
    const QJsonObject schema{{u"type"_s, u"object"_s},
                             {u"properties"_s, QJsonObject{{u"text"_s, text}, {u"ms"_s, number}}},
                             {u"required"_s, QJsonArray{u"text"_s}}};
    const auto tool = [&schema](const QString &name, std::function<QCoro::Task<ToolResult>(ToolInvocation)> run) {
        return Mcp::RegisteredTool{.description = {.name = name, .description = name, .inputSchema = schema},
                                   .run = run};
    };
    return {tool(u"echo"_s, echo), tool(u"wait"_s, wait), tool(u"flood"_s, flood),
            tool(u"hold"_s, [gate = m_gate](ToolInvocation invocation) { return hold(gate, invocation); })};
}

int House::connections()
{
    return inside([this] { return m_http->connectionCount(); });
}

int House::exchanges()
{
    return inside([this] {
        return int(std::count_if(m_exchanges.cbegin(), m_exchanges.cend(),
                                 [](const QPointer<Http::Exchange> &exchange) { return !exchange.isNull(); }));
    });
}

int House::exchangesEver()
{
    return inside([this] { return int(m_exchanges.size()); });
}

int House::held()
{
    return inside([this] { return m_gate->left; });
}

int House::running()
{
    return ::running;
}

void House::openGate()
{
    inside([this] { m_gate->open(); });
}

void House::changeTools()
{
    inside([this] {
        QList<Mcp::RegisteredTool> more = tools();
        more << more.first();
        more.last().description.name = u"another"_s;
        m_mcp->setTools(more);
    });
}
