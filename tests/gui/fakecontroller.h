#pragma once

#include "gui/window/controller.h"

#include <QStringList>

/// The application behind the window, as far as the window can tell: keeps what it was asked and says what it is told
/// to.
class FakeController final : public Gui::Controller
{
public:
    FakeController()
    {
        m_server.state = Gui::ServerStatus::State::Running;
        m_server.url = QUrl(QStringLiteral("http://localhost:8080/mcp"));
        m_workspace.state = Gui::WorkspaceStatus::State::Connected;
        m_workspace.host = QUrl(QStringLiteral("https://adb-1234567890123456.7.azuredatabricks.net"));
        m_workspace.user = QStringLiteral("ada@example.com");
    }

    Gui::ServerStatus serverStatus() const override { return m_server; }
    Gui::WorkspaceStatus workspaceStatus() const override { return m_workspace; }
    QByteArray accessKey() const override { return m_key; }
    Credentials::AccessKeys accessKeys() const override { return m_keys; }
    bool canEditAccessKeys() const override { return m_canEditKeys; }
    Clients::Relay relay() const override { return {QStringLiteral("/opt/bricktray"), {QStringLiteral("--stdio")}}; }
    QStringList problems() const override { return m_problems; }
    QList<Gui::ToolsetInfo> toolsets() const override { return m_toolsets; }
    Gui::ModeStatus mode() const override { return m_mode; }

    QList<Calls::Grant> grants() const override { return m_grants; }

    void startServer() override { setServer(Gui::ServerStatus::State::Running); }
    void stopServer() override { setServer(Gui::ServerStatus::State::Stopped); }
    void refreshClusters() override { ++m_refreshes; }
    void loadCalls(qint64 before, int count) override { m_loads.append({before, count}); }
    void answerApproval(qint64 callId, const Calls::ApprovalAnswer &answer) override
    {
        m_answers.append({callId, answer});
    }
    void countRows(qint64 callId) override { m_counted.append(callId); }
    void revokeGrant(qint64 grantId) override { m_revoked.append(grantId); }
    void setMode(Calls::Mode mode, std::chrono::minutes trustFor) override
    {
        m_trustFor = trustFor;
        m_mode.mode = mode;
        m_mode.trustUntil = mode == Calls::Mode::Trust && trustFor.count() > 0
                                ? QDateTime::currentDateTimeUtc().addSecs(60 * trustFor.count())
                                : QDateTime();
        Q_EMIT modeChanged(m_mode);
    }
    void cancelCall(qint64 callId) override { m_cancelled.append(callId); }
    void setWindowVisible(bool visible) override { m_visible = visible; }
    void reloadSettings() override { ++m_reloads; }
    void replaceAccessKey() override { ++m_keyReplacements; }
    QByteArray makeAccessKey(const QString &name) override
    {
        if (Credentials::findAccessKey(m_keys, name))
            return {};
        m_keys << Credentials::newAccessKey(name);
        Q_EMIT accessKeyChanged();
        return m_keys.last().key;
    }
    void revokeAccessKey(const QString &name) override
    {
        m_keys.removeIf([&name](const Credentials::AccessKey &key) { return key.name == name; });
        Q_EMIT accessKeyChanged();
    }
    void quit() override { ++m_quits; }

    void setServer(Gui::ServerStatus::State state, const QString &message = {})
    {
        m_server.state = state;
        m_server.message = message;
        Q_EMIT serverStatusChanged(m_server);
    }

    void setWorkspace(Gui::WorkspaceStatus::State state, const QString &message = {})
    {
        m_workspace.state = state;
        m_workspace.message = message;
        Q_EMIT workspaceStatusChanged(m_workspace);
    }

    Gui::ServerStatus m_server;
    Gui::WorkspaceStatus m_workspace;
    Credentials::AccessKeys m_keys{{.name = QStringLiteral("default"), .key = "default-key"}};
    bool m_canEditKeys = true;
    QByteArray m_key = "btk_key-of-the-test";
    QStringList m_problems;
    int m_refreshes = 0;
    int m_reloads = 0;
    int m_keyReplacements = 0;
    int m_quits = 0;
    bool m_visible = false;
    QList<std::pair<qint64, int>> m_loads;
    QList<std::pair<qint64, Calls::ApprovalAnswer>> m_answers;
    QList<qint64> m_counted;
    QList<qint64> m_cancelled;
    Gui::ModeStatus m_mode;
    QList<Calls::Grant> m_grants;
    std::chrono::minutes m_trustFor{};
    QList<qint64> m_revoked;
    QList<Gui::ToolsetInfo> m_toolsets{
        {QStringLiteral("clusters"),
         QStringLiteral("Find clusters and start them."),
         {QStringLiteral("list_clusters"), QStringLiteral("start_cluster"), QStringLiteral("stop_cluster")},
         {QStringLiteral("start_cluster"), QStringLiteral("stop_cluster")},
         true},
        {QStringLiteral("sql"), QStringLiteral("Run SQL."), {QStringLiteral("execute_sql")}, {}, true},
        {QStringLiteral("jobs_admin"),
         QStringLiteral("Create jobs."),
         {QStringLiteral("create_job")},
         {QStringLiteral("create_job")},
         false}};
};
