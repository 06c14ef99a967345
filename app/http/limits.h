#pragma once

#include "http/request.h"

#include <chrono>
#include <functional>
#include <optional>

namespace Http {

/// What a client may ask of the endpoint. QtHttpServer has next to no limits of its own before 6.11.
struct Limits
{
    qint64 headBytes = 16 * 1024;
    qint64 bodyBytes = 4 * 1024 * 1024;
    int connections = 600;
    int strangers = 64; ///< of those, the ones that had nothing admitted so far; the oldest goes when another comes
    std::chrono::milliseconds strangerTime = std::chrono::milliseconds(500); ///< and it is given to say something first
    std::chrono::milliseconds requestTime = std::chrono::seconds(30); ///< from the first byte to the last of a request
    std::chrono::milliseconds firstTime = std::chrono::seconds(10);   ///< a new connection without a request
    std::chrono::milliseconds idleTime = std::chrono::seconds(75);    ///< a kept-alive one; also bounds firstTime
    std::chrono::milliseconds keepAliveComment = std::chrono::seconds(15);
    qint64 unsentBytes = 8 * 1024 * 1024; ///< a stream whose reader lags further behind is dropped
};

/// Says why a request may not go on, or nothing. Asked while only the head is known, on which it may note who asks.
using Admission = std::function<std::optional<Refusal>(RequestHead &)>;

} // namespace Http
