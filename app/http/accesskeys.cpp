#include "accesskeys.h"

#include "common/bytes.h"

#include <QCryptographicHash>

namespace Http {

namespace {

QByteArray digestOf(const QByteArray &key)
{
    return QCryptographicHash::hash(key, QCryptographicHash::Sha256);
}

} // namespace

void AccessKeys::add(const QString &name, const QByteArray &key)
{
    m_entries.append({.name = name, .digest = digestOf(key)});
}

std::optional<QString> AccessKeys::nameOf(const QByteArray &shown) const
{
    const QByteArray digest = digestOf(shown);
    const Entry *found = nullptr;
    for (const Entry &entry : m_entries) {
        if (Bytes::isSame(digest, entry.digest))
            found = &entry; // and on to the last
    }
    return found ? std::optional(found->name) : std::nullopt;
}

} // namespace Http
