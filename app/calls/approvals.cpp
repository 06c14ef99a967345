#include "calls/approvals.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace Calls {

namespace {

bool isOld(const QDateTime &then, const QDateTime &now)
{
    const qint64 age = then.msecsTo(now);
    // A clock that was set back must not prolong anything.
    return age < 0 || age > qint64(Approvals::ValidMinutes) * 60'000;
}

} // namespace

QByteArray Approvals::key(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace)
{
    // QJsonObject keeps its keys sorted, so the order in which a client sends them does not matter.
    QJsonArray all;
    all.append(request.client.name);
    all.append(request.client.version);
    all.append(profile);
    all.append(workspace);
    all.append(request.tool);
    all.append(request.arguments);
    return QCryptographicHash::hash(QJsonDocument(all).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256);
}

void Approvals::missed(qint64 callId, const QByteArray &key, const QDateTime &now)
{
    forgetOld(now);
    m_missed.insert(callId, {key, now});
}

bool Approvals::answered(qint64 callId, bool approved, const QDateTime &now)
{
    forgetOld(now);
    const auto it = m_missed.constFind(callId);
    if (it == m_missed.cend())
        return false;
    if (approved)
        m_approved.insert(it->key, now);
    else
        m_approved.remove(it->key);
    m_missed.erase(it);
    return true;
}

bool Approvals::take(const QByteArray &key, const QDateTime &now)
{
    forgetOld(now);
    return m_approved.remove(key);
}

void Approvals::forgetOld(const QDateTime &now)
{
    m_missed.removeIf([&now](const auto &entry) { return isOld(entry.value().at, now); });
    m_approved.removeIf([&now](const auto &entry) { return isOld(entry.value(), now); });
}

} // namespace Calls
