#include "tools/catalog/governancechanges.h"

#include "tools/catalog/catalogwords.h"
#include "tools/kit/answer.h"
#include "tools/kit/change.h"
#include "tools/kit/schema.h"
#include "tools/kit/text/identifiers.h"
#include "tools/sql/grammar/sqlclassifier.h"
#include "tools/sql/statement.h"
#include "tools/sql/warehouses/warehousechoice.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

const QStringList Kinds{u"catalog"_s, u"schema"_s, u"table"_s, u"column"_s, u"volume"_s};

ApiError refusal(const QString &words)
{
    return ApiError(ApiError::Kind::BadRequest, words);
}

Schema securableSchema()
{
    return Schema()
        .choice(u"securable_type"_s, u"Views are tables"_s, Kinds)
        .text(u"full_name"_s, u"Such as main.default.orders; of a column main.default.orders.price"_s)
        .require({u"securable_type"_s, u"full_name"_s});
}

QString securableOf(const ToolCall &call)
{
    return call.text(u"securable_type"_s) + u' ' + Text::visible(call.text(u"full_name"_s));
}

QCoro::Task<QString> securableTarget(ToolCall call)
{
    const QString target = securableOf(call);
    co_return target;
}

/// The parts of a name. Throws ApiError where it has not as many as its kind.
QStringList partsOf(const QString &kind, const QString &name)
{
    const QStringList parts = nameParts(name);
    const bool isOpen = name.count(u'`') % 2 == 1;
    const qsizetype wanted = kind == "catalog"_L1 ? 1 : kind == "schema"_L1 ? 2 : kind == "column"_L1 ? 4 : 3;
    if (isOpen || parts.size() != wanted || parts.contains(QString()))
        throw refusal(
            u"The full name of a %1 has %2 parts, as in main.default.orders.price. Nothing was changed."_s.arg(kind)
                .arg(wanted));
    return parts;
}

/// What a call of set_tags has done so far, in words.
struct TagWork
{
    QStringList set;
    QStringList removed;

    QString inWords() const
    {
        QStringList parts;
        if (!set.isEmpty())
            parts.append(u"set "_s + set.join(", "_L1));
        if (!removed.isEmpty())
            parts.append(u"removed "_s + removed.join(", "_L1));
        return parts.isEmpty() ? u"nothing"_s : parts.join("; "_L1);
    }
};

/// A tag that is there is changed, any other one made.
QCoro::Task<> setTag(ToolCall call, QJsonObject assignment, QString path, bool isThere)
{
    if (!isThere) {
        const QString all = catalogPath(u"entity-tag-assignments"_s);
        co_await call.workspace().post(all, assignment);
        co_return;
    }
    const QString one = path + u'/' + Databricks::pathSegment(assignment.value("tag_key"_L1).toString());
    const QUrlQuery mask{{u"update_mask"_s, u"tag_value"_s}};
    const QByteArray verb = "PATCH";
    co_await sendChange(call, verb, one, mask, assignment);
}

QCoro::Task<ToolResult> setTags(ToolCall call)
{
    const QJsonArray wished = call.array(u"tags"_s);
    const QStringList unwished = call.texts(u"remove"_s);
    if (wished.isEmpty() && unwished.isEmpty())
        co_return ToolResult::error(u"Nothing to change: give tags to set, or keys to remove."_s);
    for (const QJsonValue tag : wished) {
        if (unwished.contains(tag["key"_L1].toString()))
            co_return ToolResult::error(u"A tag is to be set and removed at once. Nothing was changed."_s);
    }
    const QString kind = call.text(u"securable_type"_s);
    const QString name = partsOf(kind, call.text(u"full_name"_s)).join(u'.');
    call.setTarget(securableOf(call));
    const QString type = kind + u's';
    const QString path = catalogPath(u"entity-tag-assignments/"_s + type, name) + u"/tags"_s;
    const QUrlQuery query = catalogPages();
    const Databricks::Page before = co_await call.workspace().list(path, query, u"tag_assignments"_s, 1000);
    QJsonObject tags;
    for (const QJsonValue tag : before.items)
        tags.insert(tag["tag_key"_L1].toString(), tag["tag_value"_L1].toString());
    TagWork done;
    try {
        for (const QJsonValue value : wished) {
            const QString key = value["key"_L1].toString();
            const QJsonObject assignment{{"entity_type"_L1, type},
                                         {"entity_name"_L1, name},
                                         {"tag_key"_L1, key},
                                         {"tag_value"_L1, value["value"_L1].toString()}};
            const bool isThere = tags.contains(key);
            co_await setTag(call, assignment, path, isThere);
            tags.insert(key, assignment.value("tag_value"_L1));
            done.set.append(Text::visible(key));
        }
        for (const QString &key : unwished) {
            if (!tags.contains(key))
                continue;
            const QString one = path + u'/' + Databricks::pathSegment(key);
            co_await call.workspace().remove(one);
            tags.remove(key);
            done.removed.append(Text::visible(key));
        }
    } catch (const ApiError &error) {
        // A part that is done stays done.
        throw ApiError(error.kind(), u"Done before it failed: %1. %2"_s.arg(done.inWords(), error.message()))
            .setRequest(error.request())
            .setInDoubt(error.isInDoubt());
    }
    QStringList now;
    for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
        const QString value = tag->toString();
        now.append(Text::visible(value.isEmpty() ? tag.key() : QString(tag.key() + u'=' + value)));
    }
    const QJsonObject facts{{"securable"_L1, securableOf(call)},
                            {"done"_L1, done.inWords()},
                            {"tags"_L1, now.isEmpty() ? u"none"_s : now.join(", "_L1)}};
    const bool isChanged = !done.set.isEmpty() || !done.removed.isEmpty();
    Answer answer(isChanged ? u"The tags were changed."_s
                            : u"Nothing was changed: none of the tags to remove was there."_s);
    answer.facts(facts).next(kind == "column"_L1
                                 ? u"system.information_schema.column_tags, in SQL, shows the tags of columns."_s
                             : kind == "table"_L1 ? u"get_table shows a table's tags."_s
                                                  : QString());
    co_return answer;
}

QString quotedText(QString text)
{
    return u'\'' + text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s) + u'\'';
}

/// COMMENT ON TABLE …, or of a column ALTER TABLE … ALTER COLUMN … COMMENT.
QString commentStatement(const QString &kind, QStringList parts, const QString &comment)
{
    if (kind != "column"_L1)
        return u"COMMENT ON TABLE %1 IS "_s.arg(quotedName(parts)) + quotedText(comment);
    const QStringList column{parts.takeLast()};
    return u"ALTER TABLE "_s + quotedName(parts) + u" ALTER COLUMN "_s + quotedName(column) + u" COMMENT "_s +
           quotedText(comment);
}

/// Tables and columns have no endpoint for it: SQL does it. Returns why the statement failed, which then has changed
/// nothing; empty where it did not. Throws ApiError.
QCoro::Task<QString> commentBySql(ToolCall call, QString statement)
{
    // A last look with other eyes: nothing but this one change may come out of a name or a text.
    const SqlDeed deed = sqlDeed(statement);
    if (deed.effects != Calls::Effects(Calls::Effect::Replaces))
        throw refusal(u"The name or the comment holds what SQL could read in another way (such as ${…}). Leave that "
                      "out, or use execute_sql. Nothing was changed."_s);
    const WarehouseChoice warehouse = co_await chooseWarehouse(call);
    const QJsonObject body{{"statement"_L1, statement}, {"warehouse_id"_L1, warehouse.id}};
    const QJsonObject answer = co_await runStatement(call, body, 40s);
    if (isUnderWay(answer))
        throw ApiError(ApiError::Kind::Timeout,
                       u"The statement still runs on %1. Do not send it again: call get_statement with statement_id "
                       "%2."_s.arg(warehouse.inWords(), Text::visible(answer.value("statement_id"_L1).toString())));
    const QString failure =
        hasSucceeded(answer) ? QString() : QString(failureText(answer) + u"\nNothing was changed."_s);
    co_return failure;
}

QCoro::Task<ToolResult> setComment(ToolCall call)
{
    const QString kind = call.text(u"securable_type"_s);
    const QStringList parts = partsOf(kind, call.text(u"full_name"_s));
    const QString comment = call.text(u"comment"_s);
    call.setTarget(securableOf(call));
    if (kind == "table"_L1 || kind == "column"_L1) {
        const QString statement = commentStatement(kind, parts, comment);
        const QString failure = co_await commentBySql(call, statement);
        if (!failure.isEmpty())
            co_return ToolResult::error(failure);
    } else {
        const QJsonObject body{{"comment"_L1, comment}};
        co_await call.workspace().patch(catalogPath(kind + u's', parts.join(u'.')), body);
    }
    const QJsonObject facts{{"securable"_L1, securableOf(call)}, {"comment"_L1, Text::visible(comment)}};
    co_return factsAnswer(comment.isEmpty() ? u"The comment was removed."_s : u"The comment was set."_s, facts);
}

} // namespace

Tool setTagsTool()
{
    return {
        .name = u"set_tags"_s,
        .title = u"Set tags"_s,
        .description = u"Sets and removes tags of a Unity Catalog object; other tags stay. Governed tags may decide "
                       "who sees what."_s,
        .effects = Calls::Effect::Replaces | Calls::Effect::Grants,
        .inputSchema = securableSchema()
                           .rows(u"tags"_s, u"Tags to set"_s,
                                 Schema()
                                     .text(u"key"_s, u"Its name"_s)
                                     .text(u"value"_s, u"Its value; empty for none"_s)
                                     .require({u"key"_s}))
                           .texts(u"remove"_s, u"Keys of tags to remove"_s),
        .outputSchema =
            Schema().text(u"securable"_s, {}).text(u"tags"_s, u"All that it has now"_s).require({u"securable"_s}),
        .run = &setTags,
        .target = &securableTarget,
        .deciding = {u"tags"_s, u"remove"_s, u"securable_type"_s, u"full_name"_s},
        .idempotent = true,
    };
}

Tool setCommentTool()
{
    return {
        .name = u"set_comment"_s,
        .title = u"Set comment"_s,
        .description = u"Sets the comment of a catalog, schema, table, column or volume. For tables and columns it "
                       "runs SQL on a warehouse."_s,
        .effects = Calls::Effect::Replaces,
        .inputSchema = securableSchema()
                           .text(u"comment"_s, u"The new comment; empty removes it"_s)
                           .text(u"warehouse_id"_s, u"For tables and columns; default one that suits"_s)
                           .require({u"comment"_s}),
        .outputSchema = Schema().text(u"securable"_s, {}).text(u"comment"_s, {}).require({u"securable"_s}),
        .run = &setComment,
        .target = &securableTarget,
        .deciding = {u"comment"_s, u"securable_type"_s, u"full_name"_s},
        .idempotent = true,
    };
}

} // namespace Tools
