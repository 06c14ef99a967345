#pragma once

#include "recordingexchange.h"

#include "mcp/transport/server.h"

/// A server, and what clients of both eras send it.
class ServerBench
{
public:
    using ExchangePtr = std::shared_ptr<RecordingExchange>;

    Mcp::Server server{{.name = QStringLiteral("bench"),
                        .title = QStringLiteral("Bench"),
                        .version = QStringLiteral("1"),
                        .instructions = QStringLiteral("Be kind.")}};
    /// What the next modern requests declare.
    QJsonObject capabilities = {};
    /// What the next modern requests have in _meta beside what must be there.
    QJsonObject meta = {};
    /// Sent with every request.
    Http::Headers headers = {{"User-Agent", "bench"}};
    quint64 connection = 1;

    ExchangePtr send(const QJsonObject &message, const Http::Headers &more = {})
    {
        auto exchange =
            std::make_shared<RecordingExchange>(QJsonDocument(message).toJson(), more + headers, connection);
        server.handle(exchange);
        return exchange;
    }

    ExchangePtr legacy(const QString &method, const QJsonObject &params = {}, const QByteArray &revision = "2025-11-25")
    {
        return send(message(method, params), {{"MCP-Protocol-Version", revision}});
    }

    ExchangePtr modern(const QString &method, QJsonObject params = {})
    {
        QJsonObject sent = meta;
        sent[QStringLiteral("io.modelcontextprotocol/protocolVersion")] = QStringLiteral("2026-07-28");
        sent[QStringLiteral("io.modelcontextprotocol/clientCapabilities")] = capabilities;
        params[QStringLiteral("_meta")] = sent;
        const QString named =
            method == QStringLiteral("resources/read") ? QStringLiteral("uri") : QStringLiteral("name");
        return send(message(method, params), {{"MCP-Protocol-Version", "2026-07-28"},
                                              {"Mcp-Method", method.toUtf8()},
                                              {"Mcp-Name", params[named].toString().toUtf8()}});
    }

    ExchangePtr get()
    {
        auto exchange = std::make_shared<RecordingExchange>(QByteArray(), headers, connection);
        exchange->setMethod("GET");
        server.handle(exchange);
        return exchange;
    }

    /// A client's answer to a request of the server.
    ExchangePtr respond(const QJsonValue &id, const QJsonObject &result)
    {
        return send({{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                     {QStringLiteral("id"), id},
                     {QStringLiteral("result"), result}});
    }

    static QJsonObject message(const QString &method, const QJsonObject &params)
    {
        return {{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                {QStringLiteral("id"), 7},
                {QStringLiteral("method"), method},
                {QStringLiteral("params"), params}};
    }

    static QJsonObject resultOf(const ExchangePtr &exchange)
    {
        return exchange->json().value(QStringLiteral("result")).toObject();
    }
    static int codeOf(const ExchangePtr &exchange)
    {
        return exchange->json().value(QStringLiteral("error")).toObject().value(QStringLiteral("code")).toInt();
    }
};
