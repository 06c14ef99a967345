#include "accessrules.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Http {

namespace {

constexpr quint16 DefaultPort = 80;
constexpr std::array<const char *, 3> AllowedMethods{"POST", "GET", "DELETE"};

/// The host and port of a Host header or an Origin (RFC 3986 section 3.2 without user information).
struct Authority
{
    QString host; ///< in lower case; an IPv6 address without its brackets
    std::optional<quint16> port;

    bool isLoopbackName() const { return host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1; }
};

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_';
}

std::optional<quint16> parsePort(QByteArrayView digits)
{
    const bool onlyDigits = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits.isEmpty() || digits.size() > 5 || !onlyDigits)
        return std::nullopt;
    bool fits = false;
    const quint16 port = digits.toByteArray().toUShort(&fits);
    return fits && port > 0 ? std::optional(port) : std::nullopt;
}

/// How far the host reaches, brackets included; 0 where there is none.
qsizetype hostLength(QByteArrayView text)
{
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        const QHostAddress address(QString::fromLatin1(text.sliced(1, std::max<qsizetype>(end, 1) - 1)));
        return address.protocol() == QAbstractSocket::IPv6Protocol ? end + 1 : 0;
    }
    return std::find_if_not(text.begin(), text.end(), isNameCharacter) - text.begin();
}

/// Nothing where the text is not exactly a host with an optional port. By hand, since QUrl repairs what it is given.
std::optional<Authority> parseAuthority(QByteArrayView text)
{
    const qsizetype length = hostLength(text);
    if (length == 0)
        return std::nullopt;

    QByteArrayView name = text.first(length);
    if (name.startsWith('['))
        name = name.sliced(1, length - 2);
    Authority authority{.host = QString::fromLatin1(name).toLower(), .port = std::nullopt};

    if (length < text.size()) {
        if (text[length] != ':')
            return std::nullopt;
        authority.port = parsePort(text.sliced(length + 1));
        if (!authority.port)
            return std::nullopt;
    }
    return authority;
}

Refusal refusal(int status, const QString &reason, const Headers &headers = {})
{
    return Refusal{.status = status, .reason = reason, .headers = headers};
}

qsizetype countOf(const RequestHead &head, const QByteArray &name)
{
    return std::count_if(head.headers.cbegin(), head.headers.cend(),
                         [&name](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
}

/// What a client sent is shown to a person and written to a log: short, and without anything that is not plain text.
QString quoted(const QByteArray &sent)
{
    constexpr qsizetype Longest = 80;
    QByteArray shown = sent.left(Longest);
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
    return QString::fromLatin1(shown) + (sent.size() > Longest ? u"…"_s : QString());
}

bool isLoopback(const QHostAddress &peer)
{
    bool isIpv4 = false; // also true for ::ffff:127.0.0.1
    const quint32 ipv4 = peer.toIPv4Address(&isIpv4);
    return isIpv4 ? (ipv4 >> 24) == 127 : peer == QHostAddress(QHostAddress::LocalHostIPv6);
}

std::optional<Refusal> checkPeer(const AccessRules &rules, RequestHead &head)
{
    if (!rules.loopbackOnly || isLoopback(head.peer))
        return std::nullopt;
    return refusal(403, u"This endpoint answers programs on its own machine only, and %1 is not on it."_s.arg(
                            head.peer.toString()));
}

std::optional<Refusal> checkHost(const AccessRules &rules, RequestHead &head)
{
    const QByteArray sent = head.header("Host");
    if (sent.isEmpty())
        return refusal(400, u"The request has no Host header, which HTTP/1.1 requires."_s);
    if (countOf(head, "Host") > 1)
        return refusal(400, u"The request has more than one Host header."_s);
    // A team's server goes by names and ports that only its network knows: a proxy's, a container's mapping. There the
    // key, which no web page can know, is what keeps rebinding out.
    if (!rules.loopbackOnly && rules.requiresKey)
        return std::nullopt;
    const std::optional<Authority> host = parseAuthority(sent);
    const bool known = host && (host->isLoopbackName() || rules.allowedHosts.contains(host->host, Qt::CaseInsensitive));
    if (!known) {
        return refusal(403, u"The Host \"%1\" is not a name of this endpoint. Use http://localhost:%2%3."_s.arg(
                                quoted(sent), QString::number(head.localPort), rules.path));
    }
    if (host->port.value_or(DefaultPort) != head.localPort)
        return refusal(403, u"The Host \"%1\" names another port than %2, on which this endpoint listens."_s.arg(
                                quoted(sent), QString::number(head.localPort)));
    return std::nullopt;
}

bool isLocalOrigin(const QByteArray &origin)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (origin.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0)
            continue;
        const std::optional<Authority> authority = parseAuthority(QByteArrayView(origin).sliced(scheme.size()));
        return authority && authority->isLoopbackName();
    }
    return false;
}

std::optional<Refusal> checkOrigin(const AccessRules &, RequestHead &head)
{
    for (const auto &[name, value] : head.headers) {
        if (name.compare("Origin", Qt::CaseInsensitive) == 0 && !isLocalOrigin(value))
            return refusal(403,
                           u"A web page of \"%1\" tried to use this endpoint. Only pages of this machine may."_s.arg(
                               quoted(value)));
        if (name.compare("Sec-Fetch-Site", Qt::CaseInsensitive) == 0 &&
            value.compare("cross-site", Qt::CaseInsensitive) == 0)
            return refusal(403, u"A web page of another site tried to use this endpoint. Only pages of this machine "
                                "may."_s);
    }
    return std::nullopt;
}

std::optional<Refusal> checkTarget(const AccessRules &rules, RequestHead &head)
{
    if (head.path() != rules.path)
        return refusal(404, u"There is nothing at \"%1\". The endpoint is http://localhost:%2%3."_s.arg(
                                quoted(head.target.split('?').first()), QString::number(head.localPort), rules.path));
    if (std::find(AllowedMethods.cbegin(), AllowedMethods.cend(), head.method) == AllowedMethods.cend())
        return refusal(405, u"The method %1 is not allowed here: use POST, GET or DELETE."_s.arg(quoted(head.method)),
                       {{"Allow", "POST, GET, DELETE"}});
    return std::nullopt;
}

/// The key that the head shows; empty where it shows none, or more than one.
QByteArray shownKey(const RequestHead &head)
{
    const QByteArray sent = head.header("Authorization");
    const QByteArrayView scheme("Bearer ");
    const bool isBearer = sent.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
    return isBearer && countOf(head, "Authorization") == 1 ? sent.mid(scheme.size()).trimmed() : QByteArray();
}

std::optional<Refusal> checkKey(const AccessRules &rules, RequestHead &head)
{
    const std::optional<QString> name = rules.keys.nameOf(shownKey(head));
    head.keyName = name.value_or(QString());
    if (name || !rules.requiresKey)
        return std::nullopt;
    if (head.header("Authorization").isEmpty())
        return refusal(401,
                       u"The request carries no access key. Copy the key from Bricktray's window into the client's "
                       "configuration, as the header Authorization: Bearer KEY."_s,
                       {{"WWW-Authenticate", "Bearer realm=\"Bricktray\""}});
    Refusal wrong = refusal(401,
                            u"The access key is not the right one. Copy the key from Bricktray's window again into the "
                            "client's configuration, as the header Authorization: Bearer KEY."_s,
                            {{"WWW-Authenticate", "Bearer realm=\"Bricktray\", error=\"invalid_token\""}});
    wrong.delay = rules.wrongKeyDelay;
    return wrong;
}

std::optional<Refusal> checkContentType(const AccessRules &, RequestHead &head)
{
    if (head.method != "POST")
        return std::nullopt;
    const QByteArray sent = head.header("Content-Type");
    const QByteArray type = sent.split(';').first().trimmed();
    if (countOf(head, "Content-Type") == 1 && type.compare("application/json", Qt::CaseInsensitive) == 0)
        return std::nullopt;
    return refusal(415, u"A POST must have the Content-Type application/json, not \"%1\"."_s.arg(quoted(sent)));
}

} // namespace

std::optional<Refusal> AccessRules::check(RequestHead &head) const
{
    for (const auto rule : {checkPeer, checkHost, checkOrigin, checkTarget, checkKey, checkContentType}) {
        if (const std::optional<Refusal> refused = rule(*this, head))
            return refused;
    }
    return std::nullopt;
}

std::optional<Refusal> WrongKeys::judge(const std::optional<Refusal> &refusal)
{
    if (!refusal || refusal->status != 401)
        return refusal;
    if (m_minute.hasExpired()) {
        m_minute.setRemainingTime(std::chrono::minutes(1));
        m_count = 0;
    }
    if (++m_count <= MostInAMinute)
        return refusal;
    const qint64 left = (m_minute.remainingTime() + 999) / 1000;
    return Refusal{.status = 429,
                   .reason = u"Too many requests came without the right access key. Wait %1 s."_s.arg(left),
                   .headers = {{"Retry-After", QByteArray::number(left)}},
                   .delay = refusal->delay};
}

} // namespace Http
