#include "sample/sql/expressions/sqlvalue.h"

#include "sample/sql/translation/sqltokens.h"

using namespace Qt::StringLiterals;

namespace Sample {

SqlValue computed(const QString &sql, const QString &type, const QList<SqlValue> &of)
{
    SqlValue value{sql, type};
    for (const SqlValue &part : of) {
        value.aggregates |= part.aggregates;
        value.windows |= part.windows;
        value.columns += part.columns;
    }
    for (QStringList &column : value.columns)
        column.append(sql);
    return value;
}

SqlValue columnValue(const QString &sql, const QString &type)
{
    SqlValue value{sql, type};
    value.columns.append(QStringList{sql});
    return value;
}

SqlValue textValue(const QString &text)
{
    return {inSqlite({SqlToken::Kind::Text, text}), u"string"_s, text, true};
}

SqlValue numberValue(const QString &digits, const QString &type)
{
    return {digits, type, digits, true};
}

SqlValue nothing()
{
    return {u"NULL"_s, u"void"_s};
}

SqlValue chained(const SqlValue &a, const QString &sign, const SqlValue &b, const QString &type)
{
    const QString kind = sign == "-"_L1 ? u"+"_s : sign;
    const QString chain = (a.chainedBy == kind ? a.chain : a.sql) + u' ' + sign + u' ' + b.sql;
    SqlValue value = computed(u'(' + chain + u')', type, {a, b});
    value.chain = chain;
    value.chainedBy = kind;
    return value;
}

Operand operandOf(const SqlValue &value)
{
    Digits digits = digitsOf(value.type);
    if (value.isLiteral && familyOf(value) == TypeFamily::Whole)
        digits.precision = static_cast<int>(QString(value.literal).remove(u'-').size());
    return {value.type, digits};
}

QString filled(const QString &form, const QStringList &values)
{
    QString sql;
    for (qsizetype i = 0; i < form.size(); ++i) {
        const bool isPlace = form.at(i) == u'$' && i + 1 < form.size() && form.at(i + 1).isDigit();
        sql += isPlace ? values.value(form.at(i + 1).digitValue() - 1) : QString(form.at(i));
        i += isPlace ? 1 : 0;
    }
    return sql;
}

QString filled(const QString &form, const QList<SqlValue> &values)
{
    QStringList parts;
    for (const SqlValue &value : values)
        parts.append(value.sql);
    return filled(form, parts);
}

} // namespace Sample
