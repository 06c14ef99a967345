#pragma once

#include "sample/server/controls.h"
#include "sample/server/tempo.h"

#include <QByteArray>
#include <QObject>
#include <QUrl>

#include <memory>

namespace Sample {

/// A small Databricks REST server on loopback with invented data, for a first look and for tests: it answers with the
/// API's own shapes, status codes and state machines.
class SampleWorkspace : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SampleWorkspace)

public:
    explicit SampleWorkspace(QByteArray token, Tempo tempo = Tempo(), std::unique_ptr<Controls> controls = nullptr);
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
