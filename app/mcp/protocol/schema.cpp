#include "mcp/protocol/schema.h"

#include "mcp/protocol/coerce.h"
#include "mcp/protocol/plainchecks.h"

#include <QJsonArray>
#include <QStringList>

// Without it Valijson aborts the process where it means to throw.
#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

using namespace Qt::StringLiterals;

namespace Mcp {

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

// Three keywords are kept from Valijson 1.0 because misfits() does them better: its Qt adapter takes no whole number
// above 2^31-1 for an integer, and std::regex, behind pattern and format, overflows the stack on long strings.
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

struct InputSchema::Compiled
{
    QJsonObject source;
    valijson::Schema schema;
    QString problem;

    explicit Compiled(const QJsonObject &inputSchema);
    QString validate(const QJsonObject &arguments) const;
};

InputSchema::Compiled::Compiled(const QJsonObject &inputSchema)
    : source(inputSchema)
{
    try {
        const QJsonValue prepared = schemaForValijson(inputSchema);
        valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(prepared), schema);
    } catch (const std::exception &exception) {
        problem = QString::fromUtf8(exception.what());
    }
}

QString InputSchema::Compiled::validate(const QJsonObject &arguments) const
{
    try {
        const QJsonValue target(arguments);
        valijson::ValidationResults results;
        if (valijson::Validator().validate(schema, valijson::adapters::QtJsonAdapter(target), &results))
            return {};
        if (results.numErrors() == 0)
            return u"arguments: not allowed by the tool's schema"_s;
        const valijson::ValidationResults::Error &deepest = *results.begin();
        QString name;
        for (size_t i = 1; i < deepest.context.size(); ++i)
            name += QString::fromStdString(deepest.context[i]);
        return (name.isEmpty() ? u"arguments"_s : name) + u": "_s + QString::fromStdString(deepest.description);
    } catch (const std::exception &exception) {
        return u"arguments: cannot be checked (%1)"_s.arg(QString::fromUtf8(exception.what()));
    }
}

InputSchema::InputSchema(const QJsonObject &schema)
    : d(std::make_shared<Compiled>(schema))
{}

QString InputSchema::problem() const
{
    return d->problem;
}

QJsonObject InputSchema::coerce(const QJsonObject &arguments) const
{
    return coerced(arguments, d->source);
}

QString InputSchema::validate(const QJsonObject &arguments) const
{
    const QStringList problems = misfits(arguments, d->source, QString());
    return problems.isEmpty() ? d->validate(arguments)
                              : problems.first(qMin(problems.size(), MostProblems)).join(u"; "_s);
}

} // namespace Mcp
