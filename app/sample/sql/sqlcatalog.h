#pragma once

#include "sample/catalog/catalogdata.h"
#include "sample/sql/sqltables.h"

#include <QStringList>

#include <optional>

namespace Sample {

/// Where names without a catalog or schema lead.
struct SqlDefaults
{
    QString catalog = QStringLiteral("main");
    QString schema = QStringLiteral("default");
};

/// Unity Catalog as one statement sees it: as it was when the statement began, with the statement's own changes.
class SqlCatalog
{
public:
    SqlCatalog() = default;
    explicit SqlCatalog(CatalogData data)
        : m_data(std::move(data))
    {}

    /// "samples.nyctaxi.trips" for the parts of a name, whether or not there is such a table.
    static QString fullName(const QStringList &parts, const SqlDefaults &defaults);

    /// "main.default" for the words of a schema's name.
    static QString schemaName(const QStringList &words, const SqlDefaults &defaults);

    const CatalogData &data() const { return m_data; }
    /// Throws SqlFailure where there is none; words are the name as the statement has it.
    SampleTable table(const QStringList &words, const SqlDefaults &defaults) const;
    std::optional<SampleTable> find(const QString &fullName) const;
    bool hasTable(const QString &fullName) const { return find(fullName).has_value(); }
    bool hasSchema(const QString &fullName) const { return m_data.schemas.contains(fullName); }
    // Each throws SqlFailure.
    void requireCatalog(const QString &name) const;
    void requireSchema(const QString &name) const;
    void requireWritable(const QString &fullName) const;

    void put(SecurableFamily family, const QJsonObject &object);
    void remove(SecurableFamily family, const QString &fullName);
    const QList<CatalogChange> &changes() const { return m_changes; }

private:
    void change(const CatalogChange &change);

    CatalogData m_data;
    QList<CatalogChange> m_changes;
};

} // namespace Sample
