#include "mcp/protocol/inputschema.h"

#include "mcp/protocol/coerce.h"
#include "mcp/protocol/validate.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

using Root = const QJsonObject &;

QString schemaProblem(const QJsonValue &schema, Root root);

bool isTypeName(const QJsonValue &name)
{
    static const QStringList names{u"string"_s, u"number"_s, u"integer"_s, u"boolean"_s,
                                   u"object"_s, u"array"_s,  u"null"_s};
    return name.isString() && names.contains(name.toString());
}

template<typename Condition>
bool isArrayOf(const QJsonValue &value, Condition condition)
{
    const QJsonArray array = value.toArray();
    return value.isArray() && std::all_of(array.begin(), array.end(), condition);
}

bool isType(const QJsonValue &value, Root)
{
    return isTypeName(value) || isArrayOf(value, isTypeName);
}
bool isNumber(const QJsonValue &value, Root)
{
    return value.isDouble();
}
bool isSize(const QJsonValue &value, Root)
{
    return value.toInteger(-1) >= 0;
}
bool isArray(const QJsonValue &value, Root)
{
    return value.isArray();
}
bool isListOfNames(const QJsonValue &value, Root)
{
    return isArrayOf(value, [](const QJsonValue &name) { return name.isString(); });
}
bool isPattern(const QJsonValue &value, Root)
{
    return value.isString() && QRegularExpression(value.toString()).isValid();
}
bool isReference(const QJsonValue &value, Root root)
{
    return value.isString() && !referenced(root, value.toString()).isUndefined();
}

struct KeywordRow
{
    QLatin1StringView name;
    bool (*isRight)(const QJsonValue &, Root);
};
constexpr std::array Keywords{
    KeywordRow{QLatin1StringView("type"), isType},
    KeywordRow{QLatin1StringView("enum"), isArray},
    KeywordRow{QLatin1StringView("minimum"), isNumber},
    KeywordRow{QLatin1StringView("maximum"), isNumber},
    KeywordRow{QLatin1StringView("exclusiveMinimum"), isNumber},
    KeywordRow{QLatin1StringView("exclusiveMaximum"), isNumber},
    KeywordRow{QLatin1StringView("minLength"), isSize},
    KeywordRow{QLatin1StringView("maxLength"), isSize},
    KeywordRow{QLatin1StringView("minItems"), isSize},
    KeywordRow{QLatin1StringView("maxItems"), isSize},
    KeywordRow{QLatin1StringView("pattern"), isPattern},
    KeywordRow{QLatin1StringView("required"), isListOfNames},
    KeywordRow{QLatin1StringView("$ref"), isReference},
};

/// Where schemas stand inside of a schema: as a member, as the members of an object, as the elements of a list.
constexpr std::array Single{QLatin1StringView("items"), QLatin1StringView("additionalProperties"),
                            QLatin1StringView("not"),   QLatin1StringView("if"),
                            QLatin1StringView("then"),  QLatin1StringView("else")};
constexpr std::array Named{QLatin1StringView("properties"), QLatin1StringView("$defs"),
                           QLatin1StringView("definitions")};
constexpr std::array Listed{QLatin1StringView("anyOf"), QLatin1StringView("oneOf"), QLatin1StringView("allOf")};

/// Of the schemas inside; {} where all is right.
QString innerProblem(const QJsonObject &schema, Root root)
{
    QList<QJsonValue> inner;
    for (const QLatin1StringView name : Single) {
        if (schema.contains(name))
            inner << schema.value(name);
    }
    for (const QLatin1StringView name : Named) {
        const QJsonObject named = schema.value(name).toObject();
        if (schema.contains(name) && !schema.value(name).isObject())
            return u"\"%1\" is not what it must be"_s.arg(name);
        std::copy(named.begin(), named.end(), std::back_inserter(inner));
    }
    for (const QLatin1StringView name : Listed) {
        const QJsonArray listed = schema.value(name).toArray();
        if (schema.contains(name) && listed.isEmpty())
            return u"\"%1\" is not what it must be"_s.arg(name);
        std::copy(listed.begin(), listed.end(), std::back_inserter(inner));
    }
    for (const QJsonValue &each : inner) {
        if (const QString problem = schemaProblem(each, root); !problem.isEmpty())
            return problem;
    }
    return {};
}

QString schemaProblem(const QJsonValue &schema, Root root)
{
    if (!schema.isObject())
        return schema.isBool() ? QString() : u"a schema must be an object"_s;
    const QJsonObject object = schema.toObject();
    for (const KeywordRow &row : Keywords) {
        if (object.contains(row.name) && !row.isRight(object.value(row.name), root))
            return u"\"%1\" is not what it must be"_s.arg(row.name);
    }
    return innerProblem(object, root);
}

} // namespace

InputSchema::InputSchema(const QJsonObject &schema)
    : m_schema(schema)
    , m_problem(schemaProblem(schema, schema))
{}

QJsonObject InputSchema::named(const QJsonObject &arguments, const QHash<QString, QString> &otherSpellings,
                               QStringList *ignored) const
{
    // What clients and gateways were seen to add: for tools without arguments, for their own book-keeping.
    static const QStringList extras{u"random_string"_s, u"toolCallId"_s,  u"tool_call_id"_s, u"task_progress"_s,
                                    u"tool"_s,          u"toolName"_s,    u"tool_name"_s,    u"sessionId"_s,
                                    u"action_id"_s,     u"requestId"_s,   u"dummy"_s,        u"_dummy"_s,
                                    u"security_risk"_s, u"explanation"_s, u"chatInput"_s,    u"_meta"_s};
    const QJsonObject properties = m_schema[u"properties"_s].toObject();
    const bool takesOthers =
        m_schema[u"additionalProperties"_s].toBool() || m_schema[u"additionalProperties"_s].isObject();
    QJsonObject named;
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
        const QString key = argument.key();
        const QString other = otherSpellings.value(key);
        if (properties.contains(key) || takesOthers)
            named[key] = *argument;
        else if (properties.contains(other) && !arguments.contains(other) && !named.contains(other))
            named[other] = *argument;
        else if (extras.contains(key))
            continue;
        else if (ignored)
            ignored->append(key);
        else
            named[key] = *argument;
    }
    return named;
}

QJsonObject InputSchema::coerce(const QJsonObject &arguments) const
{
    return coerced(arguments, m_schema);
}

QString InputSchema::validate(const QJsonObject &arguments) const
{
    const QStringList problems = Mcp::validate(arguments, m_schema);
    return problems.first(qMin(problems.size(), MostProblems)).join(u"; "_s);
}

} // namespace Mcp
