#include "http/authority.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Http {

namespace {

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

} // namespace

bool Authority::isLoopbackName() const
{
    return host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1;
}

std::optional<Authority> Authority::parse(QByteArrayView text)
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

} // namespace Http
