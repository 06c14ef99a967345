#include "sample/reports/reportshelf.h"

#include "sample/server/apianswers.h"
#include "sample/server/builtin.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QString nowText()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
}

} // namespace

QJsonObject ReportShelf::find(const QString &id) const
{
    for (const QJsonValue object : m_objects) {
        if (object["id"_L1] == id)
            return object.toObject();
    }
    return {};
}

QJsonObject ReportShelf::existing(const QString &id) const
{
    const QJsonObject found = find(id);
    if (found.isEmpty())
        throw ApiRefusal(404, u"RESOURCE_DOES_NOT_EXIST"_s, u"%1 with ID %2 does not exist."_s.arg(m_noun, id));
    return found;
}

QJsonObject ReportShelf::create(QJsonObject object, const QString &owner)
{
    object.insert("id"_L1, stableUuid(u"%1/made/%2"_s.arg(m_noun).arg(++m_made)));
    object.insert("owner_user_name"_L1, owner);
    object.insert("lifecycle_state"_L1, u"ACTIVE"_s);
    object.insert("create_time"_L1, nowText());
    object.insert("update_time"_L1, nowText());
    m_objects.prepend(object);
    return object;
}

QJsonObject ReportShelf::update(const QString &id, const QJsonObject &changes, const QString &mask)
{
    QJsonObject object = existing(id);
    const QStringList fields = mask.split(u',', Qt::SkipEmptyParts);
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (fields.isEmpty() || fields.contains(u"*"_s) || fields.contains(change.key()))
            object.insert(change.key(), change.value());
    }
    object.insert("update_time"_L1, nowText());
    for (QJsonValueRef kept : m_objects) {
        if (kept.toObject().value("id"_L1) == id)
            kept = object;
    }
    return object;
}

} // namespace Sample
