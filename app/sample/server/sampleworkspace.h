#pragma once

#include <QByteArray>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

namespace Sample {

/// How fast the sample's clusters, runs and updates change state.
struct Tempo
{
    std::chrono::milliseconds start = std::chrono::seconds(6);     ///< PENDING to RUNNING
    std::chrono::milliseconds terminate = std::chrono::seconds(3); ///< TERMINATING to TERMINATED
    std::chrono::milliseconds restart = std::chrono::seconds(5);
    std::chrono::milliseconds step = std::chrono::seconds(3); ///< each state of a run or of a pipeline's update
};

/// A small Databricks REST server on loopback with invented data, for a first look and for tests: it answers with the
/// API's own shapes, status codes and state machines. Faults are asked for with POST /sample/faults (see faults.h).
class SampleWorkspace : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SampleWorkspace)

public:
    explicit SampleWorkspace(QByteArray token, Tempo tempo = Tempo(), QObject *parent = nullptr);
    ~SampleWorkspace() override;

    /// port 0: a free one.
    bool listen(quint16 port = 0);
    QString errorString() const;
    /// "http://127.0.0.1:PORT"
    QUrl url() const;
    QByteArray token() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Sample
