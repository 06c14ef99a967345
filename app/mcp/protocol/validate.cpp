#include "mcp/protocol/validate.h"

#include "common/json.h"
#include "common/visible.h"

#include <QJsonArray>
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

const TypeRow *typeCalled(const QString &name)
{
    const auto row = std::find_if(Types.begin(), Types.end(), [&](const TypeRow &type) { return type.name == name; });
    return row == Types.end() ? nullptr : &*row;
}

QString typeProblem(const QJsonValue &value, const QJsonObject &schema)
{
    if (schema[u"contentMediaType"_s] == u"application/json"_s)
        return value.isObject() || value.isArray() ? QString() : u"expected JSON, such as {\"name\": \"value\"}"_s;
    const QJsonValue type = schema[u"type"_s];
    QStringList wanted;
    for (const QJsonValue &name : type.isArray() ? type.toArray() : QJsonArray{type}) {
        const TypeRow *row = typeCalled(name.toString());
        if (!row || row->fits(value))
            return {};
        wanted << row->words;
    }
    const auto own = std::find_if(Types.begin(), Types.end(), [&](const TypeRow &each) { return each.fits(value); });
    return u"expected %1, got %2"_s.arg(wanted.join(u" or "_s), own == Types.end() ? u"nothing"_s : own->words);
}

QString jsonText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    return QString::fromUtf8(Json::compact(value));
}

QString enumProblem(const QJsonValue &value, const QJsonObject &schema)
{
    const QJsonValue allowed = schema[u"enum"_s];
    if (!allowed.isArray() || allowed.toArray().contains(value))
        return {};
    QStringList words;
    for (const QJsonValue &choice : allowed.toArray())
        words << jsonText(choice);
    return u"expected one of: %1"_s.arg(words.join(u", "_s));
}

QString constProblem(const QJsonValue &value, const QJsonObject &schema)
{
    const QJsonValue wanted = schema[u"const"_s];
    return wanted.isUndefined() || wanted == value ? QString() : u"expected %1"_s.arg(jsonText(wanted));
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

QString boundProblem(const QJsonValue &value, const QJsonObject &schema)
{
    for (const BoundRow &row : Bounds) {
        const QJsonValue bound = schema[row.keyword];
        if (bound.isDouble() && row.applies(value) && !row.within(row.size(value), bound.toDouble()))
            return QString(row.words).arg(jsonText(bound));
    }
    return {};
}

QString patternProblem(const QJsonValue &value, const QJsonObject &schema)
{
    const QString pattern = schema[u"pattern"_s].toString();
    if (pattern.isEmpty() || !value.isString() || QRegularExpression(pattern).match(value.toString()).hasMatch())
        return {};
    return u"must match the pattern %1"_s.arg(pattern);
}

using Check = QString (*)(const QJsonValue &, const QJsonObject &);
constexpr std::array<Check, 5> Checks{typeProblem, enumProblem, constProblem, boundProblem, patternProblem};

QString unknownWords(const QString &member, const QJsonObject &properties, const QString &name)
{
    const QString shown = Text::line(member, 60);
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

/// Checks values against the schemas inside of one.
class Validator
{
public:
    explicit Validator(const QJsonObject &root)
        : m_root(root)
    {}

    /// The name is the way to the value from the arguments, empty for the arguments as a whole.
    QStringList problems(const QJsonValue &value, const QJsonObject &schema, const QString &name) const
    {
        for (const Check check : Checks) {
            const QString words = check(value, schema);
            if (!words.isEmpty())
                return {shown(name) + u": "_s + words};
        }
        const QStringList inside = value.isObject() ? memberProblems(value.toObject(), schema, name)
                                                    : elementProblems(value.toArray(), schema, name);
        return inside.isEmpty() ? combinedProblems(value, schema, name) : inside;
    }

private:
    static QString shown(const QString &name) { return name.isEmpty() ? u"arguments"_s : name; }

    QStringList memberProblems(const QJsonObject &object, const QJsonObject &schema, const QString &name) const
    {
        const QJsonObject properties = schema[u"properties"_s].toObject();
        const QJsonValue others = schema[u"additionalProperties"_s];
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
            const QJsonValue wanted = isKnown ? properties[member.key()] : others;
            problems << this->problems(member.value(), wanted.toObject(),
                                       nameOf(isKnown ? member.key() : Text::line(member.key(), 60)));
        }
        return problems;
    }

    QStringList elementProblems(const QJsonArray &array, const QJsonObject &schema, const QString &name) const
    {
        QStringList problems;
        const QJsonObject items = schema[u"items"_s].toObject();
        for (qsizetype i = 0; i < array.size() && !items.isEmpty() && problems.isEmpty(); ++i)
            problems << this->problems(array.at(i), items, u"%1[%2]"_s.arg(name).arg(i));
        return problems;
    }

    /// Not for our own tools, whose schemas are plain, but a schema may come from elsewhere.
    QStringList combinedProblems(const QJsonValue &value, const QJsonObject &schema, const QString &name) const
    {
        for (const QJsonValue &each : schema[u"allOf"_s].toArray()) {
            if (!fits(value, each))
                return {shown(name) + u": "_s + u"does not fit one of the schemas that it must fit (allOf)"_s};
        }
        const QJsonArray any = schema[u"anyOf"_s].toArray();
        if (!any.isEmpty() && count(value, any) == 0)
            return {shown(name) + u": "_s + u"fits none of the schemas of which it must fit one (anyOf)"_s};
        const QJsonArray one = schema[u"oneOf"_s].toArray();
        if (!one.isEmpty() && count(value, one) != 1)
            return {shown(name) + u": "_s + u"must fit exactly one of several schemas (oneOf)"_s};
        if (schema.contains(u"not"_s) && fits(value, schema[u"not"_s]))
            return {shown(name) + u": "_s + u"fits what is not allowed (not)"_s};
        if (schema.contains(u"$ref"_s) && !fits(value, referenced(m_root, schema[u"$ref"_s].toString())))
            return {shown(name) + u": "_s + u"does not fit %1"_s.arg(schema[u"$ref"_s].toString())};
        if (schema.contains(u"if"_s)) {
            const QString branch = fits(value, schema[u"if"_s]) ? u"then"_s : u"else"_s;
            if (schema.contains(branch) && !fits(value, schema[branch]))
                return {shown(name) + u": "_s + u"does not fit what follows from the rest (%1)"_s.arg(branch)};
        }
        return {};
    }

    bool fits(const QJsonValue &value, const QJsonValue &schema) const
    {
        if (schema.isBool())
            return schema.toBool();
        // A schema may name itself without end; what is nested deeper than any argument fits nothing.
        if (m_depth >= DeepestReference)
            return false;
        ++m_depth;
        const bool doesFit = problems(value, schema.toObject(), u"it"_s).isEmpty();
        --m_depth;
        return doesFit;
    }

    qsizetype count(const QJsonValue &value, const QJsonArray &schemas) const
    {
        return std::count_if(schemas.begin(), schemas.end(),
                             [&](const QJsonValue &schema) { return fits(value, schema); });
    }

    static constexpr int DeepestReference = 32;

    const QJsonObject &m_root;
    mutable int m_depth = 0;
};

} // namespace

QStringList validate(const QJsonObject &arguments, const QJsonObject &schema)
{
    return Validator(schema).problems(arguments, schema, {});
}

QJsonValue referenced(const QJsonObject &root, const QString &reference)
{
    if (!reference.startsWith(u'#'))
        return QJsonValue::Undefined;
    QJsonValue found = root;
    for (const QString &step : reference.mid(1).split(u'/', Qt::SkipEmptyParts))
        found = found.toObject().value(QString(step).replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s));
    return found;
}

} // namespace Mcp
