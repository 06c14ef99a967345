#pragma once

#include <QObject>

#include <memory>

namespace Stdio {

/// The two file descriptors between the client and this process, without blocking the event loop. Streams neither opens
/// nor closes them.
class Streams : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Streams)

public:
    Streams(int input, int output, QObject *parent = nullptr);
    ~Streams() override;

    /// Begins to read, or pauses. (On Windows a pause is not possible.)
    void setReading(bool reading);
    /// Writes now or as soon as the client takes it.
    void write(const QByteArray &bytes);
    /// What the client has not taken yet, in bytes.
    qsizetype unwritten() const;

Q_SIGNALS:
    void received(const QByteArray &bytes);
    void inputEnded();
    /// unwritten() is 0 again.
    void drained();
    /// The client does not read any more.
    void outputBroken();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Stdio
