#pragma once

#include <QTimer>

#include <chrono>

namespace Stdio {

/// Says when to try again what has failed: soon, and each time after twice as long.
class RetryTimer : public QTimer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RetryTimer)

public:
    explicit RetryTimer(QObject *parent = nullptr);

    void retry();
    /// It has worked: the next failure is the first one.
    void reset();

private:
    std::chrono::milliseconds m_pause;
};

} // namespace Stdio
