#include "bridgebench.h"

#include <QJsonDocument>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

void closeOnce(int *descriptor)
{
    if (*descriptor >= 0)
        ::close(*descriptor);
    *descriptor = -1;
}

} // namespace

BridgeBench::BridgeBench()
{
    if (::pipe(m_toBridge.data()) != 0 || ::pipe(m_fromBridge.data()) != 0)
        qFatal("no pipes");
    m_reader = std::make_unique<QSocketNotifier>(m_fromBridge[0], QSocketNotifier::Read);
    connect(m_reader.get(), &QSocketNotifier::activated, this, [this] { readOutput(); });
}

BridgeBench::~BridgeBench()
{
    m_reader.reset();
    m_bridge.reset();
    for (int *descriptor : {&m_toBridge[0], &m_toBridge[1], &m_fromBridge[0], &m_fromBridge[1]})
        closeOnce(descriptor);
}

void BridgeBench::startApplication()
{
    m_server = std::make_unique<Http::Server>(
        Http::Limits(),
        [](const Http::RequestHead &head) -> std::optional<Http::Refusal> {
            if (head.header("Authorization") != "Bearer " + Key)
                return Http::Refusal{.status = 401, .reason = u"The access key is not the right one."_s};
            return std::nullopt;
        },
        [this](const Http::ExchangePtr &exchange) {
            exchanges << exchange;
            m_untaken << exchange;
        });
    if (!m_server->listen({QHostAddress(QHostAddress::LocalHost)}, 0))
        qFatal("%s", qPrintable(m_server->errorString()));
    endpoint = {.state = Instance::ServerAccess::State::Running,
                .url = QUrl(u"http://localhost:%1/mcp"_s.arg(m_server->port())),
                .accessKey = Key};
    m_instance = std::make_unique<Instance::RunningInstance>(m_folder.path());
    m_instance->acquire();
    const bool serves = m_instance->serve([this](const QString &request) {
        ++timesAsked;
        return request == u"endpoint"_s ? endpoint.toLine() : u"?"_s;
    });
    if (!serves)
        qFatal("%s", qPrintable(m_instance->problem()));
}

void BridgeBench::stopApplication()
{
    m_instance.reset();
    m_server.reset();
}

Http::ExchangePtr BridgeBench::next(const QByteArray &method)
{
    const auto find = [this, &method] {
        return std::find_if(m_untaken.cbegin(), m_untaken.cend(), [&method](const Http::ExchangePtr &exchange) {
            return exchange->request().head.method == method;
        });
    };
    if (!QTest::qWaitFor([&] { return find() != m_untaken.cend(); }))
        return nullptr;
    return m_untaken.takeAt(find() - m_untaken.cbegin());
}

qsizetype BridgeBench::count(const QByteArray &text) const
{
    return std::count_if(exchanges.cbegin(), exchanges.cend(), [&text](const Http::ExchangePtr &exchange) {
        return exchange->request().body.contains(text);
    });
}

void BridgeBench::startBridge(const Stdio::Launch &launch)
{
    m_bridge = std::make_unique<Stdio::Bridge>(Stdio::Bridge::Options{.input = m_toBridge[0],
                                                                      .output = m_fromBridge[1],
                                                                      .dataDir = m_folder.path(),
                                                                      .launch = launch,
                                                                      .version = "1",
                                                                      .longestEnding = longestEnding});
    connect(m_bridge.get(), &Stdio::Bridge::noted, this, [this](const QString &words) { notes << words; });
    connect(m_bridge.get(), &Stdio::Bridge::finished, this, [this] { isFinished = true; });
    m_bridge->begin();
}

void BridgeBench::write(const QByteArray &bytes)
{
    // In pieces a pipe has room for, so that the bridge gets to read in this thread.
    for (qsizetype from = 0; from < bytes.size(); from += 32 * 1024) {
        const QByteArray piece = bytes.mid(from, 32 * 1024);
        if (::write(m_toBridge[1], piece.constData(), size_t(piece.size())) != piece.size())
            qFatal("the pipe takes nothing");
        QCoreApplication::processEvents();
    }
}

void BridgeBench::closeInput()
{
    closeOnce(&m_toBridge[1]);
}

void BridgeBench::closeOutput()
{
    m_reader.reset();
    closeOnce(&m_fromBridge[0]);
}

bool BridgeBench::waitForLines(qsizetype count, int milliseconds)
{
    return QTest::qWaitFor([&] { return lines.size() >= count; }, milliseconds);
}

QJsonObject BridgeBench::line(qsizetype index) const
{
    return QJsonDocument::fromJson(lines.value(index)).object();
}

void BridgeBench::shakeHands()
{
    write(requestLine(0, "initialize", R"({"protocolVersion":"2025-11-25"})"));
    if (const Http::ExchangePtr hello = next())
        hello->respond(jsonReply(resultText(0, R"({"protocolVersion":"2025-11-25"})")));
    waitForLines(1);
    write(notificationLine("notifications/initialized"));
    if (const Http::ExchangePtr initialized = next())
        initialized->respond({.status = 202, .contentType = {}});
    lines.clear();
}

void BridgeBench::readOutput()
{
    std::array<char, 65536> piece{};
    const ssize_t size = ::read(m_fromBridge[0], piece.data(), piece.size());
    if (size <= 0)
        return m_reader->setEnabled(false);
    m_unread.append(piece.data(), size);
    for (qsizetype end = 0; (end = m_unread.indexOf('\n')) >= 0; m_unread.remove(0, end + 1))
        lines << m_unread.left(end);
}

QByteArray requestLine(int id, const QByteArray &method, const QByteArray &params)
{
    return R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id) + R"(,"method":")" + method + R"(","params":)" +
           params + "}\n";
}

QByteArray notificationLine(const QByteArray &method, const QByteArray &params)
{
    return R"({"jsonrpc":"2.0","method":")" + method + R"(","params":)" + params + "}\n";
}

QByteArray resultText(int id, const QByteArray &result)
{
    return R"({"jsonrpc":"2.0","id":)" + QByteArray::number(id) + R"(,"result":)" + result + "}";
}

Http::Reply jsonReply(const QByteArray &body)
{
    return {.status = 200, .body = body};
}
