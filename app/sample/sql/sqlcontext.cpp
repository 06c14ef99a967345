#include "sample/sql/sqlcontext.h"

#include "sample/sql/sqlfailure.h"

#include <QLocale>
#include <QRegularExpression>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>

#include <limits>

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

QString withPoint(const QString &digits)
{
    return digits.contains(u'.') || digits.contains(u'n') ? digits : digits + u".0"_s;
}

/// As Java writes it: 0.5, 1.0E7, 1.25E-4.
QString doubleText(double value)
{
    const double size = qAbs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e7))
        return withPoint(QString::number(value, 'f', QLocale::FloatingPointShortest));
    const QString text = QString::number(value, 'e', QLocale::FloatingPointShortest);
    const QString exponent = QString::number(text.section(u'e', 1).toInt());
    return text.contains(u'e') ? withPoint(text.section(u'e', 0, 0)) + u'E' + exponent : text;
}

/// Throws SqlFailure for a number that its type has no place for: SQLite reckons on with larger ones.
void requireInRange(const QVariant &value, const QString &typeText)
{
    static const QHash<QString, qint64> most{{u"tinyint"_s, 0x7f}, {u"smallint"_s, 0x7fff}, {u"int"_s, 0x7fffffff}};
    const bool isTooLarge = typeText == "bigint"_L1 && value.metaType().id() == QMetaType::Double;
    const qint64 limit = most.value(typeText, std::numeric_limits<qint64>::max());
    const qint64 number = value.toLongLong();
    if (isTooLarge || number > limit || number < -limit - 1) {
        throw SqlFailure(u"ARITHMETIC_OVERFLOW"_s,
                         u"%1 overflow. Use `try_add` to tolerate overflow and return NULL instead."_s.arg(
                             typeText == "int"_L1 ? u"integer"_s : typeText),
                         u"22003"_s);
    }
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
    if (typeText.endsWith("int"_L1))
        requireInRange(value, typeText);
    if (typeText == "double"_L1 && isNumber(value))
        return doubleText(value.toDouble());
    const QString text = value.toString();
    if (typeText == "timestamp"_L1 && text.size() == 19)
        return QString(QString(text).replace(10, 1, u'T') + u".000Z"_s);
    return text;
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
    return translated(tokens, catalog, ask.defaults, ask.parameterTypes);
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
        result->columns.append({record.fieldName(i), translation.types.value(i)});
    while (query.next()) {
        if (m_ending || *limits.cancelled)
            return result;
        if (limits.rowLimit >= 0 && result->rowCount() >= limits.rowLimit) {
            result->isTruncated = true;
            break;
        }
        QJsonArray cells;
        for (int i = 0; i < record.count(); ++i) {
            const QVariant value = query.isNull(i) ? QVariant() : query.value(i);
            cells.append(cellOf(value, result->columns.at(i).typeText));
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
    // A row that fails ends the rows.
    if (query.lastError().isValid())
        throw failureOf(query.lastError());
    return result;
}

} // namespace Sample
