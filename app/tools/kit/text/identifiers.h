#pragma once

#include <QString>
#include <QStringList>

namespace Tools {

/// The id of a SQL warehouse, also given as its HTTP path or address: "/sql/1.0/warehouses/8f3b2c1d90e47a65".
QString warehouseIdIn(const QString &given);

/// The id of a cluster, also given as its HTTP path: "sql/protocolv1/o/123/0730-172948-runts698".
QString clusterIdIn(const QString &given);

/// The parts of a name of Unity Catalog, with or without SQL's back quotes: "`my-cat`.default.`a.b`" has three.
QStringList nameParts(const QString &name);

/// Such parts as SQL has a name: each in back quotes, whatever is in it.
QString quotedName(const QStringList &parts);

/// The name as the REST API spells it, without back quotes.
QString plainName(const QString &name);

/// Whether a name holds this part, as people write it: in any case, and whatever stands between its words, so that
/// "Tom Whitaker" finds tom.whitaker@example.com and "ingest orders" ingest_orders.
bool nameHolds(const QString &name, const QString &part);

/// Whether two user names are one person's: they differ in capitals only.
bool isSameUser(const QString &one, const QString &other);

} // namespace Tools
