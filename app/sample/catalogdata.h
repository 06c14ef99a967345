#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QString>

namespace Sample {

/// Securables by full name, in the API's shapes.
using Securables = QMap<QString, QJsonObject>;

/// What the sample's Unity Catalog holds: the tables that its SQL can query, and what resources/sample/catalogs.json
/// adds to them.
struct CatalogData
{
    Securables catalogs;
    Securables schemas;
    Securables tables;
    Securables volumes;
    Securables functions;
    QMap<QString, QJsonArray> grants; ///< by "table main.default.page_views"
};

CatalogData sampleCatalogData(const QDateTime &now);

/// A schema or a volume of the given full name as the API shows it right after user made it.
QJsonObject newSchema(const QString &fullName, const QString &user, const QDateTime &now);
QJsonObject newVolume(const QString &fullName, const QString &type, const QString &location, const QString &user,
                      const QDateTime &now);
/// A managed table without a comment, for a catalog that a test wants large.
QJsonObject plainTable(const QString &fullName, const QDateTime &now);

} // namespace Sample
