#include "tools/catalog/catalogremoval.h"
#include "tools/catalog/catalogwords.h"
#include "tools/catalog/grantwords.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/consequences.h"
#include "tools/kit/listing.h"
#include "tools/kit/required.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// So much of a function's text is shown.
constexpr qsizetype RoutineCharacters = 24 * 1024;

QCoro::Task<ToolResult> getFunction(ToolCall call)
{
    const QString name = call.text(u"full_name"_s);
    const QJsonObject function = co_await call.workspace().get(catalogPath(u"functions"_s, name));
    QJsonObject facts = textsOf(function, {u"full_name"_s, u"routine_body"_s, u"external_language"_s,
                                           u"sql_data_access"_s, u"security_type"_s, u"owner"_s, u"comment"_s});
    addText(facts, u"parameters"_s, parametersText(function));
    addText(facts, u"returns"_s, Text::visible(function.value("full_data_type"_L1).toString()));
    if (function.contains("is_deterministic"_L1))
        facts.insert("is_deterministic"_L1, function.value("is_deterministic"_L1).toBool());
    addHistory(facts, function);
    const QString fullName = Text::visible(function.value("full_name"_L1).toString(name));
    facts.insert("full_name"_L1, fullName);
    Answer answer(u"Function %1:"_s.arg(fullName));
    answer.facts(facts);

    const QString definition = Text::visible(function.value("routine_definition"_L1).toString());
    const QString shown = beginning(definition, RoutineCharacters);
    answer.text(u"routine_definition"_s, u"routine_definition:"_s, shown);
    if (shown.size() < definition.size()) {
        answer.stated(u"routine_definition_length"_s, definition.size());
        answer.note(
            u"The definition is cut after %1 of %2 characters; DESCRIBE FUNCTION EXTENDED in SQL gives all of it."_s
                .arg(shown.size())
                .arg(definition.size()));
    }
    co_return answer;
}

QJsonObject volumeFacts(const QJsonObject &volume)
{
    QJsonObject facts =
        textsOf(volume, {u"full_name"_s, u"volume_type"_s, u"owner"_s, u"storage_location"_s, u"comment"_s});
    const QStringList place{volume.value("catalog_name"_L1).toString(), volume.value("schema_name"_L1).toString(),
                            volume.value("name"_L1).toString()};
    facts.insert("full_name"_L1, Text::visible(volume.value("full_name"_L1).toString(place.join(u'.'))));
    facts.insert("path"_L1, volumeRoot(volume));
    addHistory(facts, volume);
    return facts;
}

QCoro::Task<ToolResult> getVolume(ToolCall call)
{
    const QJsonObject volume = co_await call.workspace().get(catalogPath(u"volumes"_s, call.text(u"full_name"_s)));
    const QJsonObject facts = volumeFacts(volume);
    co_return factsAnswer(u"Volume %1:"_s.arg(facts.value("full_name"_L1).toString()), facts);
}

/// Plain grants are words, effective ones objects that say where they come from.
QString privilegeText(const QJsonValue &value)
{
    if (value.isString())
        return Text::visible(value.toString());
    const QJsonObject privilege = value.toObject();
    const QString name = Text::visible(privilege.value("privilege"_L1).toString());
    const QString source = Text::visible(privilege.value("inherited_from_name"_L1).toString());
    return source.isEmpty()
               ? name
               : u"%1 (from %2 %3)"_s.arg(
                     name, Text::visible(privilege.value("inherited_from_type"_L1).toString()).toLower(), source);
}

QJsonObject grantRow(const QJsonObject &assignment)
{
    QStringList privileges;
    for (const QJsonValue privilege : assignment.value("privileges"_L1).toArray())
        privileges.append(privilegeText(privilege));
    return {{"principal"_L1, Text::visible(assignment.value("principal"_L1).toString())},
            {"privileges"_L1, privileges.join(", "_L1)}};
}

/// What a principal lacks to reach the securable, beside what everybody in the account holds.
QCoro::Task<QString> missingInEffect(ToolCall call, QString principal, QStringList held)
{
    const QString type = call.text(u"securable_type"_s);
    const QString name = call.text(u"full_name"_s);
    if (missingUse(type, name, principal, held).isEmpty())
        co_return QString();
    QUrlQuery query = catalogPages();
    query.addQueryItem(u"principal"_s, u"account users"_s);
    const QString path = catalogPath(u"effective-permissions/"_s + type, name);
    const std::optional<QJsonObject> everybody = co_await known(call, path, query);
    if (!everybody)
        co_return QString(UseNotRead);
    for (const QJsonValue assignment : everybody->value("privilege_assignments"_L1).toArray())
        held += privilegesIn(assignment.toObject());
    co_return missingUse(type, name, principal, held);
}

QCoro::Task<ToolResult> listGrants(ToolCall call)
{
    const QString type = call.text(u"securable_type"_s);
    const QString name = call.text(u"full_name"_s);
    QUrlQuery query = catalogPages();
    if (call.has(u"principal"_s))
        Databricks::addQueryItem(query, u"principal"_s, call.text(u"principal"_s));
    const bool effective = call.flag(u"effective"_s);
    const QString family = (effective ? u"effective-permissions/"_s : u"permissions/"_s) + type;
    const auto held = std::make_shared<QStringList>();
    Listing listing(catalogPath(family, name), query, u"privilege_assignments"_s,
                    [held](const QJsonObject &assignment) {
                        held->append(privilegesIn(assignment));
                        return grantRow(assignment);
                    });
    listing.from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const QString principal = Text::visible(call.text(u"principal"_s));
    const QString what = effective ? u"privileges, also inherited ones,"_s : u"privileges granted directly"_s;
    const QString who = principal.isEmpty()     ? u"%1 principals hold"_s.arg(listed.totalInWords())
                        : listed.rows.isEmpty() ? u"%1, under that name, holds no"_s.arg(principal)
                                                : principal + u" holds"_s;
    const QString headline =
        u"%1 %2 on %3 %4%5"_s.arg(who, what, type, Text::visible(name), listed.rows.isEmpty() ? u"."_s : u":"_s);
    const Columns columns{{u"principal"_s, u"principal"_s}, {u"privileges"_s, u"privileges"_s}};
    Answer answer = listAnswer(headline, columns, u"grants"_s, listed);
    if (const QString owner = co_await ownerOf(call, type, name); !owner.isEmpty())
        answer.facts({{"owner"_L1, owner}});
    answer.note(u"Owners hold every privilege on what is theirs, and members what their groups hold; neither is "
                "resolved to users here."_s);
    if (!principal.isEmpty() && listed.rows.isEmpty()) {
        const QUrlQuery everybody = catalogPages();
        const std::optional<QJsonObject> all = co_await known(call, catalogPath(family, name), everybody);
        if (!all)
            answer.note(u"What groups hold here could not be read."_s);
        const QString others = all ? holdersIn(all->value("privilege_assignments"_L1).toArray()) : QString();
        if (!others.isEmpty())
            answer.note(u"Who holds some here, groups among them: %1."_s.arg(others));
    }
    if (!principal.isEmpty() && effective && !listed.rows.isEmpty()) {
        const QString missing = co_await missingInEffect(call, principal, *held);
        answer.note(missing);
    }
    co_return answer;
}

QCoro::Task<ToolResult> createVolume(ToolCall call)
{
    const QString type = call.text(u"volume_type"_s, u"MANAGED"_s);
    const QString location = call.text(u"storage_location"_s);
    if (type == "EXTERNAL"_L1 && location.isEmpty())
        co_return ToolResult::error(u"An EXTERNAL volume needs a storage_location, such as "
                                    "abfss://container@account.dfs.core.windows.net/path. Nothing was created."_s);
    if (type == "MANAGED"_L1 && !location.isEmpty())
        co_return ToolResult::error(u"A MANAGED volume is kept where its schema is: leave out storage_location, or ask "
                                    "for volume_type EXTERNAL. Nothing was created."_s);
    QJsonObject body{{"catalog_name"_L1, call.text(u"catalog"_s)},
                     {"schema_name"_L1, call.text(u"schema"_s)},
                     {"name"_L1, call.text(u"name"_s)},
                     {"volume_type"_L1, type}};
    addText(body, u"storage_location"_s, location);
    addText(body, u"comment"_s, call.text(u"comment"_s));
    const QJsonObject volume = co_await call.workspace().post(catalogPath(u"volumes"_s), body);
    mustHave(volume, {u"name"_s}, Purpose::Changing);
    const QJsonObject facts = volumeFacts(volume);
    co_return factsAnswer(u"Volume %1 was created."_s.arg(facts.value("full_name"_L1).toString()), facts);
}

QCoro::Task<ToolResult> createSchema(ToolCall call)
{
    QJsonObject body{{"catalog_name"_L1, call.text(u"catalog"_s)}, {"name"_L1, call.text(u"name"_s)}};
    addText(body, u"storage_root"_s, call.text(u"storage_root"_s));
    addText(body, u"comment"_s, call.text(u"comment"_s));
    const QJsonObject schema = co_await call.workspace().post(catalogPath(u"schemas"_s), body);
    mustHave(schema, {u"full_name"_s}, Purpose::Changing);
    QJsonObject facts = textsOf(schema, {u"full_name"_s, u"owner"_s, u"comment"_s, u"storage_root"_s});
    const QString name = Text::visible(schema.value("full_name"_L1).toString(call.text(u"name"_s)));
    facts.insert("full_name"_L1, name);
    co_return factsAnswer(u"Schema %1 was created."_s.arg(name), facts);
}

/// "main.default.raw", of what is not there yet.
QCoro::Task<QString> newTarget(ToolCall call)
{
    QStringList names;
    for (const auto &argument : {u"catalog"_s, u"schema"_s, u"name"_s}) {
        if (call.has(argument))
            names.append(Text::visible(call.text(argument)));
    }
    const QString target = names.join(u'.');
    co_return target;
}

Schema volumeSchema()
{
    return Schema()
        .text(u"full_name"_s, {})
        .text(u"path"_s, u"Where its files are read and written"_s)
        .text(u"volume_type"_s, {})
        .text(u"owner"_s, {})
        .text(u"storage_location"_s, {})
        .text(u"comment"_s, u"What it is for"_s)
        .text(u"created_at"_s, {})
        .text(u"created_by"_s, {})
        .text(u"updated_at"_s, {})
        .text(u"updated_by"_s, {})
        .require({u"full_name"_s, u"path"_s});
}

Tool getFunctionTool()
{
    return {
        .name = u"get_function"_s,
        .title = u"Get function"_s,
        .description = u"Shows a user-defined function: parameters, result and its text."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema().text(u"full_name"_s, u"catalog.schema.function"_s).require({u"full_name"_s}),
        .outputSchema = Schema()
                            .text(u"full_name"_s, {})
                            .text(u"parameters"_s, {})
                            .text(u"returns"_s, {})
                            .text(u"routine_body"_s, u"SQL or EXTERNAL"_s)
                            .text(u"external_language"_s, {})
                            .text(u"routine_definition"_s, {})
                            .integer(u"routine_definition_length"_s, u"Its length in characters where it was cut"_s)
                            .text(u"sql_data_access"_s, {})
                            .text(u"security_type"_s, {})
                            .flag(u"is_deterministic"_s, {})
                            .text(u"owner"_s, {})
                            .text(u"comment"_s, u"What it is for"_s)
                            .text(u"created_at"_s, {})
                            .text(u"created_by"_s, {})
                            .text(u"updated_at"_s, {})
                            .text(u"updated_by"_s, {})
                            .require({u"full_name"_s}),
        .run = &getFunction,
    };
}

Tool getVolumeTool()
{
    return {
        .name = u"get_volume"_s,
        .title = u"Get volume"_s,
        .description = u"Shows a volume: type, owner, storage and the path of its files."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema = Schema().text(u"full_name"_s, u"catalog.schema.volume"_s).require({u"full_name"_s}),
        .outputSchema = volumeSchema(),
        .run = &getVolume,
    };
}

Tool listGrantsTool()
{
    return {
        .name = u"list_grants"_s,
        .title = u"List grants"_s,
        .description = u"Lists who holds which privileges on a securable of Unity Catalog. With effective, also those "
                       "inherited from its schema and catalog."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema =
            withPages(Schema()
                          .choice(u"securable_type"_s, u"Views are tables"_s, securableTypes())
                          .text(u"full_name"_s, u"Its full name, such as main, main.default or main.default.orders"_s)
                          .text(u"principal"_s, u"Only this user, group or service principal"_s)
                          .flag(u"effective"_s, u"Also inherited privileges, with where they come from"_s)
                          .require({u"securable_type"_s, u"full_name"_s})),
        .outputSchema = listedSchema(u"grants"_s,
                                     Schema().text(u"principal"_s, {}).text(u"privileges"_s, u"Separated by commas"_s)),
        .run = &listGrants,
    };
}

/// Elsewhere than its catalog keeps its data, others may read what is written to it.
Calls::Effects effectsOfPlace(const ToolCall &call)
{
    const bool isElsewhere = call.has(u"storage_location"_s) || call.has(u"storage_root"_s);
    return isElsewhere ? Calls::Effect::Adds | Calls::Effect::ReachesOut : Calls::Effects(Calls::Effect::Adds);
}

Tool createVolumeTool()
{
    return {
        .name = u"create_volume"_s,
        .title = u"Create volume"_s,
        .description = u"Creates a volume for files in a schema. MANAGED unless asked otherwise."_s,
        .effects = Calls::Effect::Adds | Calls::Effect::ReachesOut,
        .inputSchema = Schema()
                           .text(u"catalog"_s, u"Such as main"_s)
                           .text(u"schema"_s, u"Such as default"_s)
                           .text(u"name"_s, u"Name of the volume alone"_s)
                           .choice(u"volume_type"_s, u"Default MANAGED"_s, {u"MANAGED"_s, u"EXTERNAL"_s})
                           .text(u"storage_location"_s, u"Cloud path; for EXTERNAL volumes only"_s)
                           .text(u"comment"_s, u"What it is for"_s)
                           .require({u"catalog"_s, u"schema"_s, u"name"_s}),
        .outputSchema = volumeSchema(),
        .run = &createVolume,
        .effectsOf = &effectsOfPlace,
        .leastEffects = Calls::Effect::Adds,
        .effectRange = u"adds; reaches out with a place of its own"_s,
        .target = &newTarget,
    };
}

Tool createSchemaTool()
{
    return {
        .name = u"create_schema"_s,
        .title = u"Create schema"_s,
        .description = u"Creates a schema in a catalog."_s,
        .effects = Calls::Effect::Adds | Calls::Effect::ReachesOut,
        .inputSchema = Schema()
                           .text(u"catalog"_s, u"Such as main"_s)
                           .text(u"name"_s, u"Name of the schema alone"_s)
                           .text(u"comment"_s, u"What it is for"_s)
                           .text(u"storage_root"_s, u"Cloud path for its managed tables. Optional: the catalog's"_s)
                           .require({u"catalog"_s, u"name"_s}),
        .outputSchema = Schema()
                            .text(u"full_name"_s, {})
                            .text(u"owner"_s, {})
                            .text(u"comment"_s, u"What it is for"_s)
                            .text(u"storage_root"_s, {})
                            .require({u"full_name"_s}),
        .run = &createSchema,
        .effectsOf = &effectsOfPlace,
        .leastEffects = Calls::Effect::Adds,
        .effectRange = u"adds; reaches out with a place of its own"_s,
        .target = &newTarget,
    };
}

} // namespace

QList<Tool> catalogAdminTools()
{
    return QList<Tool>{getFunctionTool(), getVolumeTool(), listGrantsTool(), createVolumeTool(), createSchemaTool()} +
           catalogRemovalTools();
}

} // namespace Tools
