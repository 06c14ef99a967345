#pragma once

#include <QTcpServer>

namespace Http {

struct Endpoint;

/// Accepts connections up to the limit and puts a Connection on guard at each before QtHttpServer gets it.
class GuardedServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit GuardedServer(Endpoint &endpoint)
        : m_endpoint(endpoint)
    {}

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    Endpoint &m_endpoint;
};

} // namespace Http
