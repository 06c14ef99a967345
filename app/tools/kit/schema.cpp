#include "tools/kit/schema.h"

using namespace Qt::StringLiterals;

namespace Tools {

Schema &Schema::add(const QString &name, const QString &type, const QString &description, QJsonObject more)
{
    more.insert("type"_L1, type);
    if (!description.isEmpty())
        more.insert("description"_L1, description);
    m_properties.insert(name, more);
    return *this;
}

Schema &Schema::text(const QString &name, const QString &description)
{
    return add(name, u"string"_s, description);
}

Schema &Schema::choice(const QString &name, const QString &description, const QStringList &values)
{
    return add(name, u"string"_s, description, {{"enum"_L1, QJsonArray::fromStringList(values)}});
}

Schema &Schema::texts(const QString &name, const QString &description, const QStringList &values)
{
    QJsonObject item{{"type"_L1, "string"_L1}};
    if (!values.isEmpty())
        item.insert("enum"_L1, QJsonArray::fromStringList(values));
    return add(name, u"array"_s, description, {{"items"_L1, item}});
}

Schema &Schema::integer(const QString &name, const QString &description)
{
    return add(name, u"integer"_s, description);
}

Schema &Schema::integer(const QString &name, const QString &description, qint64 minimum, qint64 maximum)
{
    // Many clients drop bounds, so they are said in words where somebody may run into them.
    constexpr qint64 LargestTold = 10'000;
    const bool isTold = maximum > LargestTold || description.contains("most"_L1);
    return add(name, u"integer"_s, isTold ? description : u"%1, at most %2"_s.arg(description).arg(maximum),
               {{"minimum"_L1, minimum}, {"maximum"_L1, maximum}});
}

Schema &Schema::number(const QString &name, const QString &description)
{
    return add(name, u"number"_s, description);
}

Schema &Schema::numbers(const QString &name, const QString &description)
{
    return add(name, u"array"_s, description, {{"items"_L1, QJsonObject{{"type"_L1, "number"_L1}}}});
}

Schema &Schema::flag(const QString &name, const QString &description)
{
    return add(name, u"boolean"_s, description);
}

Schema &Schema::object(const QString &name, const QString &description, const Schema &schema)
{
    return add(name, u"object"_s, description, schema);
}

Schema &Schema::map(const QString &name, const QString &description)
{
    return add(name, u"object"_s, description,
               {{"additionalProperties"_L1, QJsonObject{{"type"_L1, "string"_L1}}}, {"properties"_L1, QJsonObject()}});
}

Schema &Schema::json(const QString &name, const QString &description)
{
    return add(name, u"string"_s, description, {{"contentMediaType"_L1, "application/json"_L1}});
}

Schema &Schema::rows(const QString &name, const QString &description, const Schema &row)
{
    return add(name, u"array"_s, description, {{"items"_L1, QJsonObject(row)}});
}

Schema &Schema::cells(const QString &name, const QString &description)
{
    const QJsonObject row{{"type"_L1, "array"_L1}, {"description"_L1, "Cells, each a text, or null for SQL's NULL"_L1}};
    return add(name, u"array"_s, description, {{"items"_L1, row}});
}

Schema &Schema::require(const QStringList &names)
{
    m_required += names;
    return *this;
}

Schema::operator QJsonObject() const
{
    // "required" and "properties" are always there: some clients fail on schemas without them.
    return {{"type"_L1, "object"_L1},
            {"properties"_L1, m_properties},
            {"required"_L1, QJsonArray::fromStringList(m_required)}};
}

} // namespace Tools
