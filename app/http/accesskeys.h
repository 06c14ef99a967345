#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace Http {

/// The access keys that are good, each with the name of the client it was made for. Digests of them, so that nothing
/// that is handed around can show a key, and all have one length.
class AccessKeys
{
public:
    void add(const QString &name, const QByteArray &key);

    /// Whose key this is; nothing where it is none of them. Takes the same time whichever it is, and however near to
    /// one it comes.
    std::optional<QString> nameOf(const QByteArray &shown) const;

private:
    struct Entry
    {
        QString name;
        QByteArray digest;
    };

    QList<Entry> m_entries;
};

} // namespace Http
