#include "oracle.h"

#include <QJsonArray>
#include <QStringList>

// Without it Valijson aborts the process where it means to throw.
#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace Qt::StringLiterals;

namespace {

QJsonValue forValijson(const QJsonValue &schema);

QJsonValue typeForValijson(const QJsonValue &type)
{
    if (type.isString())
        return type.toString() == u"integer"_s ? QJsonValue(u"number"_s) : type;
    QJsonArray types;
    for (const QJsonValue &element : type.toArray())
        types << typeForValijson(element);
    return types;
}

QJsonObject namedForValijson(const QJsonObject &schemas)
{
    QJsonObject result;
    for (auto schema = schemas.begin(); schema != schemas.end(); ++schema)
        result[schema.key()] = forValijson(schema.value());
    return result;
}

QJsonObject schemaForValijson(const QJsonObject &schema)
{
    static const QStringList dropped{u"pattern"_s, u"format"_s};
    static const QStringList data{u"enum"_s, u"const"_s, u"default"_s, u"examples"_s};
    static const QStringList named{u"properties"_s, u"$defs"_s, u"definitions"_s};
    QJsonObject result;
    for (auto member = schema.begin(); member != schema.end(); ++member) {
        const QString key = member.key();
        if (dropped.contains(key))
            continue;
        if (key == u"type"_s)
            result[key] = typeForValijson(member.value());
        else if (named.contains(key))
            result[key] = namedForValijson(member.value().toObject());
        else
            result[key] = data.contains(key) ? member.value() : forValijson(member.value());
    }
    return result;
}

QJsonValue forValijson(const QJsonValue &schema)
{
    if (schema.isObject())
        return schemaForValijson(schema.toObject());
    if (!schema.isArray())
        return schema;
    QJsonArray result;
    for (const QJsonValue &element : schema.toArray())
        result << forValijson(element);
    return result;
}

} // namespace

class Oracle::Private
{
public:
    valijson::Schema schema;
};

Oracle::Oracle(const QJsonObject &schema)
    : d(std::make_unique<Private>())
{
    const QJsonValue prepared = schemaForValijson(schema);
    valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(prepared), d->schema);
}

Oracle::~Oracle() = default;

bool Oracle::accepts(const QJsonObject &arguments) const
{
    const QJsonValue target(arguments);
    return valijson::Validator().validate(d->schema, valijson::adapters::QtJsonAdapter(target), nullptr);
}
