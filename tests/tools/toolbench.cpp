#include "tools/toolbench.h"

#include "mcp/protocol/inputschema.h"
#include "tools/host/catalogue.h"
#include "tools/host/runtool.h"

#include "credentials/tokensources.h"
#include "sample/controls/testcontrols.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// As QTest::qWaitFor(), but without its sleeps of 10 ms, which every answer of a server on the same thread would take
/// several of.
bool waitUntil(const std::function<bool()> &done, std::chrono::milliseconds time)
{
    const QDeadlineTimer end(time);
    QTimer wake;
    wake.start(100ms);
    while (!done()) {
        if (end.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace

ToolBench::ToolBench(Calls::ApprovalTimes times)
    : m_sample("tool-bench-token", Sample::Tempo{200ms, 100ms, 200ms, 40ms}, std::make_unique<Sample::TestControls>())
    , m_log(std::make_unique<Calls::CallLog>(std::make_unique<Calls::Journal>(m_dir.filePath(u"journal.sqlite"_s)),
                                             times))
{
    if (!QDir(m_dir.path()).mkdir(u"shared"_s))
        qFatal("no folder can be shared");
    if (!m_sample.listen())
        qFatal("the sample workspace does not listen: %s", qPrintable(m_sample.errorString()));
    reset();
}

ToolBench::~ToolBench() = default;

Databricks::Workspace ToolBench::workspace()
{
    Databricks::RetryPolicy patience;
    patience.retryStep = 1ms;
    patience.requestTimeout = requestTimeout;
    patience.retryBudget = retryBudget;
    const auto tokens = std::make_shared<Credentials::FixedToken>(QString::fromLatin1(m_sample.token()));
    return Databricks::Workspace(upstream.isEmpty() ? m_sample.url() : upstream, tokens, &m_network, "bricktray-test/0",
                                 patience);
}

Calls::Policy ToolBench::permissive()
{
    return rules(Calls::Decision::Allow, Calls::Decision::Allow);
}

Calls::Policy ToolBench::rules(Calls::Decision adds, Calls::Decision rest)
{
    Calls::Policy policy;
    for (const Calls::Effect effect : Calls::changingEffects())
        policy.effects.insert(effect, effect == Calls::Effect::Adds ? adds : rest);
    return policy;
}

void ToolBench::reset()
{
    m_session = std::make_shared<Tools::Session>(Tools::Session{
        .workspace = workspace(),
        .profile = u"bench"_s,
        .sample = false,
        .defaultClusterId = defaultClusterId,
        .defaultWarehouseId = defaultWarehouseId,
        .inForce = std::make_shared<Calls::PolicyInForce>(policy),
        .toolsets = toolsets,
        .exportFolder = exportFolder(),
        .sharedFolder = sharedFolder(),
        .answerTime = answerTime,
        .clusterStarted = [this](const QString &id) { startedClusters.append(id); },
    });
    m_tools = Tools::ToolHost(m_log.get()).offer(m_session);
    startedClusters.clear();
    control("DELETE", u"/sample/faults"_s);
    control("DELETE", u"/sample/requests"_s);
}

void ToolBench::answerEach(std::function<Calls::ApprovalAnswer(const Calls::ApprovalRequest &)> answer)
{
    connect(
        &m_log->approvals(), &Calls::Approvals::requested, this,
        [this, answer](const Calls::ApprovalRequest &request) {
            const bool isKnown = std::ranges::any_of(
                cards, [&request](const Calls::ApprovalRequest &card) { return card.callId == request.callId; });
            if (isKnown || request.isLate)
                return;
            cards.append(request);
            m_log->approvals().answer(request.callId, answer(request));
        },
        Qt::QueuedConnection);
}

Calls::Effects ToolBench::effectsOf(const Tools::Tool &tool, const QJsonObject &arguments)
{
    if (!tool.effectsOf)
        return tool.effects;
    Mcp::ToolRequest request;
    request.tool = tool.name;
    request.arguments = Mcp::InputSchema(tool.inputSchema).coerce(arguments);
    request.client = {u"bench"_s, u"1"_s};
    const auto call = m_log->open(request, u"bench"_s, u"bench"_s);
    const Mcp::ToolInvocation invocation(request, {}, [](double, double, const QString &) {});
    return tool.effectsOf(Tools::ToolCall(invocation, call, m_session, QDeadlineTimer::Forever));
}

QStringList ToolBench::offered() const
{
    QStringList names;
    for (const Mcp::RegisteredTool &tool : m_tools)
        if (tool.isListed)
            names.append(tool.description.name);
    return names;
}

const Mcp::Tool &ToolBench::description(const QString &tool) const
{
    const auto found = std::find_if(m_tools.begin(), m_tools.end(), [&](const Mcp::RegisteredTool &offered) {
        return offered.description.name == tool;
    });
    if (found == m_tools.end())
        qFatal("no tool called %s is on offer", qPrintable(tool));
    return found->description;
}

Mcp::ToolResult ToolBench::call(const QString &name, const QJsonObject &arguments, std::stop_token stop)
{
    progress.clear();
    const Mcp::Tool &tool = description(name);
    const Mcp::InputSchema schema(tool.inputSchema);
    const QJsonObject coerced = schema.coerce(arguments);
    if (const QString problem = schema.validate(coerced); !problem.isEmpty())
        qFatal("%s: the test's arguments do not fit: %s", qPrintable(name), qPrintable(problem));

    const auto found = std::find_if(m_tools.begin(), m_tools.end(), [&](const Mcp::RegisteredTool &offered) {
        return offered.description.name == name;
    });
    Mcp::ToolRequest request;
    request.tool = name;
    request.arguments = coerced;
    request.client = {u"bench"_s, u"1"_s};
    std::optional<Mcp::ToolResult> result;
    found
        ->run(Mcp::ToolInvocation(request, stop,
                                  [this](double, double, const QString &message) { progress.append(message); }))
        .then([&result](const Mcp::ToolResult &answer) { result = answer; });
    if (!waitUntil([&] { return result.has_value(); }, 60s))
        qFatal("%s did not end", qPrintable(name));
    if (!result->isError()) {
        // An output may hold more than its schema says; an input may not.
        QJsonObject output = tool.outputSchema;
        output.insert("additionalProperties"_L1, true);
        const QString problem = Mcp::InputSchema(output).validate(result->foldedContent());
        if (!problem.isEmpty())
            QTest::qFail(qPrintable(name + " gives structured content that its schema does not allow: "_L1 + problem),
                         __FILE__, __LINE__);
    }
    return *result;
}

Mcp::ToolResult ToolBench::callUnoffered(const QString &tool, const QJsonObject &arguments)
{
    Mcp::ToolRequest request;
    request.tool = tool;
    const Tools::Tool *row = Tools::findTool(tool, m_session->toolsets);
    request.arguments = Mcp::InputSchema(row->inputSchema).coerce(arguments);
    std::optional<Mcp::ToolResult> result;
    Tools::runTool(m_log.get(), m_session, row, Mcp::ToolInvocation(request, std::stop_token(), nullptr))
        .then([&result](const Tools::ToolOutcome &outcome) { result = outcome.result(); });
    if (!waitUntil([&] { return result.has_value(); }, 60s))
        qFatal("%s did not end", qPrintable(tool));
    return *result;
}

QStringList ToolBench::recorded()
{
    QStringList lines;
    const QJsonObject recorded = control("GET", u"/sample/requests"_s);
    for (const QJsonValue value : recorded.value("requests"_L1).toArray()) {
        const QJsonObject request = value.toObject();
        QString line = request.value("method"_L1).toString() + u' ' + request.value("path"_L1).toString();
        if (const QString query = request.value("query"_L1).toString(); !query.isEmpty())
            line += u'?' + query;
        const QJsonValue body = request.value("body"_L1);
        if (body.isObject() && !body.toObject().isEmpty())
            line += u' ' + QString::fromUtf8(QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact));
        lines.append(line);
    }
    return lines;
}

QStringList ToolBench::requests()
{
    const QStringList lines = recorded();
    control("DELETE", u"/sample/requests"_s);
    return lines;
}

void ToolBench::fault(const QJsonObject &fault)
{
    control("POST", u"/sample/faults"_s, fault);
}

void ToolBench::scale(const QJsonObject &families)
{
    control("POST", u"/sample/scale"_s, families);
}

QJsonObject ToolBench::control(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    QUrl url = m_sample.url();
    url.setPath(path);
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + m_sample.token());
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(
        request, method, body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact)));
    if (!waitUntil([&] { return reply->isFinished(); }, 10s) || reply->error() != QNetworkReply::NoError)
        qFatal("the sample workspace does not do %s %s", method.constData(), qPrintable(path));
    return QJsonDocument::fromJson(reply->readAll()).object();
}
