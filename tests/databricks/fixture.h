#pragma once

#include "databricks/scriptedserver.h"

#include "databricks/workspace.h"

#include <QNetworkAccessManager>

#include <memory>

constexpr auto secret = "dapi0123456789abcdef0123456789abcdef";

/// A token source whose tokens a test lists; each refusal moves on to the next one.
class ListedTokens final : public Databricks::TokenSource
{
public:
    explicit ListedTokens(QStringList tokens)
        : m_tokens(std::move(tokens))
    {}
    QCoro::Task<QString> token() override
    {
        if (m_tokens.isEmpty())
            throw Databricks::ApiError(Databricks::ApiError::Kind::NoCredentials, QStringLiteral("No token yet."));
        const QString token = m_tokens.first();
        co_return token;
    }
    bool refused(const QString &token) override
    {
        refusals.append(token);
        if (m_tokens.size() < 2)
            return false;
        m_tokens.removeFirst();
        return true;
    }

    QStringList refusals;

private:
    QStringList m_tokens;
};

/// Milliseconds where people get seconds.
inline Databricks::RetryPolicy quickPatience()
{
    using namespace std::chrono_literals;
    Databricks::RetryPolicy patience;
    patience.requestTimeout = 2s;
    patience.retryBudget = 4s;
    patience.retryStep = 5ms;
    patience.answerBytes = 1024 * 1024;
    return patience;
}

/// A scripted server, and a workspace that points at it and keeps its exchanges.
struct Fixture
{
    ScriptedServer server;
    QNetworkAccessManager network;
    std::shared_ptr<ListedTokens> tokens;
    std::stop_source stop;
    QList<Rest::Exchange> exchanges;
    Databricks::Workspace workspace;

    explicit Fixture(Databricks::RetryPolicy patience = quickPatience(),
                     QStringList tokenList = {QString::fromLatin1(secret)})
        : tokens(std::make_shared<ListedTokens>(std::move(tokenList)))
        , workspace(
              Databricks::Workspace(server.url(), tokens, &network, "bricktray/0.0.0 tests/1", patience)
                  .forCall([this](const Rest::Exchange &exchange) { exchanges.append(exchange); }, stop.get_token()))
    {}
};
