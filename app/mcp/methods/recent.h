#pragma once

#include <QHash>
#include <QList>

namespace Mcp {

/// What was learned about the latest clients; the oldest is forgotten when there are too many.
template<typename Key, typename Value>
class Recent
{
public:
    static constexpr qsizetype MostRemembered = 256;

    void remember(const Key &key, const Value &value)
    {
        m_oldestFirst.removeOne(key);
        m_oldestFirst << key;
        m_values[key] = value;
        if (m_oldestFirst.size() > MostRemembered)
            m_values.remove(m_oldestFirst.takeFirst());
    }

    /// Null for who is not remembered. Holds until the next remember().
    const Value *find(const Key &key) const
    {
        const auto found = m_values.find(key);
        return found == m_values.end() ? nullptr : &*found;
    }

private:
    QHash<Key, Value> m_values;
    QList<Key> m_oldestFirst;
};

} // namespace Mcp
