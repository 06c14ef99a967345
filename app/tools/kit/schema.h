#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Tools {

/// Builds the plain JSON Schemas that every client accepts: one type a property, string enums, no anyOf, oneOf, allOf
/// or $ref (Cursor's gateway rejects a whole request that holds one). Each function adds a property; require() names
/// those that must be there.
class Schema
{
public:
    Schema &text(const QString &name, const QString &description);
    Schema &choice(const QString &name, const QString &description, const QStringList &values);
    Schema &texts(const QString &name, const QString &description, const QStringList &values = {});
    Schema &integer(const QString &name, const QString &description);
    Schema &integer(const QString &name, const QString &description, qint64 minimum, qint64 maximum);
    Schema &number(const QString &name, const QString &description);
    Schema &numbers(const QString &name, const QString &description);
    Schema &flag(const QString &name, const QString &description);
    Schema &object(const QString &name, const QString &description, const Schema &schema);
    /// Names to texts.
    Schema &map(const QString &name, const QString &description);
    /// An object of any kind, as JSON text; an object itself is taken, too (some clients refuse every request for
    /// a schema that has an object without properties).
    Schema &json(const QString &name, const QString &description);
    Schema &rows(const QString &name, const QString &description, const Schema &row);
    /// Rows of cells, each a text or null. A plain schema has no word for "or null", so it has none for the cells.
    Schema &cells(const QString &name, const QString &description);
    Schema &require(const QStringList &names);

    operator QJsonObject() const;

private:
    Schema &add(const QString &name, const QString &type, const QString &description, QJsonObject more = {});

    QJsonObject m_properties;
    QStringList m_required;
};

} // namespace Tools
