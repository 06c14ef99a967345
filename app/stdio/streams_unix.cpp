#include "stdio/streams.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace Stdio {

namespace {

// A descriptor that is ready takes PIPE_BUF bytes without blocking (POSIX, write). It is not made non-blocking instead:
// that would change it for everyone who holds it, a terminal's shell among them.
constexpr qsizetype SurePiece = PIPE_BUF;
constexpr int PiecesInARow = 64;
constexpr qsizetype ReadPiece = 64 * 1024;

bool isReady(int output)
{
    pollfd descriptor{.fd = output, .events = POLLOUT, .revents = 0};
    return ::poll(&descriptor, 1, 0) > 0;
}

bool isTemporary(int error)
{
    return error == EINTR || error == EAGAIN || error == EWOULDBLOCK;
}

} // namespace

class Streams::Private
{
public:
    Private(Streams *q, int input, int output)
        : q(q)
        , reader(input, QSocketNotifier::Read)
        , writer(output, QSocketNotifier::Write)
    {}

    void read()
    {
        std::array<char, ReadPiece> piece{};
        const ssize_t size = ::read(int(reader.socket()), piece.data(), piece.size());
        if (size > 0) {
            Q_EMIT q->received(QByteArray(piece.data(), size));
        } else if (size == 0 || !isTemporary(errno)) {
            reader.setEnabled(false);
            hasEnded = true;
            Q_EMIT q->inputEnded();
        }
    }

    void write()
    {
        const int output = int(writer.socket());
        for (int pieces = 0; pieces < PiecesInARow && left() > 0 && isReady(output); ++pieces) {
            const ssize_t size = ::write(output, unwritten.constData() + written, size_t(qMin(left(), SurePiece)));
            if (size < 0 && !isTemporary(errno))
                return breakOff();
            written += qMax<ssize_t>(size, 0);
        }
        unwritten.remove(0, std::exchange(written, 0));
        if (!unwritten.isEmpty())
            return;
        writer.setEnabled(false);
        Q_EMIT q->drained();
    }

    void breakOff()
    {
        writer.setEnabled(false);
        isBroken = true;
        unwritten.clear();
        written = 0;
        Q_EMIT q->outputBroken();
    }

    qsizetype left() const { return unwritten.size() - written; }

    Streams *const q;
    QSocketNotifier reader;
    QSocketNotifier writer;
    QByteArray unwritten;
    qsizetype written = 0; ///< of it
    bool hasEnded = false;
    bool isBroken = false;
};

Streams::Streams(int input, int output, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, input, output))
{
    ::signal(SIGPIPE, SIG_IGN); // a client that is gone is an error of write(), not the end of the process
    d->reader.setEnabled(false);
    d->writer.setEnabled(false);
    connect(&d->reader, &QSocketNotifier::activated, this, [this] { d->read(); });
    connect(&d->writer, &QSocketNotifier::activated, this, [this] { d->write(); });
}

Streams::~Streams() = default;

void Streams::setReading(bool reading)
{
    d->reader.setEnabled(reading && !d->hasEnded);
}

void Streams::write(const QByteArray &bytes)
{
    if (d->isBroken)
        return;
    d->unwritten.append(bytes);
    d->writer.setEnabled(true);
}

qsizetype Streams::unwritten() const
{
    return d->left();
}

} // namespace Stdio
