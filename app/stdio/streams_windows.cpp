#include "stdio/streams.h"

#include <QMetaObject>

#include <array>
#include <mutex>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <io.h>

namespace Stdio {

namespace {

constexpr unsigned ReadPiece = 64 * 1024;

/// Whom the reading thread tells. The thread sits in a read that nothing interrupts, so it may outlive the Streams.
struct Listener
{
    std::mutex mutex;
    Streams *streams = nullptr;
};

void readAll(std::shared_ptr<Listener> listener, int input)
{
    while (true) {
        std::array<char, ReadPiece> piece{};
        const int size = ::_read(input, piece.data(), ReadPiece);
        const QByteArray bytes = size > 0 ? QByteArray(piece.data(), size) : QByteArray();
        const std::lock_guard lock(listener->mutex);
        Streams *streams = listener->streams;
        if (!streams)
            return;
        QMetaObject::invokeMethod(
            streams,
            [streams, bytes] {
                if (bytes.isEmpty())
                    Q_EMIT streams->inputEnded();
                else
                    Q_EMIT streams->received(bytes);
            },
            Qt::QueuedConnection);
        if (bytes.isEmpty())
            return;
    }
}

} // namespace

class Streams::Private
{
public:
    std::shared_ptr<Listener> listener = std::make_shared<Listener>();
    int input = -1;
    int output = -1;
    bool isReading = false;
    bool isBroken = false;
};

Streams::Streams(int input, int output, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->listener->streams = this;
    d->input = input;
    d->output = output;
    ::_setmode(input, _O_BINARY);
    ::_setmode(output, _O_BINARY);
}

Streams::~Streams()
{
    const std::lock_guard lock(d->listener->mutex);
    d->listener->streams = nullptr;
}

void Streams::setReading(bool reading)
{
    if (!reading || std::exchange(d->isReading, true))
        return;
    std::thread(readAll, d->listener, d->input).detach();
}

void Streams::write(const QByteArray &bytes)
{
    for (qsizetype written = 0; written < bytes.size() && !d->isBroken;) {
        const int size = ::_write(d->output, bytes.constData() + written, unsigned(bytes.size() - written));
        d->isBroken = size <= 0;
        written += size;
    }
    if (d->isBroken)
        QMetaObject::invokeMethod(this, &Streams::outputBroken, Qt::QueuedConnection);
}

qsizetype Streams::unwritten() const
{
    return 0;
}

} // namespace Stdio
