#pragma once

#include "calls/calllog.h"
#include "sample/server/sampleworkspace.h"
#include "tools/host/catalogue.h"
#include "tools/host/session.h"
#include "tools/host/toolhost.h"
#include "tools/kit/tool.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QTemporaryDir>

#include <memory>

/// Runs tools as the server does, over real HTTP against the sample workspace, and tells which requests they made.
class ToolBench : public QObject
{
    Q_OBJECT

public:
    explicit ToolBench(Calls::ApprovalTimes times = {});
    ~ToolBench() override;

    /// Calls a tool with valid arguments to its end, and checks that a success fits the tool's output schema.
    Mcp::ToolResult call(const QString &tool, const QJsonObject &arguments = {}, std::stop_token stop = {});
    /// Runs a tool whether it is on offer or not, as if the offer had been the place where it slipped through.
    Mcp::ToolResult callUnoffered(const QString &tool, const QJsonObject &arguments);
    /// "GET /api/2.1/clusters/get?cluster_id=…" for each request since the last time, with the body behind it.
    QStringList requests();
    /// The same, and they stay on record: for waiting until a request arrives.
    QStringList recorded();
    /// Asks the sample workspace for a fault.
    void fault(const QJsonObject &fault);
    /// Makes families of the sample workspace so large: {"jobs": 5000}.
    void scale(const QJsonObject &families);

    /// The sample workspace, for what is tested below the tools.
    Databricks::Workspace workspace();
    Calls::CallLog &log() { return *m_log; }
    /// What a call with these arguments does, as its row says.
    Calls::Effects effectsOf(const Tools::Tool &tool, const QJsonObject &arguments);
    const Tools::Session &session() const { return *m_session; }
    /// Answers every card, from the event loop as a person would; the cards are in requests afterwards.
    void answerEach(std::function<Calls::ApprovalAnswer(const Calls::ApprovalRequest &)> answer);
    QList<Calls::ApprovalRequest> cards; ///< those that answerEach() has answered
    /// The names of the tools on offer.
    QStringList offered() const;
    const Mcp::Tool &description(const QString &tool) const;

    /// Another upstream than the sample workspace, from the next reset() on.
    QUrl upstream;
    /// Takes effect with the next reset().
    Calls::Policy policy = permissive();
    /// Everything runs.
    static Calls::Policy permissive();
    /// One decision for what adds, another for every other change.
    static Calls::Policy rules(Calls::Decision adds, Calls::Decision rest);
    QStringList toolsets = Tools::resolveToolsets({QStringLiteral("all")}); ///< from the next reset() on
    QString defaultClusterId;                                               ///< the profile's, from the next reset() on
    QString defaultWarehouseId;
    std::chrono::milliseconds requestTimeout = std::chrono::seconds(2);            ///< from the next reset() on
    std::chrono::milliseconds retryBudget = Databricks::RetryPolicy().retryBudget; ///< from the next reset() on
    std::chrono::milliseconds answerTime = std::chrono::seconds(45);               ///< from the next reset() on
    /// Where exports go; empty at first.
    QString exportFolder() const { return m_dir.filePath(QStringLiteral("exports")); }
    /// What is shared with models; there, and empty at first.
    QString sharedFolder() const { return m_dir.filePath(QStringLiteral("shared")); }
    /// A request to the sample workspace beside the tools: to set something up.
    QJsonObject control(const QByteArray &method, const QString &path, const QJsonObject &body = {});
    QStringList progress; ///< what the last call reported
    QStringList startedClusters;
    /// A fresh session; also forgets which requests were made.
    void reset();

private:
    QTemporaryDir m_dir;
    QNetworkAccessManager m_network;
    Sample::SampleWorkspace m_sample;
    std::unique_ptr<Calls::CallLog> m_log;
    std::shared_ptr<const Tools::Session> m_session;
    QList<Mcp::RegisteredTool> m_tools;
};
