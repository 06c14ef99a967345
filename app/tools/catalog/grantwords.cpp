#include "tools/catalog/grantwords.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/consequences.h"
#include "tools/kit/text/identifiers.h"

#include "common/visible.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Tools {

QStringList privilegesIn(const QJsonObject &assignment)
{
    QStringList names;
    for (const QJsonValue privilege : assignment.value("privileges"_L1).toArray())
        names.append(Text::visible(privilege.isString() ? privilege.toString() : privilege["privilege"_L1].toString()));
    return names;
}

QCoro::Task<QString> ownerOf(ToolCall call, QString securableType, QString fullName)
{
    static const QHash<QString, QString> families{{u"catalog"_s, u"catalogs"_s},
                                                  {u"schema"_s, u"schemas"_s},
                                                  {u"table"_s, u"tables"_s},
                                                  {u"volume"_s, u"volumes"_s},
                                                  {u"function"_s, u"functions"_s},
                                                  {u"share"_s, u"shares"_s},
                                                  {u"connection"_s, u"connections"_s},
                                                  {u"external_location"_s, u"external-locations"_s},
                                                  {u"storage_credential"_s, u"storage-credentials"_s}};
    const QString family = families.value(securableType);
    if (family.isEmpty())
        co_return QString();
    const QString path = catalogPath(family, fullName);
    const QUrlQuery query;
    const std::optional<QJsonObject> object = co_await known(call, path, query);
    const QString owner = object ? Text::visible(object->value("owner"_L1).toString()) : u"could not be read"_s;
    co_return owner;
}

QString missingUse(const QString &securableType, const QString &fullName, const QString &principal,
                   const QStringList &held)
{
    static const QStringList within{u"schema"_s, u"table"_s, u"volume"_s, u"function"_s};
    const QStringList parts = nameParts(fullName);
    if (!within.contains(securableType) || parts.size() < 2 || held.contains("ALL_PRIVILEGES"_L1))
        return {};
    QStringList missing;
    if (!held.contains("USE_CATALOG"_L1))
        missing.append(u"USE_CATALOG on catalog "_s + parts.first());
    if (!held.contains("USE_SCHEMA"_L1))
        missing.append(u"USE_SCHEMA on schema "_s + parts.first(2).join(u'.'));
    return missing.isEmpty() ? QString()
                             : u"To reach it, %1 also needs %2, which is not granted under that name; a group of "
                               "theirs may hold it."_s.arg(Text::visible(principal), missing.join(u" and "_s));
}

QString holdersIn(const QJsonArray &assignments)
{
    QStringList holders;
    for (const QJsonValue assignment : assignments) {
        const QString principal = Text::visible(assignment["principal"_L1].toString());
        if (!principal.isEmpty())
            holders.append(u"%1 (%2)"_s.arg(principal, someOf(privilegesIn(assignment.toObject()))));
    }
    return someOf(holders, 10);
}

} // namespace Tools
