#pragma once

#include "http/accesskeys.h"
#include "http/request.h"

#include <QDeadlineTimer>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Http {

/// Who may use a loopback endpoint that acts with somebody's token. The checks, in this order: peer address, Host,
/// Origin (DNS rebinding, CVE-2025-66414 and its kin), path and method, access key, content type (CSRF by
/// "simple" requests, CVE-2026-33252).
struct AccessRules
{
    QString path = {};             ///< the one path that exists
    bool requiresKey = true;       ///< Authorization: Bearer must carry one of the keys
    AccessKeys keys = {};          ///< those that are good; without any, and required, nobody is let in
    QStringList allowedHosts = {}; ///< host names beside localhost, 127.0.0.1 and [::1]
    bool loopbackOnly = true;      ///< refuse peers that are not on this machine; without it a key makes any Host good

    std::chrono::milliseconds wrongKeyDelay{700}; ///< how long who shows a wrong key waits for the answer

    /// Notes on the head whose key it shows.
    std::optional<Refusal> check(RequestHead &head) const;
};

/// Slows down who tries keys: after too many wrong ones in a minute the rest of it is answered with 429. Who shows the
/// right key is not held up.
class WrongKeys
{
public:
    static constexpr int MostInAMinute = 20;

    /// What to answer in place of what the rules say.
    std::optional<Refusal> judge(const std::optional<Refusal> &refusal);

private:
    QDeadlineTimer m_minute;
    int m_count = 0;
};

} // namespace Http
