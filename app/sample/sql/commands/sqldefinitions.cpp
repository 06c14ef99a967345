#include "sample/sql/commands/sqldefinitions.h"

#include "sample/admin/identity.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlschema.h"

#include <QDateTime>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Kind = SqlToken::Kind;
using Result = std::shared_ptr<SqlResult>;

Result done()
{
    return std::make_shared<SqlResult>(1);
}

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

/// The text behind a word, such as COMMENT; tokens behind AS are a query's.
QString textBehind(const SqlTokens &tokens, QLatin1StringView word)
{
    for (qsizetype i = 0; i + 1 < tokens.size() && !tokens.at(i).isWord("AS"_L1); ++i) {
        if (tokens.at(i).isWord(word) && tokens.at(i + 1).kind == Kind::Text)
            return tokens.at(i + 1).text;
    }
    return {};
}

Result createView(SqlContext &context, SampleTable view, const SqlTokens &tokens, qsizetype i)
{
    QList<SampleColumn> named;
    if (i < tokens.size() && tokens.at(i).isSymbol("("_L1)) {
        for (const SqlTokens &one : separated(parenthesized(tokens, i)))
            named.append({one.value(0).text, {}, textBehind(one, "COMMENT"_L1)});
    }
    view.comment = textBehind(tokens.mid(i), "COMMENT"_L1);
    while (i < tokens.size() && !tokens.at(i).isWord("AS"_L1))
        ++i;
    if (i + 1 >= tokens.size())
        throw SqlFailure::syntax(u"end of input"_s);
    // Checked without the view itself: one must not show itself.
    if (context.catalog.hasTable(view.fullName()))
        context.catalog.remove(&CatalogData::tables, view.fullName());
    view.columns = context.columnsOf(tokens.mid(i + 1), named);
    view.query = context.ask.statement.mid(tokens.at(i + 1).at).trimmed();
    while (view.query.endsWith(u';'))
        view.query = view.query.chopped(1).trimmed();
    QJsonObject json = newTable(view, now());
    // As Spark keeps where a view's short names lead.
    json.insert("properties"_L1, QJsonObject{{"view.catalogAndNamespace.numParts"_L1, u"2"_s},
                                             {"view.catalogAndNamespace.part.0"_L1, context.ask.defaults.catalog},
                                             {"view.catalogAndNamespace.part.1"_L1, context.ask.defaults.schema}});
    context.catalog.put(&CatalogData::tables, json);
    return done();
}

Result createSchema(SqlContext &context, const QString &name, const SqlTokens &tokens, bool ifAbsent)
{
    context.catalog.requireCatalog(name.section(u'.', 0, 0));
    context.catalog.requireWritable(name);
    if (context.catalog.hasSchema(name)) {
        if (ifAbsent)
            return done();
        throw SqlFailure::alreadyExists(u"SCHEMA"_s, name);
    }
    QJsonObject schema = newSchema(name, sampleUser(), now());
    const QString comment = textBehind(tokens, "COMMENT"_L1);
    if (!comment.isEmpty())
        schema.insert("comment"_L1, comment);
    context.catalog.put(&CatalogData::schemas, schema);
    return done();
}

Result dropSchema(SqlContext &context, const QString &name, bool ifPresent, bool cascades)
{
    if (!context.catalog.hasSchema(name) && ifPresent)
        return done();
    context.catalog.requireSchema(name);
    context.catalog.requireWritable(name);
    for (const SecurableFamily family : {&CatalogData::tables, &CatalogData::functions, &CatalogData::volumes}) {
        for (const QJsonValue object : within(context.catalog.data().*family, name)) {
            if (!cascades)
                throw SqlFailure(u"SCHEMA_NOT_EMPTY"_s,
                                 u"Cannot drop a schema `%1` because it contains objects."_s.arg(name), u"2BP01"_s);
            context.catalog.remove(family, object["full_name"_L1].toString());
        }
    }
    context.catalog.remove(&CatalogData::schemas, name);
    return done();
}

} // namespace

Result createObject(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    const bool replaces = takes(tokens, i, {"OR"_L1, "REPLACE"_L1});
    const bool isView = takes(tokens, i, {"VIEW"_L1});
    const bool isSchema = !isView && (takes(tokens, i, {"SCHEMA"_L1}) || takes(tokens, i, {"DATABASE"_L1}));
    if (!isView && !isSchema && !takes(tokens, i, {"TABLE"_L1}))
        throw SqlFailure::unsupported(u"CREATE of anything but schemas, tables and views"_s);
    const bool ifAbsent = takes(tokens, i, {"IF"_L1, "NOT"_L1, "EXISTS"_L1});
    const QStringList name = readName(tokens, i);
    if (isSchema)
        return createSchema(context, SqlCatalog::schemaName(name, context.ask.defaults), tokens, ifAbsent);

    const QString fullName = SqlCatalog::fullName(name, context.ask.defaults);
    context.catalog.requireSchema(fullName.section(u'.', 0, 1));
    context.catalog.requireWritable(fullName);
    if (context.catalog.hasTable(fullName) && !replaces) {
        if (ifAbsent)
            return done();
        throw SqlFailure::alreadyExists(u"TABLE_OR_VIEW"_s, fullName);
    }
    SampleTable table{
        fullName.section(u'.', 0, 0), fullName.section(u'.', 1, 1), fullName.section(u'.', 2), {}, sampleUser(), {}};
    if (isView)
        return createView(context, table, tokens, i);
    if (i < tokens.size() && tokens.at(i).isSymbol("("_L1))
        table.columns = readColumns(parenthesized(tokens, i));
    else if (takes(tokens, i, {"LIKE"_L1}))
        table.columns = context.catalog.table(readName(tokens, i), context.ask.defaults).columns;
    table.comment = textBehind(tokens.mid(i), "COMMENT"_L1);
    QJsonObject properties;
    for (; i < tokens.size() && !tokens.at(i).isWord("AS"_L1); ++i) {
        if (tokens.at(i).isWord("CLONE"_L1))
            throw SqlFailure::unsupported(u"CLONE"_s);
        if (takes(tokens, i, {"TBLPROPERTIES"_L1}))
            properties = readProperties(parenthesized(tokens, i));
    }
    const SqlTokens query = tokens.mid(i + 1);
    if (!query.isEmpty())
        table.columns = context.columnsOf(query, table.columns);
    if (table.columns.isEmpty())
        throw SqlFailure::syntax(u"end of input"_s);
    QJsonObject json = newTable(table, now());
    table.id = json.value("table_id"_L1).toString();
    if (!properties.isEmpty())
        json.insert("properties"_L1, properties);
    context.storage.create(table);
    if (!query.isEmpty()) {
        SqlTranslation fill = context.translate(query);
        fill.sql = u"INSERT INTO %1 %2"_s.arg(quotedName(table.id), fill.sql);
        fill.delay = {};
        QSqlQuery filled(context.storage.database());
        context.execute(filled, fill);
    }
    context.catalog.put(&CatalogData::tables, json);
    return done();
}

Result dropObject(SqlContext &context, const SqlTokens &tokens)
{
    qsizetype i = 1;
    const bool isView = takes(tokens, i, {"VIEW"_L1});
    const bool isSchema = !isView && (takes(tokens, i, {"SCHEMA"_L1}) || takes(tokens, i, {"DATABASE"_L1}));
    if (!isView && !isSchema && !takes(tokens, i, {"TABLE"_L1}))
        throw SqlFailure::unsupported(u"DROP of anything but schemas, tables and views"_s);
    const bool ifPresent = takes(tokens, i, {"IF"_L1, "EXISTS"_L1});
    const QStringList name = readName(tokens, i);
    if (isSchema)
        return dropSchema(context, SqlCatalog::schemaName(name, context.ask.defaults), ifPresent,
                          takes(tokens, i, {"CASCADE"_L1}));
    const QString fullName = SqlCatalog::fullName(name, context.ask.defaults);
    if (!context.catalog.hasTable(fullName) && ifPresent)
        return done();
    const SampleTable table = context.catalog.table(name, context.ask.defaults);
    context.catalog.requireWritable(fullName);
    if (isView == table.query.isEmpty()) {
        throw SqlFailure(u"WRONG_COMMAND_FOR_OBJECT_TYPE"_s,
                         u"The operation DROP %1 cannot be used on `%2`. Use DROP %3 instead."_s.arg(
                             isView ? u"VIEW"_s : u"TABLE"_s, fullName, isView ? u"TABLE"_s : u"VIEW"_s),
                         u"42809"_s);
    }
    context.catalog.remove(&CatalogData::tables, fullName);
    return done();
}

} // namespace Sample
