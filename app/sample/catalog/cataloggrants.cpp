#include "sample/catalog/cataloggrants.h"

#include "sample/catalog/catalogdata.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

struct Level
{
    QString type;
    QString name;
};

void checkExists(const CatalogData &data, const Level &level)
{
    const QMap<QString, const Securables *> families{{u"catalog"_s, &data.catalogs},
                                                     {u"schema"_s, &data.schemas},
                                                     {u"table"_s, &data.tables},
                                                     {u"volume"_s, &data.volumes},
                                                     {u"function"_s, &data.functions}};
    const Securables *objects = families.value(level.type);
    if (!objects)
        throw ApiRefusal::invalidParameter(
            u"Securable type '%1' is not supported by this sample workspace."_s.arg(level.type));
    if (!objects->contains(level.name))
        throw ApiRefusal(404, level.type.toUpper() + "_DOES_NOT_EXIST"_L1,
                         u"%1 '%2' does not exist."_s.arg(level.type.at(0).toUpper() + level.type.mid(1), level.name));
}

/// The securable and what it inherits from, itself first.
QList<Level> levels(const Level &own)
{
    QList<Level> all{own};
    const QStringList parts = own.name.split(u'.');
    if (parts.size() > 2)
        all.append({u"schema"_s, parts.at(0) + u'.' + parts.at(1)});
    if (parts.size() > 1)
        all.append({u"catalog"_s, parts.at(0)});
    return all;
}

QJsonArray effective(const CatalogData &data, const Level &own)
{
    QMap<QString, QJsonArray> byPrincipal;
    for (const Level &level : levels(own)) {
        for (const QJsonValue grant : data.grants.value(level.type + u' ' + level.name)) {
            for (const QJsonValue privilege : grant["privileges"_L1].toArray()) {
                QJsonObject held{{"privilege"_L1, privilege}};
                if (level.name != own.name) {
                    held.insert("inherited_from_type"_L1, level.type.toUpper());
                    held.insert("inherited_from_name"_L1, level.name);
                }
                byPrincipal[grant["principal"_L1].toString()].append(held);
            }
        }
    }
    QJsonArray all;
    for (auto principal = byPrincipal.begin(); principal != byPrincipal.end(); ++principal)
        all.append(QJsonObject{{"principal"_L1, principal.key()}, {"privileges"_L1, *principal}});
    return all;
}

Http::Reply grants(const CatalogData &data, const ApiRequest &ask, bool inherited)
{
    const Level own{ask.captures.value(u"type"_s).toLower(), ask.captures.value(u"name"_s)};
    checkExists(data, own);
    const qint64 size = number(ask.query, u"max_results"_s, 0, 10'000, 0);
    if (size > 0 && size < 150)
        throw ApiRefusal::invalidParameter(u"Invalid value for max_results: expected 0 or at least 150."_s);
    const QString principal = queryText(ask.query, u"principal"_s);
    const QJsonArray all = inherited ? effective(data, own) : data.grants.value(own.type + u' ' + own.name);
    QJsonArray shown;
    for (const QJsonValue grant : all) {
        if (principal.isEmpty() || grant["principal"_L1].toString() == principal)
            shown.append(grant);
    }
    return answer(shown.isEmpty() ? QJsonObject() : QJsonObject{{"privilege_assignments"_L1, shown}});
}

} // namespace

QList<Route> grantRoutes(const CatalogData &data)
{
    const QString base = u"/api/2.1/unity-catalog/"_s;
    return {
        {"GET", base + "permissions/{type}/{name}"_L1,
         [&data](const ApiRequest &ask) { return grants(data, ask, false); }},
        {"GET", base + "effective-permissions/{type}/{name}"_L1,
         [&data](const ApiRequest &ask) { return grants(data, ask, true); }},
    };
}

} // namespace Sample
