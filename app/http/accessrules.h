#pragma once

#include "http/request.h"

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

} // namespace Http
