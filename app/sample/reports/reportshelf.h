#pragma once

#include "sample/server/router.h"

#include <QJsonArray>

namespace Sample {

/// A family of objects that have an id, a lifecycle_state and a time of their last change: saved queries, alerts.
class ReportShelf
{
public:
    /// noun as the API's errors have it.
    explicit ReportShelf(QString noun)
        : m_noun(std::move(noun))
    {}

    /// The first of all to be listed.
    void add(const QJsonObject &object) { m_objects.append(object); }
    /// Empty where there is none.
    QJsonObject find(const QString &id) const;
    /// Throws ApiRefusal where there is none.
    QJsonObject existing(const QString &id) const;
    const QJsonArray &all() const { return m_objects; }

    /// Gives it an id, times and an owner.
    QJsonObject create(QJsonObject object, const QString &owner);
    /// Replaces the named fields; all that are given where mask is empty or "*". Throws ApiRefusal.
    QJsonObject update(const QString &id, const QJsonObject &changes, const QString &mask);
    /// To the trash, where it is still found. Throws ApiRefusal.
    void trash(const QString &id) { update(id, {{QStringLiteral("lifecycle_state"), QStringLiteral("TRASHED")}}, {}); }

private:
    const QString m_noun;
    QJsonArray m_objects;
    int m_made = 0;
};

} // namespace Sample
