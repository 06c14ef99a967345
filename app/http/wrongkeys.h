#pragma once

#include "http/request.h"

#include <QElapsedTimer>

#include <optional>

namespace Http {

/// Slows down who tries keys: after too many wrong ones in a minute the rest of it is answered with 429. Who shows the
/// right key is not held up.
class WrongKeys
{
public:
    static constexpr int MostInAMinute = 20;

    /// What to answer in place of what the rules say.
    std::optional<Refusal> judge(const std::optional<Refusal> &refusal);

private:
    QElapsedTimer m_minute;
    int m_count = 0;
};

} // namespace Http
