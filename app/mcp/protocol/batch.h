#pragma once

#include "mcp/protocol/answer.h"

#include <QByteArrayList>

#include <memory>

namespace Mcp {

/// The answers to the requests of one array, which go back together when the last is there (2025-03-26,
/// basic/transports). Without any, the array is acknowledged with 202.
class Batch : public std::enable_shared_from_this<Batch>
{
public:
    explicit Batch(Http::ExchangePtr exchange);
    ~Batch();
    Q_DISABLE_COPY_MOVE(Batch)

    /// The way back for one request of the array.
    AnswerPtr answer();
    void add(const QByteArray &message);

private:
    Http::ExchangePtr m_exchange;
    QByteArrayList m_messages;
};

} // namespace Mcp
