#include "sample/sql/sqlcontext.h"

#include "sample/sql/sqlfailure.h"

#include <QLocale>
#include <QRegularExpression>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Result = std::shared_ptr<SqlResult>;

QVariant valueOrNull(const QVariantMap &parameters, const QString &name)
{
    if (!parameters.contains(name)) {
        throw SqlFailure(
            u"UNBOUND_SQL_PARAMETER"_s,
            u"Found the unbound parameter: %1. Please, fix `args` and provide a mapping of the parameter to "
            "either a SQL literal or collection constructor functions."_s.arg(name),
            u"42P02"_s);
    }
    return parameters.value(name);
}

bool isNumber(const QVariant &value)
{
    const int id = value.metaType().id();
    return id == QMetaType::LongLong || id == QMetaType::Int || id == QMetaType::Double;
}

QString doubleText(double value)
{
    const QString text = QString::number(value, 'g', QLocale::FloatingPointShortest);
    const bool whole = !text.contains(u'.') && !text.contains(u'e') && !text.contains(u'n');
    return whole ? QString(text + u".0"_s) : text;
}

/// A value of SQLite as the API's JSON_ARRAY format has it: a text or null; a timestamp as 2016-01-01T00:00:00.000Z.
QJsonValue cellOf(const QVariant &value, const QString &typeText)
{
    if (value.isNull())
        return QJsonValue::Null;
    if (typeText == "boolean"_L1)
        return value.toBool() ? u"true"_s : u"false"_s;
    if (typeText.startsWith("decimal"_L1) && isNumber(value))
        return QString::number(value.toDouble(), 'f', typeText.section(u',', 1).chopped(1).toInt());
    if (typeText == "double"_L1 && isNumber(value))
        return doubleText(value.toDouble());
    const QString text = value.toString();
    if (typeText == "timestamp"_L1 && text.size() == 19)
        return QString(QString(text).replace(10, 1, u'T') + u".000Z"_s);
    return text;
}

/// The type of a result's column: what the query says, else that of a column called the same in the tables it came
/// from, else what the first value looks like.
QString typeOf(const QString &name, const QVariant &value, const SqlTranslation &translation)
{
    const QString said = translation.types.value(name.toLower());
    if (!said.isEmpty())
        return said;
    if (const QString ofColumn = columnType(name, translation.tables); !ofColumn.isEmpty())
        return ofColumn;
    static const QRegularExpression date(u"^\\d{4}-\\d\\d-\\d\\d$"_s);
    static const QRegularExpression timestamp(u"^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$"_s);
    switch (value.metaType().id()) {
    case QMetaType::Int:
    case QMetaType::LongLong:
        return u"bigint"_s;
    case QMetaType::Double:
        return u"double"_s;
    default:
        break;
    }
    const QString text = value.toString();
    return date.match(text).hasMatch() ? u"date"_s : timestamp.match(text).hasMatch() ? u"timestamp"_s : u"string"_s;
}

} // namespace

SqlContext::SqlContext(const SqlAsk &asked, const CatalogData &data, SqlStorage &rows, const std::atomic_bool &ending)
    : ask(asked)
    , catalog(data)
    , storage(rows)
    , m_ending(ending)
{}

SqlTranslation SqlContext::translate(const SqlTokens &tokens) const
{
    return translated(tokens, catalog, ask.defaults);
}

Result SqlContext::query(const SqlTokens &tokens)
{
    const SqlTranslation translation = translate(tokens);
    QSqlQuery rows(storage.database());
    execute(rows, translation);
    return rowsOf(rows, ask, translation);
}

qint64 SqlContext::change(const SqlTokens &tokens)
{
    const SqlTranslation translation = translate(tokens);
    QSqlQuery query(storage.database());
    execute(query, translation);
    return query.numRowsAffected();
}

QList<SampleColumn> SqlContext::columnsOf(const SqlTokens &tokens, const QList<SampleColumn> &named)
{
    SqlAsk some = ask;
    some.rowLimit = 1000;
    some.byteLimit = -1;
    const SqlTranslation translation = translate(tokens);
    QSqlQuery source(storage.database());
    execute(source, translation);
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

void SqlContext::execute(QSqlQuery &query, const SqlTranslation &translation)
{
    delay += translation.delay;
    for (const SampleTable &table : translation.tables)
        storage.ensure(table, catalog.data());
    query.setForwardOnly(true);
    if (!query.prepare(translation.sql))
        throw failureOf(query.lastError());
    for (const QString &name : translation.parameters)
        query.bindValue(u':' + name, valueOrNull(ask.parameters, name));
    if (!query.exec())
        throw failureOf(query.lastError());
}

Result SqlContext::rowsOf(QSqlQuery &query, const SqlAsk &limits, const SqlTranslation &translation)
{
    const QSqlRecord record = query.record();
    auto result = std::make_shared<SqlResult>(limits.rowsInChunk);
    for (int i = 0; i < record.count(); ++i)
        result->columns.append({record.fieldName(i), QString()});
    while (query.next()) {
        if (m_ending || *limits.cancelled)
            return result;
        if (limits.rowLimit >= 0 && result->rowCount() >= limits.rowLimit) {
            result->isTruncated = true;
            break;
        }
        QJsonArray cells;
        for (int i = 0; i < record.count(); ++i) {
            SampleColumn &column = result->columns[i];
            if (column.typeText.isEmpty() && !query.isNull(i))
                column.typeText = typeOf(column.name, query.value(i), translation);
            cells.append(cellOf(query.isNull(i) ? QVariant() : query.value(i), column.typeText));
        }
        result->add(cells);
        if (limits.byteLimit >= 0 && result->byteCount() > limits.byteLimit) {
            throw SqlFailure(
                QString(),
                u"Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result "
                "size of at most %1 bytes. Please execute the statement with disposition=EXTERNAL_LINKS if "
                "you want to download the full result."_s.arg(limits.byteLimit),
                u"54000"_s);
        }
    }
    for (SampleColumn &column : result->columns) {
        if (column.typeText.isEmpty())
            column.typeText = typeOf(column.name, QVariant(), translation);
    }
    return result;
}

} // namespace Sample
