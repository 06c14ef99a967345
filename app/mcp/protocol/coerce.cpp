#include "mcp/protocol/coerce.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

QJsonValue coercedValue(const QJsonValue &value, const QJsonObject &schema);

/// Whether an empty text stands for nothing, as some clients have it for every argument that they do not give.
enum class EmptyText { IsNothing, IsMeant };
QJsonObject coercedObject(const QJsonObject &object, const QJsonObject &schema, EmptyText emptyText);

std::optional<qint64> wholeNumber(const QJsonValue &value)
{
    // toInteger gives its default back for what is no whole number of 64 bits.
    const qint64 number = value.toInteger(0);
    return value.isDouble() && number == value.toInteger(1) ? std::optional(number) : std::nullopt;
}

QJsonValue toStringValue(const QJsonValue &value, const QJsonObject &schema)
{
    // Any JSON, which a plain schema can only describe as text: taken as what it says.
    if (schema[u"contentMediaType"_s] == u"application/json"_s) {
        const QJsonDocument document = QJsonDocument::fromJson(value.toString().toUtf8());
        if (document.isObject())
            return document.object();
        return document.isArray() ? QJsonValue(document.array()) : value;
    }
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    constexpr double ExactUpTo = 9007199254740992.0; // 2^53; above, a double has lost digits of what was sent
    if (const auto number = wholeNumber(value))
        return QString::number(*number);
    if (value.isDouble() && std::abs(value.toDouble()) < ExactUpTo)
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    return value;
}

QJsonValue toNumberValue(const QJsonValue &value, const QJsonObject &)
{
    if (!value.isString())
        return value;
    bool isNumber = false;
    const qint64 whole = value.toString().trimmed().toLongLong(&isNumber);
    if (isNumber)
        return whole;
    const double number = value.toString().trimmed().toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? QJsonValue(number) : value;
}

QJsonValue toBooleanValue(const QJsonValue &value, const QJsonObject &)
{
    const QString text = value.toString().trimmed().toLower();
    if (text == u"true"_s || text == u"false"_s)
        return text == u"true"_s;
    return value;
}

QJsonValue toObjectValue(const QJsonValue &value, const QJsonObject &schema)
{
    QJsonValue object = value;
    if (value.isString()) {
        const QJsonDocument document = QJsonDocument::fromJson(value.toString().toUtf8());
        if (document.isObject())
            object = document.object();
    }
    // An empty text inside of an argument is meant: a SQL parameter may have that value.
    return object.isObject() ? QJsonValue(coercedObject(object.toObject(), schema, EmptyText::IsMeant)) : value;
}

QJsonArray oneElement(const QJsonValue &value)
{
    QJsonArray array;
    array << value;
    return array;
}

/// An object where a list of {name, value} is wanted: models write parameters so. A value that is no text says its type
/// where the list has one, in SQL's words.
QJsonArray nameValueList(const QJsonObject &map, const QJsonObject &properties)
{
    QJsonArray list;
    for (auto member = map.begin(); member != map.end(); ++member) {
        QJsonObject one = member->isObject() ? member->toObject() : QJsonObject{{u"value"_s, *member}};
        one[u"name"_s] = member.key();
        const bool typed = properties.contains(u"type"_s) && !one.contains(u"type"_s);
        if (typed && member->isBool())
            one[u"type"_s] = u"BOOLEAN"_s;
        else if (typed && member->isDouble())
            one[u"type"_s] = wholeNumber(*member) ? u"BIGINT"_s : u"DOUBLE"_s;
        if (one[u"value"_s].isNull())
            one.remove(u"value"_s);
        else if (one[u"value"_s].isBool())
            one[u"value"_s] = one[u"value"_s].toBool() ? u"true"_s : u"false"_s;
        list << one;
    }
    return list;
}

QJsonValue toArrayValue(const QJsonValue &given, const QJsonObject &schema)
{
    const QJsonObject items = schema[u"items"_s].toObject();
    const QJsonObject properties = items[u"properties"_s].toObject();
    const bool isNamed = properties.contains(u"name"_s) && properties.contains(u"value"_s);
    const QJsonObject map =
        given.isString() ? QJsonDocument::fromJson(given.toString().toUtf8()).object() : given.toObject();
    const QJsonValue value =
        isNamed && !map.isEmpty() && !map.contains(u"name"_s) ? QJsonValue(nameValueList(map, properties)) : given;
    QJsonValue array = value;
    if (value.isString()) {
        const QJsonDocument document = QJsonDocument::fromJson(value.toString().toUtf8());
        if (document.isArray())
            array = document.array();
    }
    const bool isScalar = (array.isString() && !array.toString().isEmpty()) || array.isDouble();
    if (isScalar && items[u"type"_s].toString() == u"string"_s)
        array = oneElement(array);
    if (!array.isArray())
        return value;
    QJsonArray elements = array.toArray();
    for (QJsonValueRef element : elements)
        element = coercedValue(element, items);
    return elements;
}

using Coercion = QJsonValue (*)(const QJsonValue &, const QJsonObject &);

const QHash<QString, Coercion> &coercions()
{
    static const QHash<QString, Coercion> table{
        {u"string"_s, toStringValue},   {u"number"_s, toNumberValue}, {u"integer"_s, toNumberValue},
        {u"boolean"_s, toBooleanValue}, {u"object"_s, toObjectValue}, {u"array"_s, toArrayValue},
    };
    return table;
}

QJsonValue coercedValue(const QJsonValue &value, const QJsonObject &schema)
{
    const Coercion coercion = coercions().value(schema[u"type"_s].toString());
    return coercion ? coercion(value, schema) : value;
}

bool isNothing(const QJsonValue &value, const QJsonObject &schema, EmptyText emptyText)
{
    if (!value.isString() || !value.toString().isEmpty())
        return value.isNull();
    return emptyText == EmptyText::IsNothing || schema[u"type"_s] != u"string"_s;
}

QJsonObject coercedObject(const QJsonObject &object, const QJsonObject &schema, EmptyText emptyText)
{
    const QJsonObject properties = schema[u"properties"_s].toObject();
    const QJsonArray required = schema[u"required"_s].toArray();
    const QJsonObject others = schema[u"additionalProperties"_s].toObject();

    QJsonObject result;
    for (auto member = object.begin(); member != object.end(); ++member) {
        const bool isKnown = properties.contains(member.key());
        const QJsonObject wanted = isKnown ? properties[member.key()].toObject() : others;
        if (isKnown && !required.contains(member.key()) && isNothing(member.value(), wanted, emptyText))
            continue;
        result[member.key()] = coercedValue(member.value(), wanted);
    }
    return result;
}

} // namespace

QJsonObject coerced(const QJsonObject &arguments, const QJsonObject &schema)
{
    return coercedObject(arguments, schema, EmptyText::IsNothing);
}

} // namespace Mcp
