#include "tools/host/approval.h"

#include "common/json.h"
#include "common/secrets.h"
#include "common/visible.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;
using Calls::Passage;

namespace Tools {

namespace {

QString withoutSecrets(QString text, const QStringList &secrets)
{
    for (const QString &secret : secrets)
        text.replace(secret, Text::mask());
    return text;
}

/// As JSON where it is more than a word. QJsonDocument takes no bare values.
QString textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson()).trimmed();
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson()).trimmed();
    default:
        return value.toVariant().toString();
    }
}

Passage passageOf(const QString &name, const QJsonValue &value)
{
    const bool isJson = value.isObject() || value.isArray();
    return {name, textOf(value), isJson ? Passage::Language::Json : Passage::Language::Plain};
}

QStringList decidingArguments(const Tool &tool)
{
    if (!tool.deciding.isEmpty())
        return tool.deciding;
    return tool.inputSchema.value("required"_L1).toVariant().toStringList();
}

/// What a call works on where its tool does not say: the arguments that say what happens.
QString objectOf(const Tool &tool, const ToolCall &call, Calls::Effects effects, const QString &target)
{
    // What runs, grows or reaches out is all that is said of it: a yes to one library is none to another.
    constexpr Calls::Effects Telling = Calls::Effect::RunsCode | Calls::Effect::Computes | Calls::Effect::Grants |
                                       Calls::Effect::ReachesOut | Calls::Effect::Unknown;
    const bool isWhole = bool(effects & Telling);
    if (tool.targetOf && (target.isEmpty() || !isWhole))
        return target;
    QJsonObject values;
    const QStringList telling = isWhole ? call.arguments().keys() : decidingArguments(tool);
    for (const QString &name : telling) {
        if (call.has(name) && !tool.secretArguments.contains(name))
            values.insert(name, call.arguments().value(name));
    }
    // A switch or a choice makes it another call: what was allowed for an empty schema was not for a full one, and the
    // same code does another thing in another language.
    const QJsonObject known = tool.inputSchema.value("properties"_L1).toObject();
    for (const QString &name : call.arguments().keys()) {
        const QJsonValue given = call.arguments().value(name);
        const bool isSwitch = given.toBool() && name != "wait"_L1;
        if (isSwitch || known.value(name)["enum"_L1].isArray())
            values.insert(name, given);
    }
    // The profile's default stands in for these.
    const auto addDefault = [&](const QString &name, const QString &defaultId) {
        const QString id = call.text(name, defaultId);
        if (known.contains(name) && !id.isEmpty())
            values.insert(name, id);
    };
    addDefault(u"cluster_id"_s, call.session().defaultClusterId);
    addDefault(u"warehouse_id"_s, call.session().defaultWarehouseId);
    return values.isEmpty() ? QString() : QString::fromUtf8(Json::compact(values));
}

} // namespace

Calls::ApprovalRequest approvalRequest(const Tool &tool, const ToolCall &call, Calls::Effects effects,
                                       const QStringList &secrets)
{
    Calls::ApprovalRequest request;
    request.client = call.client().label();
    request.key = call.client().key;
    request.profile = call.session().profile;
    request.workspace = call.session().workspace.name();
    request.tool = tool.name;
    request.effects = effects;
    request.verb = tool.verbOf ? tool.verbOf(call) : tool.title;
    const QString target = tool.targetOf ? tool.targetOf(call) : QString();
    request.object = objectOf(tool, call, effects, target);
    request.target = withoutSecrets(target, secrets);

    QStringList names = call.arguments().keys();
    const QStringList first = decidingArguments(tool);
    std::ranges::stable_sort(names, {}, [&first](const QString &name) {
        const qsizetype place = first.indexOf(name);
        return place < 0 ? first.size() : place;
    });
    qsizetype shown = 0;
    qsizetype lines = 0;
    for (const QString &name : std::as_const(names)) {
        const bool isSecret = tool.secretArguments.contains(name);
        Passage passage = passageOf(name, call.arguments().value(name));
        passage.text = isSecret ? Text::mask() : withoutSecrets(passage.text, secrets);
        if (name == first.value(0) && passage.language == Passage::Language::Plain && tool.languageOf)
            passage.language = tool.languageOf(call);
        // What nobody sees is shown by its number, which is longer.
        shown += Text::revealed(passage.text).size();
        lines += passage.text.count(u'\n') + 1;
        if (shown > Calls::ApprovalRequest::MostShown || lines > Calls::ApprovalRequest::MostLines)
            request.isTooLarge = true;
        else
            request.passages.append(passage);
    }
    return request;
}

} // namespace Tools
