#pragma once

#include "sample/server/router.h"

#include <QMap>

namespace Sample {

/// The sample's secrets: names and how long the values are; the values themselves are not kept.
class SecretBook
{
public:
    SecretBook();

    struct Secret
    {
        qint64 updated = 0; ///< milliseconds since 1970
        qsizetype length = 0;
    };
    QMap<QString, QMap<QString, Secret>> scopes;
};

/// The endpoints /api/2.0/secrets/{scopes/{list,create,delete},list,put,delete}
/// (https://docs.databricks.com/api/workspace/secrets). The book must outlive them.
QList<Route> secretRoutes(SecretBook &book);

} // namespace Sample
