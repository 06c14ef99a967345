#pragma once

#include "http/server.h"
#include "mcp/gate.h"
#include "mcp/transport/server.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <memory>

/// The endpoint with the protocol behind it and a few toy tools, in a thread of its own as in the application. The
/// tools: echo gives its text back; wait does so after some milliseconds; hold when the gate opens; flood reports
/// progress in large pieces, far faster than a slow reader reads.
class House : public QObject
{
public:
    explicit House(const Http::Limits &limits);
    ~House() override;

    quint16 port() const { return m_port; }
    int connections();
    /// Exchanges that were not destroyed yet, and all there ever were.
    int exchanges();
    int exchangesEver();
    int held();
    /// Calls whose tool has not ended.
    static int running();
    void openGate();
    /// Offers one tool more, so that listeners are told.
    void changeTools();

private:
    void begin(const Http::Limits &limits);
    QList<Mcp::RegisteredTool> tools() const;
    template<typename Function>
    auto inside(Function function);

    QThread m_thread;
    QObject m_inside; ///< lives in the thread
    std::shared_ptr<Gate> m_gate = std::make_shared<Gate>();
    std::unique_ptr<Mcp::Server> m_mcp;
    std::unique_ptr<Http::Server> m_http;
    QList<QPointer<Http::Exchange>> m_exchanges;
    quint16 m_port = 0;
};
