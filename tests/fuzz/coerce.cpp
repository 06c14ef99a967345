// What is put right in a tool's arguments, and what is said of the rest. The first byte chooses one of the schemas;
// the arguments follow as JSON. Valijson must agree on what is right and what is wrong.

#include "fuzz.h"
#include "oracle.h"

#include "mcp/protocol/inputschema.h"
#include "mcp/protocol/validate.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <memory>
#include <vector>

namespace {

using namespace Qt::StringLiterals;
using Mcp::InputSchema;

QJsonObject typed(const QString &type, QJsonObject more = {})
{
    more[u"type"_s] = type;
    return more;
}

QJsonObject object(const QJsonObject &properties, const QJsonArray &required = {}, const QJsonValue &others = false)
{
    return {{u"type"_s, u"object"_s},
            {u"properties"_s, properties},
            {u"required"_s, required},
            {u"additionalProperties"_s, others}};
}

/// One of each kind of argument that tools have.
QJsonObject plainSchema()
{
    const QJsonObject text = typed(u"string"_s, {{u"minLength"_s, 1}, {u"maxLength"_s, 8}});
    const QJsonObject word = typed(u"string"_s, {{u"enum"_s, QJsonArray{u"RUNNING"_s, u"PENDING"_s}}});
    const QJsonObject id = typed(u"string"_s, {{u"pattern"_s, u"^[0-9]+$"_s}});
    const QJsonObject count = typed(u"integer"_s, {{u"minimum"_s, 1}, {u"maximum"_s, 500}});
    const QJsonObject properties{{u"s"_s, text},
                                 {u"e"_s, word},
                                 {u"p"_s, id},
                                 {u"i"_s, count},
                                 {u"n"_s, typed(u"number"_s)},
                                 {u"b"_s, typed(u"boolean"_s)}};
    return object(properties, {u"s"_s});
}

QJsonObject nestedSchema()
{
    const QJsonObject item = object({{u"key"_s, typed(u"string"_s)}, {u"value"_s, typed(u"number"_s)}}, {u"key"_s});
    const QJsonObject words = typed(u"array"_s, {{u"items"_s, typed(u"string"_s)}, {u"maxItems"_s, 3}});
    const QJsonObject items = typed(u"array"_s, {{u"items"_s, item}});
    return object({{u"o"_s, item}, {u"w"_s, words}, {u"l"_s, items}, {u"any"_s, QJsonObject()}}, {}, true);
}

struct Schema
{
    explicit Schema(const QJsonObject &source)
        : source(source)
        , own(source)
        , oracle(std::make_unique<Oracle>(source))
    {}

    QJsonObject source;
    InputSchema own;
    std::unique_ptr<Oracle> oracle;
};

const std::vector<Schema> &schemas()
{
    static const std::vector<Schema> all = [] {
        std::vector<Schema> made;
        for (const QJsonObject &source :
             {plainSchema(), nestedSchema(), object({}), object({}, {}, typed(u"string"_s)), QJsonObject()})
            made.emplace_back(source);
        return made;
    }();
    return all;
}

/// What the oracle is not asked, and that unknown arguments are refused where a schema says nothing of them.
bool isOurJudgement(const QString &problem, const QJsonObject &schema)
{
    return problem.contains(u"must match the pattern"_s) ||
           problem.contains(u"expected a whole number, got a number"_s) ||
           (problem.startsWith(u"unknown argument"_s) && !schema.contains(u"additionalProperties"_s));
}

void requireAgreement(const QJsonObject &arguments, const Schema &schema)
{
    const QStringList problems = Mcp::validate(arguments, schema.source);
    const bool isAccepted = schema.oracle->accepts(arguments);
    require(!problems.isEmpty() || isAccepted, "what is right is right for the oracle");
    const bool isWrong = std::any_of(problems.begin(), problems.end(), [&schema](const QString &problem) {
        return !isOurJudgement(problem, schema.source);
    });
    require(!isWrong || !isAccepted, "what is wrong is wrong for the oracle");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = bytesOf(data, size);
    const QJsonDocument document = QJsonDocument::fromJson(bytes.mid(1));
    if (bytes.isEmpty() || !document.isObject())
        return 0;
    const Schema &chosen = schemas().at(std::size_t(uchar(bytes.front())) % schemas().size());
    const InputSchema &schema = chosen.own;
    require(schema.problem().isEmpty(), "the schemas are right");

    const QJsonObject arguments = document.object();
    const QJsonObject coerced = schema.coerce(arguments);
    const QStringList names = coerced.keys();
    require(std::all_of(names.begin(), names.end(), [&](const QString &name) { return arguments.contains(name); }),
            "no argument is made up");
    require(schema.coerce(coerced) == coerced, "what was put right stays as it is");

    const QString problem = schema.validate(coerced);
    require(!schema.validate(arguments).isEmpty() || problem.isEmpty(), "what was right is not made wrong");
    require(std::all_of(problem.begin(), problem.end(), [](QChar c) { return c.unicode() >= 0x20; }),
            "what a client sent can't break a line");
    requireAgreement(arguments, chosen);
    requireAgreement(coerced, chosen);
    return 0;
}
