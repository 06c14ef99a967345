#include "sample/sql/sqlworker.h"

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

SqlFailure existsAlready(const QString &kind, const QString &name)
{
    return {
        kind + u"_ALREADY_EXISTS"_s,
        u"Cannot create it because `%1` already exists. Choose a different name, drop or replace the existing object, "
        "or add the IF NOT EXISTS clause."_s.arg(name),
        u"42P07"_s};
}

QString quoted(const QString &name)
{
    return inSqlite({Kind::Name, name});
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

/// ('key' = 'value', …)
QJsonObject readProperties(const SqlTokens &tokens)
{
    QJsonObject properties;
    for (const SqlTokens &one : separated(tokens)) {
        QString key;
        for (const SqlToken &token : one) {
            if (token.isSymbol("="_L1) || (&token == &one.last() && one.size() > 1))
                break;
            key += token.text;
        }
        properties.insert(key, one.isEmpty() ? QString() : one.last().text);
    }
    return properties;
}

qsizetype columnIndex(const SampleTable &table, const QString &name)
{
    for (qsizetype i = 0; i < table.columns.size(); ++i) {
        if (table.columns.at(i).name.compare(name, Qt::CaseInsensitive) == 0)
            return i;
    }
    throw SqlFailure(u"UNRESOLVED_COLUMN.WITHOUT_SUGGESTION"_s,
                     u"A column, variable, or function parameter with name `%1` cannot be resolved."_s.arg(name),
                     u"42703"_s);
}

} // namespace

QString SqlWorker::schemaName(const QStringList &words, const SqlDefaults &defaults) const
{
    return (words.size() > 1 ? words.first(2).join(u'.') : defaults.catalog + u'.' + words.first()).toLower();
}

void SqlWorker::requireCatalog(const QString &name) const
{
    if (!m_catalog.data().catalogs.contains(name))
        throw SqlFailure(u"NO_SUCH_CATALOG_EXCEPTION"_s, u"Catalog '%1' was not found."_s.arg(name), u"42704"_s);
}

void SqlWorker::requireSchema(const QString &name) const
{
    if (!m_catalog.hasSchema(name)) {
        throw SqlFailure(u"SCHEMA_NOT_FOUND"_s,
                         u"The schema `%1` cannot be found. Verify the spelling and correctness of the schema and "
                         "catalog."_s.arg(QString(name).replace(u'.', u"`.`"_s)),
                         u"42704"_s);
    }
}

void SqlWorker::requireWritable(const QString &fullName) const
{
    if (m_catalog.data().isReadOnly(fullName)) {
        throw SqlFailure(u"INSUFFICIENT_PERMISSIONS"_s, u"User does not have MODIFY on '%1'."_s.arg(fullName),
                         u"42501"_s);
    }
}

Result SqlWorker::create(const SqlAsk &ask, SqlTokens tokens)
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
        return createSchema(schemaName(name, ask.defaults), tokens, ifAbsent);

    const QString fullName = SqlCatalog::fullName(name, ask.defaults);
    requireSchema(fullName.section(u'.', 0, 1));
    requireWritable(fullName);
    if (m_catalog.hasTable(fullName) && !replaces) {
        if (ifAbsent)
            return done();
        throw existsAlready(u"TABLE_OR_VIEW"_s, fullName);
    }
    SampleTable table{
        fullName.section(u'.', 0, 0), fullName.section(u'.', 1, 1), fullName.section(u'.', 2), {}, sampleUser(), {}};
    if (isView)
        return createView(ask, table, tokens, i);
    if (i < tokens.size() && tokens.at(i).isSymbol("("_L1))
        table.columns = readColumns(parenthesized(tokens, i));
    else if (takes(tokens, i, {"LIKE"_L1}))
        table.columns = m_catalog.table(readName(tokens, i), ask.defaults).columns;
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
        table.columns = columnsOfQuery(ask, query, table.columns);
    if (table.columns.isEmpty())
        throw SqlFailure::syntax(u"end of input"_s);
    QJsonObject json = newTable(table, now());
    table.id = json.value("table_id"_L1).toString();
    if (!properties.isEmpty())
        json.insert("properties"_L1, properties);
    m_storage.create(table);
    if (!query.isEmpty()) {
        SqlTranslation fill = translated(query, m_catalog, ask.defaults);
        fill.sql = u"INSERT INTO %1 %2"_s.arg(quoted(table.id), fill.sql);
        fill.delay = {};
        QSqlQuery filled(m_storage.database());
        execute(filled, ask, fill);
    }
    m_catalog.put(&CatalogData::tables, json);
    return done();
}

/// The columns and types of a query are those of its rows.
QList<SampleColumn> SqlWorker::columnsOfQuery(const SqlAsk &ask, const SqlTokens &tokens,
                                              const QList<SampleColumn> &named)
{
    SqlAsk some = ask;
    some.rowLimit = 1000;
    some.byteLimit = -1;
    const SqlTranslation translation = translated(tokens, m_catalog, ask.defaults);
    QSqlQuery source(m_storage.database());
    execute(source, some, translation);
    QList<SampleColumn> columns = rowsOf(source, some, translation)->columns;
    if (named.isEmpty())
        return columns;
    if (named.size() != columns.size()) {
        throw SqlFailure(u"CREATE_VIEW_COLUMN_ARITY_MISMATCH"_s,
                         u"%1 columns are named and the query has %2."_s.arg(named.size()).arg(columns.size()),
                         u"21S01"_s);
    }
    for (qsizetype i = 0; i < columns.size(); ++i) {
        columns[i].name = named.at(i).name;
        columns[i].comment = named.at(i).comment;
        if (!named.at(i).typeText.isEmpty())
            columns[i].typeText = named.at(i).typeText;
    }
    return columns;
}

Result SqlWorker::createView(const SqlAsk &ask, SampleTable view, const SqlTokens &tokens, qsizetype i)
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
    if (m_catalog.hasTable(view.fullName()))
        m_catalog.remove(&CatalogData::tables, view.fullName());
    view.columns = columnsOfQuery(ask, tokens.mid(i + 1), named);
    view.query = ask.statement.mid(tokens.at(i + 1).at).trimmed();
    while (view.query.endsWith(u';'))
        view.query = view.query.chopped(1).trimmed();
    QJsonObject json = newTable(view, now());
    // As Spark keeps where a view's short names lead.
    json.insert("properties"_L1, QJsonObject{{"view.catalogAndNamespace.numParts"_L1, u"2"_s},
                                             {"view.catalogAndNamespace.part.0"_L1, ask.defaults.catalog},
                                             {"view.catalogAndNamespace.part.1"_L1, ask.defaults.schema}});
    m_catalog.put(&CatalogData::tables, json);
    return done();
}

Result SqlWorker::createSchema(const QString &name, const SqlTokens &tokens, bool ifAbsent)
{
    requireCatalog(name.section(u'.', 0, 0));
    requireWritable(name);
    if (m_catalog.hasSchema(name)) {
        if (ifAbsent)
            return done();
        throw existsAlready(u"SCHEMA"_s, name);
    }
    QJsonObject schema = newSchema(name, sampleUser(), now());
    const QString comment = textBehind(tokens, "COMMENT"_L1);
    if (!comment.isEmpty())
        schema.insert("comment"_L1, comment);
    m_catalog.put(&CatalogData::schemas, schema);
    return done();
}

Result SqlWorker::drop(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    const bool isView = takes(tokens, i, {"VIEW"_L1});
    const bool isSchema = !isView && (takes(tokens, i, {"SCHEMA"_L1}) || takes(tokens, i, {"DATABASE"_L1}));
    if (!isView && !isSchema && !takes(tokens, i, {"TABLE"_L1}))
        throw SqlFailure::unsupported(u"DROP of anything but schemas, tables and views"_s);
    const bool ifPresent = takes(tokens, i, {"IF"_L1, "EXISTS"_L1});
    const QStringList name = readName(tokens, i);
    if (isSchema)
        return dropSchema(schemaName(name, ask.defaults), ifPresent, takes(tokens, i, {"CASCADE"_L1}));
    const QString fullName = SqlCatalog::fullName(name, ask.defaults);
    if (!m_catalog.hasTable(fullName) && ifPresent)
        return done();
    const SampleTable table = m_catalog.table(name, ask.defaults);
    requireWritable(fullName);
    if (isView == table.query.isEmpty()) {
        throw SqlFailure(u"WRONG_COMMAND_FOR_OBJECT_TYPE"_s,
                         u"The operation DROP %1 cannot be used on `%2`. Use DROP %3 instead."_s.arg(
                             isView ? u"VIEW"_s : u"TABLE"_s, fullName, isView ? u"TABLE"_s : u"VIEW"_s),
                         u"42809"_s);
    }
    m_catalog.remove(&CatalogData::tables, fullName);
    return done();
}

Result SqlWorker::dropSchema(const QString &name, bool ifPresent, bool cascades)
{
    if (!m_catalog.hasSchema(name) && ifPresent)
        return done();
    requireSchema(name);
    requireWritable(name);
    for (const SecurableFamily family : {&CatalogData::tables, &CatalogData::functions, &CatalogData::volumes}) {
        for (const QJsonValue object : within(m_catalog.data().*family, name)) {
            if (!cascades)
                throw SqlFailure(u"SCHEMA_NOT_EMPTY"_s,
                                 u"Cannot drop a schema `%1` because it contains objects."_s.arg(name), u"2BP01"_s);
            m_catalog.remove(family, object["full_name"_L1].toString());
        }
    }
    m_catalog.remove(&CatalogData::schemas, name);
    return done();
}

Result SqlWorker::alter(const SqlAsk &ask, SqlTokens tokens)
{
    qsizetype i = 1;
    if (!takes(tokens, i, {"TABLE"_L1}) && !takes(tokens, i, {"VIEW"_L1}))
        throw SqlFailure::unsupported(u"ALTER of anything but tables and views"_s);
    SampleTable table = m_catalog.table(readName(tokens, i), ask.defaults);
    requireWritable(table.fullName());
    QJsonObject json = m_catalog.data().tables.value(table.fullName());
    m_storage.ensure(table);
    const QString start = u"ALTER TABLE "_s + quoted(table.id);
    if (takes(tokens, i, {"RENAME"_L1, "TO"_L1})) {
        const QString to = SqlCatalog::fullName(readName(tokens, i), ask.defaults);
        requireSchema(to.section(u'.', 0, 1));
        if (m_catalog.hasTable(to))
            throw existsAlready(u"TABLE_OR_VIEW"_s, to);
        m_catalog.remove(&CatalogData::tables, table.fullName());
        json = renamed(json, to);
        if (table.query.isEmpty())
            m_storage.rename(readTable(json));
    } else if (takes(tokens, i, {"SET"_L1, "TBLPROPERTIES"_L1})) {
        QJsonObject properties = json.value("properties"_L1).toObject();
        const QJsonObject more = readProperties(parenthesized(tokens, i));
        for (auto one = more.begin(); one != more.end(); ++one)
            properties.insert(one.key(), *one);
        json.insert("properties"_L1, properties);
    } else if (takes(tokens, i, {"SET"_L1, "OWNER"_L1, "TO"_L1}) || takes(tokens, i, {"OWNER"_L1, "TO"_L1})) {
        json.insert("owner"_L1, readName(tokens, i).join(u'.'));
    } else if (!table.query.isEmpty()) {
        throw SqlFailure::unsupported(u"this ALTER VIEW"_s);
    } else if (takes(tokens, i, {"ADD"_L1, "COLUMN"_L1}) || takes(tokens, i, {"ADD"_L1, "COLUMNS"_L1})) {
        const bool isList = i < tokens.size() && tokens.at(i).isSymbol("("_L1);
        for (const SampleColumn &column : readColumns(isList ? parenthesized(tokens, i) : tokens.mid(i))) {
            m_storage.execute(start + u" ADD COLUMN "_s + columnDefinition(column));
            table.columns.append(column);
        }
    } else if (takes(tokens, i, {"DROP"_L1, "COLUMN"_L1}) || takes(tokens, i, {"DROP"_L1, "COLUMNS"_L1})) {
        const bool isList = i < tokens.size() && tokens.at(i).isSymbol("("_L1);
        for (const SqlTokens &one : separated(isList ? parenthesized(tokens, i) : tokens.mid(i))) {
            const qsizetype column = columnIndex(table, one.value(0).text);
            m_storage.execute(start + u" DROP COLUMN "_s + quoted(table.columns.takeAt(column).name));
        }
    } else if (takes(tokens, i, {"RENAME"_L1, "COLUMN"_L1})) {
        SampleColumn &column = table.columns[columnIndex(table, readName(tokens, i).last())];
        takes(tokens, i, {"TO"_L1});
        const QString to = readName(tokens, i).last();
        m_storage.execute(start + u" RENAME COLUMN %1 TO %2"_s.arg(quoted(column.name), quoted(to)));
        column.name = to;
    } else if (takes(tokens, i, {"ALTER"_L1, "COLUMN"_L1}) || takes(tokens, i, {"CHANGE"_L1, "COLUMN"_L1})) {
        SampleColumn &column = table.columns[columnIndex(table, readName(tokens, i).last())];
        if (!takes(tokens, i, {"COMMENT"_L1}) || i >= tokens.size())
            throw SqlFailure::unsupported(u"ALTER COLUMN but for comments"_s);
        column.comment = tokens.at(i).text;
    } else {
        throw SqlFailure::unsupported(u"this ALTER TABLE"_s);
    }
    m_catalog.put(&CatalogData::tables, withColumns(json, table, now()));
    return done();
}

Result SqlWorker::comment(const SqlAsk &ask, SqlTokens tokens)
{
    static const QHash<QString, SecurableFamily> families{
        {u"TABLE"_s, &CatalogData::tables},     {u"VIEW"_s, &CatalogData::tables},
        {u"SCHEMA"_s, &CatalogData::schemas},   {u"DATABASE"_s, &CatalogData::schemas},
        {u"CATALOG"_s, &CatalogData::catalogs}, {u"VOLUME"_s, &CatalogData::volumes}};
    qsizetype i = 1;
    takes(tokens, i, {"ON"_L1});
    const QString kind = tokens.value(i++).text.toUpper();
    if (!families.contains(kind))
        throw SqlFailure::unsupported(u"COMMENT ON "_s + kind);
    const SecurableFamily family = families.value(kind);
    const QStringList name = readName(tokens, i);
    const QString fullName = family == &CatalogData::catalogs  ? name.join(u'.').toLower()
                             : family == &CatalogData::schemas ? schemaName(name, ask.defaults)
                                                               : SqlCatalog::fullName(name, ask.defaults);
    QJsonObject object = (m_catalog.data().*family).value(fullName);
    if (object.isEmpty())
        throw SqlFailure::noSuchTable(name.join(u'.'));
    requireWritable(fullName);
    if (!takes(tokens, i, {"IS"_L1}) || i >= tokens.size())
        throw SqlFailure::syntax(u"end of input"_s);
    if (tokens.at(i).isWord("NULL"_L1))
        object.remove("comment"_L1);
    else
        object.insert("comment"_L1, tokens.at(i).text);
    m_catalog.put(family, object);
    return done();
}

} // namespace Sample
