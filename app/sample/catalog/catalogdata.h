#pragma once

#include "sample/compute/clusterlives.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QString>

namespace Sample {

/// Securables by full name, in the API's shapes.
using Securables = QMap<QString, QJsonObject>;

struct SampleTable;

/// What the sample's Unity Catalog holds, the one register of it: the REST endpoints answer from it, and statements
/// see it and say what they changed.
struct CatalogData
{
    Securables catalogs;
    Securables schemas;
    Securables tables;
    Securables volumes;
    Securables functions;
    QMap<QString, QJsonArray> grants; ///< by "table main.default.page_views"
    /// Values by keys, by "tables main.default.page_views" or "columns main.default.page_views.page".
    QMap<QString, QMap<QString, QString>> tags;
    QList<ClusterLife> clusters; ///< when clusters ran until the sample was started: what is billed

    /// Nothing in it can be changed: its catalog is a share, or the system's.
    bool isReadOnly(const QString &fullName) const;
    /// A row filter or a column's mask hides some of the table from some.
    bool isMasked(const QString &fullName) const;
};

/// A family of securables, such as &CatalogData::tables.
using SecurableFamily = Securables CatalogData::*;

/// What a statement created or changed, or, where object is empty, dropped.
struct CatalogChange
{
    SecurableFamily family;
    QString fullName;
    QJsonObject object;
};

void apply(const CatalogChange &change, CatalogData &data);

/// Those directly in a parent ("main.default"), in the order of their names; without a parent all.
QJsonArray within(const Securables &objects, const QString &parent);

/// The sample's own tables, and what resources/sample/catalogs.json adds to them.
CatalogData sampleCatalogData(const QDateTime &now);

/// A table or a view as the API shows it right after its owner made it.
QJsonObject newTable(const SampleTable &table, const QDateTime &now);
/// The same with other columns, as of now.
QJsonObject withColumns(QJsonObject table, const SampleTable &columns, const QDateTime &now);
QJsonObject renamed(QJsonObject table, const QString &fullName);
SampleTable readTable(const QJsonObject &json);

/// A schema or a volume of the given full name as the API shows it right after user made it.
QJsonObject newSchema(const QString &fullName, const QString &user, const QDateTime &now);
QJsonObject newVolume(const QString &fullName, const QString &type, const QString &location, const QString &user,
                      const QDateTime &now);
/// Adds managed tables of a schema, main.large, until there are so many tables in all.
void growTo(CatalogData &data, qsizetype tables, const QDateTime &now);

} // namespace Sample
