#include "shell/service/mcpendpoint.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using Credentials::AccessKeys;

namespace {

using ReplyPtr = std::unique_ptr<QNetworkReply>;

const AccessKeys Both{{.name = u"default"_s, .key = "the-default-key"},
                      {.name = u"laptop"_s, .key = "the-laptops-key"}};

int status(const ReplyPtr &reply)
{
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

/// The endpoint as the program runs it: who may come in, and who no longer may.
class TestMcpEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void eachKeyOpens();
    void aRevokedKeyIsShutOutAtOnce();
    void aReplacedKeyIsShutOutAtOnce();
    void aKeyRevokedWhileItWasStoppedIsToldToo();
    void aNewKeyOpensWithoutARestart();
    void withoutAnyKeyLeftNobodyComesIn();

private:
    ReplyPtr get(const QByteArray &key);
    ReplyPtr ping(const QByteArray &key);
    bool isStreaming(const ReplyPtr &stream) const { return status(stream) == 200 && !stream->isFinished(); }
    void use(const AccessKeys &keys)
    {
        m_configuration.keys = keys;
        m_endpoint->start(m_configuration);
    }

    EndpointConfiguration m_configuration;
    QUrl m_url;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<McpEndpoint> m_endpoint;
};

void TestMcpEndpoint::init()
{
    m_endpoint = std::make_unique<McpEndpoint>();
    m_network = std::make_unique<QNetworkAccessManager>();
    m_configuration = {.addresses = {QHostAddress(QHostAddress::LocalHost)}, .port = 0, .keys = Both};
    QSignalSpy started(m_endpoint.get(), &McpEndpoint::started);
    m_endpoint->start(m_configuration);
    QCOMPARE(started.size(), 1);
    m_url = started.first().first().toUrl();
}

ReplyPtr TestMcpEndpoint::get(const QByteArray &key)
{
    QNetworkRequest request(m_url);
    request.setRawHeader("Accept", "text/event-stream");
    request.setRawHeader("Authorization", "Bearer " + key);
    ReplyPtr reply(m_network->get(request));
    if (!QTest::qWaitFor([&reply] { return status(reply) != 0; }))
        qWarning("There is no answer.");
    return reply;
}

ReplyPtr TestMcpEndpoint::ping(const QByteArray &key)
{
    QNetworkRequest request(m_url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Authorization", "Bearer " + key);
    ReplyPtr reply(m_network->post(request, R"({"jsonrpc":"2.0","id":1,"method":"ping"})"));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    finished.wait();
    return reply;
}

void TestMcpEndpoint::eachKeyOpens()
{
    for (const Credentials::AccessKey &key : Both)
        QCOMPARE(status(ping(key.key)), 200);
    QCOMPARE(status(ping("another")), 401);
}

void TestMcpEndpoint::aRevokedKeyIsShutOutAtOnce()
{
    const ReplyPtr ours = get("the-default-key");
    const ReplyPtr laptops = get("the-laptops-key");
    QVERIFY(isStreaming(ours) && isStreaming(laptops));
    QSignalSpy revoked(m_endpoint.get(), &McpEndpoint::revoked);
    QSignalSpy stopped(m_endpoint.get(), &McpEndpoint::stopped);
    use(Both.first(1));
    QTRY_VERIFY(laptops->isFinished());
    QVERIFY(isStreaming(ours));
    QCOMPARE(revoked.size(), 1);
    QCOMPARE(revoked.first().first().toString(), u"laptop"_s);
    QCOMPARE(stopped.size(), 0);
    QCOMPARE(status(ping("the-laptops-key")), 401);
    QCOMPARE(status(ping("the-default-key")), 200);
}

void TestMcpEndpoint::aReplacedKeyIsShutOutAtOnce()
{
    const ReplyPtr ours = get("the-default-key");
    QVERIFY(isStreaming(ours));
    AccessKeys keys = Both;
    keys.first().key = "a-newer-key";
    use(keys);
    QTRY_VERIFY(ours->isFinished());
    QCOMPARE(status(ping("the-default-key")), 401);
    QCOMPARE(status(ping("a-newer-key")), 200);
}

void TestMcpEndpoint::aKeyRevokedWhileItWasStoppedIsToldToo()
{
    m_endpoint->stop();
    QSignalSpy revoked(m_endpoint.get(), &McpEndpoint::revoked);
    use(Both.last(1));
    QCOMPARE(revoked.size(), 1);
    QCOMPARE(revoked.first().first().toString(), u"default"_s);
}

void TestMcpEndpoint::aNewKeyOpensWithoutARestart()
{
    const ReplyPtr ours = get("the-default-key");
    use(Both + AccessKeys{{.name = u"another"_s, .key = "another-key"}});
    QCOMPARE(status(ping("another-key")), 200);
    QVERIFY(isStreaming(ours));
}

void TestMcpEndpoint::withoutAnyKeyLeftNobodyComesIn()
{
    use({});
    QCOMPARE(status(ping("the-default-key")), 401);
    QCOMPARE(status(ping({})), 401);
}

QTEST_GUILESS_MAIN(TestMcpEndpoint)
#include "tst_mcpendpoint.moc"
