#pragma once

#include "sample/server/router.h"

#include <memory>

namespace Sample {

struct CatalogData;

/// The sample's Unity Catalog (https://docs.databricks.com/api/workspace/catalogs and its neighbours): listings whose
/// first page may be empty, lookups, grants, and schemas and volumes that can be created and deleted.
class CatalogStore
{
    Q_DISABLE_COPY_MOVE(CatalogStore)

public:
    /// Answers from data, and changes it. user is who the sample's token belongs to.
    CatalogStore(CatalogData &data, const QString &user);
    ~CatalogStore();

    /// They refer to the store.
    QList<Route> routes();
    /// Makes schema main.large with so many tables in it.
    void growTo(qsizetype tables);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Sample
