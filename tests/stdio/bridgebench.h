#pragma once

#include "http/server.h"
#include "instance/instance.h"
#include "instance/serveraccess.h"
#include "stdio/bridge.h"

#include <QJsonObject>
#include <QList>
#include <QSocketNotifier>
#include <QTemporaryDir>

#include <array>
#include <chrono>
#include <memory>

/// A bridge between two pipes, and an application in its place at the other end: the real local socket and the real
/// HTTP endpoint, whose exchanges the test answers itself.
class BridgeBench : public QObject
{
public:
    static inline const QByteArray Key = "bridge-bench-access-key";

    BridgeBench();
    ~BridgeBench() override;

    /// The application comes up, on a port of its own choice, and goes.
    void startApplication();
    void stopApplication();
    /// What it says of itself when it is asked.
    Instance::ServerAccess endpoint;
    int timesAsked = 0;

    /// The exchanges the application got, in their order.
    QList<Http::ExchangePtr> exchanges;
    /// The next one that is a POST (or GET) and was not taken yet; waits for it.
    Http::ExchangePtr next(const QByteArray &method = "POST");
    /// How many came with a body that contains the text.
    qsizetype count(const QByteArray &text) const;

    std::chrono::milliseconds longestEnding = std::chrono::seconds(1);
    void startBridge(const Stdio::Launch &launch = {});
    void write(const QByteArray &bytes);
    void closeInput();
    void closeOutput();
    /// Until the bridge has written so many lines in all.
    bool waitForLines(qsizetype count, int milliseconds = 5000);
    QJsonObject line(qsizetype index) const;

    /// The usual opening of a client: initialize, answered, and notifications/initialized.
    void shakeHands();

    QByteArrayList lines; ///< what the bridge wrote
    QStringList notes;
    bool isFinished = false;

private:
    void readOutput();

    QTemporaryDir m_folder;
    std::array<int, 2> m_toBridge{-1, -1};
    std::array<int, 2> m_fromBridge{-1, -1};
    std::unique_ptr<QSocketNotifier> m_reader;
    QByteArray m_unread;
    QList<Http::ExchangePtr> m_untaken;
    std::unique_ptr<Http::Server> m_server;
    std::unique_ptr<Instance::RunningInstance> m_instance;
    std::unique_ptr<Stdio::Bridge> m_bridge;
};

QByteArray requestLine(int id, const QByteArray &method, const QByteArray &params = "{}");
QByteArray notificationLine(const QByteArray &method, const QByteArray &params = "{}");
QByteArray resultText(int id, const QByteArray &result = "{}");
Http::Reply jsonReply(const QByteArray &body);
