#pragma once

#include "sample/server/router.h"

#include <QMap>

namespace Sample {

/// The sample's secrets: names and how long the values are; the values themselves are not kept. And who may use a
/// scope.
class SecretBook
{
public:
    /// user is who the sample's token belongs to.
    explicit SecretBook(QString user);

    struct Secret
    {
        qint64 updated = 0; ///< milliseconds since 1970
        qsizetype length = 0;
    };
    QMap<QString, QMap<QString, Secret>> scopes;
    QMap<QString, QMap<QString, QString>> acls; ///< READ, WRITE or MANAGE, by scope and principal
    const QString user;
};

/// The endpoints /api/2.0/secrets/{scopes/{list,create,delete},list,put,delete,acls/{list,get,put,delete}}
/// (https://docs.databricks.com/api/workspace/secrets). The book must outlive them.
QList<Route> secretRoutes(SecretBook &book);

} // namespace Sample
