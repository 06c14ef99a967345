#include "mcp/protocol/plainchecks.h"

#include "mcp/protocol/displaytext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

struct TypeRow
{
    QLatin1StringView name;
    QLatin1StringView words;
    bool (*fits)(const QJsonValue &);
};

// In the order in which a value's own type is looked for: an integer is a number too.
constexpr std::array Types{
    TypeRow{QLatin1StringView("string"), QLatin1StringView("a string"),
            [](const QJsonValue &v) { return v.isString(); }},
    TypeRow{QLatin1StringView("number"), QLatin1StringView("a number"),
            [](const QJsonValue &v) { return v.isDouble(); }},
    TypeRow{QLatin1StringView("integer"), QLatin1StringView("a whole number"),
            [](const QJsonValue &v) { return v.isDouble() && v.toInteger(0) == v.toInteger(1); }},
    TypeRow{QLatin1StringView("boolean"), QLatin1StringView("true or false"),
            [](const QJsonValue &v) { return v.isBool(); }},
    TypeRow{QLatin1StringView("object"), QLatin1StringView("an object"),
            [](const QJsonValue &v) { return v.isObject(); }},
    TypeRow{QLatin1StringView("array"), QLatin1StringView("a list"), [](const QJsonValue &v) { return v.isArray(); }},
    TypeRow{QLatin1StringView("null"), QLatin1StringView("null"), [](const QJsonValue &v) { return v.isNull(); }},
};

QString typeMisfit(const QJsonValue &value, const QJsonObject &schema)
{
    const QString wanted = schema[u"type"_s].toString();
    const auto row = std::find_if(Types.begin(), Types.end(), [&](const TypeRow &type) { return type.name == wanted; });
    if (row == Types.end() || row->fits(value))
        return {};
    const auto own = std::find_if(Types.begin(), Types.end(), [&](const TypeRow &type) { return type.fits(value); });
    return u"expected %1, got %2"_s.arg(row->words, own == Types.end() ? row->words : own->words);
}

QString jsonText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    return QString::fromUtf8(QJsonDocument(QJsonArray({value})).toJson(QJsonDocument::Compact)).chopped(1).mid(1);
}

QString enumMisfit(const QJsonValue &value, const QJsonObject &schema)
{
    const QJsonValue allowed = schema[u"enum"_s];
    if (!allowed.isArray() || allowed.toArray().contains(value))
        return {};
    QStringList words;
    for (const QJsonValue &choice : allowed.toArray())
        words << jsonText(choice);
    return u"expected one of: %1"_s.arg(words.join(u", "_s));
}

// A keyword that bounds a size, and what is said when the value is beyond.
struct BoundRow
{
    QLatin1StringView keyword;
    bool (*applies)(const QJsonValue &);
    double (*size)(const QJsonValue &);
    bool (*within)(double size, double bound);
    QLatin1StringView words;
};

bool isNumber(const QJsonValue &value)
{
    return value.isDouble();
}
bool isString(const QJsonValue &value)
{
    return value.isString();
}
bool isArray(const QJsonValue &value)
{
    return value.isArray();
}
double number(const QJsonValue &value)
{
    return value.toDouble();
}
double length(const QJsonValue &value)
{
    return double(value.toString().toUcs4().size());
}
double count(const QJsonValue &value)
{
    return double(value.toArray().size());
}
bool atLeast(double size, double bound)
{
    return size >= bound;
}
bool atMost(double size, double bound)
{
    return size <= bound;
}
bool above(double size, double bound)
{
    return size > bound;
}
bool below(double size, double bound)
{
    return size < bound;
}

constexpr std::array Bounds{
    BoundRow{QLatin1StringView("minimum"), isNumber, number, atLeast, QLatin1StringView("must be at least %1")},
    BoundRow{QLatin1StringView("maximum"), isNumber, number, atMost, QLatin1StringView("must be at most %1")},
    BoundRow{QLatin1StringView("exclusiveMinimum"), isNumber, number, above, QLatin1StringView("must be above %1")},
    BoundRow{QLatin1StringView("exclusiveMaximum"), isNumber, number, below, QLatin1StringView("must be below %1")},
    BoundRow{QLatin1StringView("minLength"), isString, length, atLeast,
             QLatin1StringView("must have at least %1 character(s)")},
    BoundRow{QLatin1StringView("maxLength"), isString, length, atMost,
             QLatin1StringView("must have at most %1 character(s)")},
    BoundRow{QLatin1StringView("minItems"), isArray, count, atLeast,
             QLatin1StringView("must have at least %1 element(s)")},
    BoundRow{QLatin1StringView("maxItems"), isArray, count, atMost,
             QLatin1StringView("must have at most %1 element(s)")},
};

QString boundMisfit(const QJsonValue &value, const QJsonObject &schema)
{
    for (const BoundRow &row : Bounds) {
        const QJsonValue bound = schema[row.keyword];
        if (bound.isDouble() && row.applies(value) && !row.within(row.size(value), bound.toDouble()))
            return QString(row.words).arg(jsonText(bound));
    }
    return {};
}

QString patternMisfit(const QJsonValue &value, const QJsonObject &schema)
{
    const QString pattern = schema[u"pattern"_s].toString();
    if (pattern.isEmpty() || !value.isString() || QRegularExpression(pattern).match(value.toString()).hasMatch())
        return {};
    return u"must match the pattern %1"_s.arg(pattern);
}

using Check = QString (*)(const QJsonValue &, const QJsonObject &);
constexpr std::array<Check, 4> Checks{typeMisfit, enumMisfit, boundMisfit, patternMisfit};

QString unknownWords(const QString &member, const QJsonObject &properties, const QString &name)
{
    const QString shown = displayText(member, 60);
    if (!name.isEmpty())
        return u"%1: unknown member '%2'; known are: %3"_s.arg(name, shown, properties.keys().join(u", "_s));
    if (properties.isEmpty())
        return u"unknown argument '%1'; this tool takes no arguments"_s.arg(shown);
    return u"unknown argument '%1'; this tool takes: %2"_s.arg(shown, properties.keys().join(u", "_s));
}

// JSON Schema lets everything pass that is not forbidden. For a tool's arguments it is the other way round: an argument
// that nobody reads is a mistake the model should hear of.
bool takesOthers(const QJsonObject &schema, const QString &name)
{
    const QJsonValue others = schema[u"additionalProperties"_s];
    return others.isObject() || others.toBool(!name.isEmpty());
}

QStringList memberMisfits(const QJsonObject &object, const QJsonObject &schema, const QString &name)
{
    const QJsonObject properties = schema[u"properties"_s].toObject();
    const QJsonObject others = schema[u"additionalProperties"_s].toObject();
    const auto nameOf = [&name](const QString &member) { return name.isEmpty() ? member : name + u'.' + member; };

    QStringList problems;
    for (const QJsonValue &member : schema[u"required"_s].toArray()) {
        if (!object.contains(member.toString()))
            problems << u"%1: required, but missing"_s.arg(nameOf(member.toString()));
    }
    for (auto member = object.begin(); member != object.end() && problems.size() < MostProblems; ++member) {
        const bool isKnown = properties.contains(member.key());
        if (!isKnown && !takesOthers(schema, name)) {
            problems << unknownWords(member.key(), properties, name);
            continue;
        }
        const QJsonObject wanted = isKnown ? properties[member.key()].toObject() : others;
        problems << misfits(member.value(), wanted, nameOf(isKnown ? member.key() : displayText(member.key(), 60)));
    }
    return problems;
}

} // namespace

QStringList misfits(const QJsonValue &value, const QJsonObject &schema, const QString &name)
{
    for (const Check check : Checks) {
        const QString words = check(value, schema);
        if (!words.isEmpty())
            return {(name.isEmpty() ? u"arguments"_s : name) + u": "_s + words};
    }
    if (value.isObject())
        return memberMisfits(value.toObject(), schema, name);

    QStringList problems;
    const QJsonObject items = schema[u"items"_s].toObject();
    const QJsonArray array = items.isEmpty() ? QJsonArray() : value.toArray();
    for (qsizetype i = 0; i < array.size() && problems.isEmpty(); ++i)
        problems << misfits(array.at(i), items, u"%1[%2]"_s.arg(name).arg(i));
    return problems;
}

} // namespace Mcp
