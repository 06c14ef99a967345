#include "instance/listener.h"

#include <QLocalSocket>
#include <QTimer>

#include <chrono>
#include <functional>
#include <utility>

namespace Instance {

using namespace std::chrono_literals;

namespace {

constexpr qint64 LongestRequest = 256; ///< bytes, with the line feed
constexpr int MostClients = 16;
constexpr auto ClientPatience = 3s; ///< from its connection to the answer taken

} // namespace

/// Reads one line, is answered, and goes with its socket.
class Client : public QObject
{
    Q_DISABLE_COPY_MOVE(Client)

public:
    using Asked = std::function<void(const QString &request)>;

    Client(QLocalSocket *socket, Asked asked)
        : m_socket(socket)
        , m_asked(std::move(asked))
    {
        socket->setParent(this);
        socket->setReadBufferSize(LongestRequest);
        connect(socket, &QLocalSocket::readyRead, this, &Client::readRequest);
        connect(socket, &QLocalSocket::disconnected, this, &QObject::deleteLater);
        QTimer::singleShot(ClientPatience, this, [this] {
            m_socket->abort();
            deleteLater();
        });
    }

    void readRequest()
    {
        if (m_hasAsked)
            return;
        if (!m_socket->canReadLine()) {
            if (m_socket->bytesAvailable() >= LongestRequest)
                m_socket->abort();
            return;
        }
        m_hasAsked = true;
        m_asked(QString::fromUtf8(m_socket->readLine(LongestRequest + 1)).trimmed());
    }

    void answer(const QString &text)
    {
        m_socket->write(text.toUtf8().left(Listener::LongestAnswer) + '\n');
        m_socket->flush();
        m_socket->disconnectFromServer();
    }

private:
    QLocalSocket *m_socket;
    Asked m_asked;
    bool m_hasAsked = false;
};

Listener::Listener()
    : m_server(this) // so that it goes to the thread with this
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &Listener::addClients);
}

Listener::~Listener()
{
    qDeleteAll(std::exchange(m_clients, {}));
}

QString Listener::listen(const QStringList &names)
{
    for (const QString &name : names) {
        QLocalServer::removeServer(name);
        if (m_server.listen(name))
            return {};
    }
    const QString reason = m_server.errorString();
    return reason.isEmpty() ? tr("there is no place for its socket") : reason;
}

void Listener::addClients()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        if (m_clients.size() >= MostClients) {
            delete socket;
            continue;
        }
        const quint64 number = ++m_lastClient;
        auto *client = new Client(socket, [this, number](const QString &request) { take(number, request); });
        m_clients.insert(number, client);
        connect(client, &QObject::destroyed, this, [this, number] { m_clients.remove(number); });
        client->readRequest();
    }
}

void Listener::take(quint64 client, const QString &request)
{
    const auto known = m_answers.constFind(request);
    if (known != m_answers.cend())
        answer(client, *known);
    else
        Q_EMIT asked(client, request);
}

void Listener::answer(quint64 client, const QString &answer)
{
    if (Client *waiting = m_clients.value(client))
        waiting->answer(answer);
}

} // namespace Instance
