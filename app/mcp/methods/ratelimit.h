#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QString>

#include <algorithm>

namespace Mcp {

/// How many calls may come in a while: so many at once, and then so many a second (a token bucket). Servers must limit
/// the rate of calls (2025-11-25, server/tools, "Security Considerations").
class RateLimit
{
public:
    /// No limit.
    RateLimit() = default;
    RateLimit(double atOnce, double aSecond)
        : m_atOnce(atOnce)
        , m_aSecond(aSecond)
        , m_free(atOnce)
    {
        m_since.start();
    }

    /// Takes a place for one call; false where there is none.
    bool take()
    {
        if (m_atOnce <= 0)
            return true;
        m_free = std::min(m_atOnce, m_free + m_aSecond * double(m_since.nsecsElapsed()) / 1e9);
        m_since.start();
        if (m_free < 1)
            return false;
        m_free -= 1;
        return true;
    }

private:
    double m_atOnce = 0;
    double m_aSecond = 0;
    double m_free = 0;
    QElapsedTimer m_since;
};

/// The same limit for each access key by itself: who shows one key, however often and under whatever name, does not use
/// up another's calls.
class RateLimits
{
public:
    /// No limit.
    RateLimits() = default;
    RateLimits(double atOnce, double aSecond)
        : m_fresh(atOnce, aSecond)
    {}

    /// Takes a place for one call of whom the access key was made for; false where there is none.
    bool take(const QString &keyName)
    {
        const auto known = m_byKey.find(keyName);
        return (known == m_byKey.end() ? m_byKey.insert(keyName, m_fresh) : known)->take();
    }

private:
    RateLimit m_fresh;
    QHash<QString, RateLimit> m_byKey; ///< as few as there are keys
};

} // namespace Mcp
