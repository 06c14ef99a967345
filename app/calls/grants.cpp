#include "calls/grants.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

bool isOld(const QDateTime &then, const QDateTime &now)
{
    const std::chrono::milliseconds age(then.msecsTo(now));
    // A clock that was set back must not prolong anything.
    return age.count() < 0 || age > GrantValidity;
}

/// Does not depend on what a client says of itself where it showed a key of its own.
bool isSameClient(const ApprovalRequest &a, const ApprovalRequest &b)
{
    return a.key == b.key && a.client == b.client && a.profile == b.profile && a.workspace == b.workspace;
}

} // namespace

QByteArray Grants::callKey(const Mcp::ToolRequest &request, const QString &profile, const QString &workspace)
{
    // QJsonObject keeps its keys sorted, so the order in which a client sends them does not matter.
    const QJsonArray all{request.client.key, request.client.name, request.client.version, profile,
                         workspace,          request.tool,        request.arguments};
    return QCryptographicHash::hash(QJsonDocument(all).toJson(QJsonDocument::Compact), QCryptographicHash::Sha256);
}

void Grants::answered(const QByteArray &call, const ApprovalRequest &request, const ApprovalAnswer &answer,
                      const QDateTime &now)
{
    forgetOld(now);
    if (!answer.approved) {
        // The last word counts.
        m_once.remove(call);
        m_held.removeIf([&request](const Held &held) { return covers(held, request); });
        return;
    }
    // A target that nobody can name is asked about each time.
    const bool isForNothing = answer.reach == Reach::SameTarget && request.object.isEmpty();
    if (answer.reach == Reach::ThisCall || isForNothing)
        return;
    Grant grant;
    grant.id = ++m_lastId;
    grant.client = request.client;
    grant.workspace = request.workspace;
    grant.verb = request.verb;
    if (answer.reach == Reach::SameTarget)
        grant.target = request.target.isEmpty() ? request.object : request.target;
    grant.isAnyTarget = answer.reach == Reach::AnyTarget;
    grant.until = now.addMSecs(std::chrono::milliseconds(GrantValidity).count());
    m_held.append({grant, request, now});
}

void Grants::missed(const QByteArray &call, const ApprovalRequest &request, const QDateTime &now)
{
    forgetOld(now);
    m_missed.insert(request.callId, {call, request, now});
}

bool Grants::answeredLate(qint64 callId, const ApprovalAnswer &answer, const QDateTime &now)
{
    forgetOld(now);
    const auto it = m_missed.constFind(callId);
    if (it == m_missed.cend())
        return false;
    const Missed missed = *it;
    m_missed.erase(it);
    answered(missed.call, missed.request, answer, now);
    if (answer.approved && answer.reach == Reach::ThisCall)
        m_once.insert(missed.call, {missed.request.key, now});
    return true;
}

QList<qint64> Grants::replaced(const QByteArray &call)
{
    QList<qint64> calls;
    m_missed.removeIf([&](const auto &entry) {
        const bool same = entry.value().call == call;
        if (same)
            calls.append(entry.key());
        return same;
    });
    return calls;
}

std::optional<QString> Grants::take(const QByteArray &call, const ApprovalRequest &request, const QDateTime &now)
{
    forgetOld(now);
    if (m_once.remove(call))
        return u"Approved after its client had stopped waiting"_s;
    const auto held = std::ranges::find_if(m_held, [&request](const Held &held) { return covers(held, request); });
    if (held == m_held.end())
        return std::nullopt;
    ++held->grant.uses;
    const QString target = held->grant.isAnyTarget ? u"any target"_s : held->grant.target;
    return u"Ran under your yes for %1 minutes: %2, %3"_s.arg(GrantValidity.count()).arg(held->grant.verb, target);
}

QList<Grant> Grants::list(const QDateTime &now) const
{
    QList<Grant> grants;
    for (const Held &held : m_held) {
        if (!isOld(held.at, now))
            grants.prepend(held.grant);
    }
    return grants;
}

bool Grants::revoke(qint64 id)
{
    return m_held.removeIf([id](const Held &held) { return held.grant.id == id; }) > 0;
}

void Grants::takeBack()
{
    m_once.clear();
    m_held.clear();
}

void Grants::clear()
{
    takeBack();
    m_missed.clear();
}

void Grants::clearOf(const QString &key)
{
    m_once.removeIf([&key](const auto &entry) { return entry.value().key == key; });
    m_held.removeIf([&key](const Held &held) { return held.request.key == key; });
    m_missed.removeIf([&key](const auto &entry) { return entry.value().request.key == key; });
}

/// No worse than what was said yes to: another effect asks again.
bool Grants::covers(const Held &held, const ApprovalRequest &request)
{
    const ApprovalRequest &given = held.request;
    const bool isNoWorse = !(request.effects & ~given.effects);
    const bool isOnTarget = held.grant.isAnyTarget || given.object == request.object;
    return isSameClient(given, request) && given.tool == request.tool && given.verb == request.verb && isNoWorse &&
           isOnTarget;
}

void Grants::forgetOld(const QDateTime &now)
{
    m_missed.removeIf([&now](const auto &entry) { return isOld(entry.value().at, now); });
    m_once.removeIf([&now](const auto &entry) { return isOld(entry.value().at, now); });
    m_held.removeIf([&now](const Held &held) { return isOld(held.at, now); });
}

} // namespace Calls
