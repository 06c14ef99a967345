#include "calls/grants.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace Calls {

namespace {

bool isOld(const QDateTime &then, const QDateTime &now)
{
    const std::chrono::milliseconds age(then.msecsTo(now));
    // A clock that was set back must not prolong anything.
    return age.count() < 0 || age > GrantValidity;
}

QByteArray hash(const QJsonArray &all)
{
    return QCryptographicHash::hash(QJsonDocument(all).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256);
}

} // namespace

Grants::Key Grants::key(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace)
{
    QJsonArray all;
    all.append(request.client.name);
    all.append(request.client.version);
    all.append(profile);
    all.append(workspace);
    all.append(request.tool);
    const QByteArray tool = hash(all);
    // QJsonObject keeps its keys sorted, so the order in which a client sends them does not matter.
    all.append(request.arguments);
    return {hash(all), tool};
}

Grants::Key Grants::Key::ofKind(const QString &kind) const
{
    return {call, QCryptographicHash::hash(QByteArray(tool + kind.toUtf8()), QCryptographicHash::Sha256)};
}

void Grants::answered(const Key &key, Approval approval, const QDateTime &now)
{
    forgetOld(now);
    if (approval == Approval::ForAWhile)
        m_while.insert(key.tool, now);
    if (approval != Approval::Denied)
        return;
    // The last word counts.
    m_once.remove(key.call);
    m_while.remove(key.tool);
}

void Grants::missed(qint64 callId, const Key &key, const QDateTime &now)
{
    forgetOld(now);
    m_missed.insert(callId, {key, now});
}

bool Grants::answeredLate(qint64 callId, Approval approval, const QDateTime &now)
{
    forgetOld(now);
    const auto it = m_missed.constFind(callId);
    if (it == m_missed.cend())
        return false;
    const Key key = it->key;
    m_missed.erase(it);
    answered(key, approval, now);
    if (approval == Approval::Once)
        m_once.insert(key.call, now);
    return true;
}

QList<qint64> Grants::replaced(const Key &key)
{
    QList<qint64> calls;
    m_missed.removeIf([&](const auto &entry) {
        const bool same = entry.value().key.call == key.call;
        if (same)
            calls.append(entry.key());
        return same;
    });
    return calls;
}

bool Grants::take(const Key &key, const QDateTime &now)
{
    forgetOld(now);
    return m_while.contains(key.tool) || m_once.remove(key.call);
}

void Grants::forgetOld(const QDateTime &now)
{
    m_missed.removeIf([&now](const auto &entry) { return isOld(entry.value().at, now); });
    for (QHash<QByteArray, QDateTime> *approved : {&m_once, &m_while})
        approved->removeIf([&now](const auto &entry) { return isOld(entry.value(), now); });
}

} // namespace Calls
