#pragma once

#include "http/request.h"

#include <QDeadlineTimer>
#include <QStringList>

#include <optional>

namespace Http {

/// Who may use a loopback endpoint that acts with somebody's token. The checks, in this order: peer address, Host,
/// Origin (DNS rebinding, CVE-2025-66414 and its kin), path and method, access key, content type (CSRF by
/// "simple" requests, CVE-2026-33252).
struct AccessRules
{
    QString path = {};             ///< the one path that exists
    QByteArray accessKey = {};     ///< what Authorization: Bearer must carry; empty: no key is asked for
    QStringList allowedHosts = {}; ///< host names beside localhost, 127.0.0.1 and [::1]
    bool loopbackOnly = true;      ///< refuse peers that are not on this machine; without it a key makes any Host good

    std::optional<Refusal> check(const RequestHead &head) const;
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
