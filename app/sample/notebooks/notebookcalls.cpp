#include "sample/notebooks/notebookcalls.h"

#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Value = NotebookValue;

constexpr qint64 LongestRange = 1'000'000;

Value converted(const QString &name, const Value &value)
{
    bool isNumber = true;
    const double number = numberOf(value) ? *numberOf(value) : shownValue(value).toDouble(&isNumber);
    if (!isNumber)
        throw NotebookError{u"ValueError"_s, u"could not convert to %1: %2"_s.arg(name, shownValue(value, true))};
    return name == "int"_L1 ? Value(qint64(number)) : Value(number);
}

/// A statement that is no query runs at once.
Value sqlFrame(const QString &sql, NotebookScope &scope)
{
    static const QRegularExpression query(u"^\\s*(select|with|values|table|show|describe)\\b"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    Frame frame{sql.trimmed()};
    if (!query.match(sql).hasMatch())
        frame.rows = rowsOf(frame, scope);
    return frame;
}

} // namespace

NotebookValue notebookMethod(const NotebookValue &value, const QString &name, const QList<NotebookValue> &given,
                             NotebookScope &scope)
{
    if (const auto *frame = std::get_if<Frame>(&value)) {
        const qint64 *count = given.isEmpty() ? nullptr : std::get_if<qint64>(&given.first());
        if (name == "count"_L1 && !frame->rows)
            return valueOf(rowsOf({u"SELECT count(*) FROM (%1)"_s.arg(frame->sql)}, scope).first());
        if (name == "count"_L1)
            return qint64(frame->rows->rows.size());
        if (name == "limit"_L1 && count && !frame->rows)
            return Frame{u"SELECT * FROM (%1) LIMIT %2"_s.arg(frame->sql).arg(*count)};
        if (name == "collect"_L1)
            return rowsOf(*frame, scope).rows;
        if (name == "first"_L1)
            return valueOf(rowsOf(*frame, scope).rows.at(0));
        if (name == "cache"_L1 || name == "toPandas"_L1)
            return value;
    }
    if (const auto *text = std::get_if<QString>(&value); text && given.isEmpty()) {
        if (name == "upper"_L1)
            return text->toUpper();
        if (name == "lower"_L1)
            return text->toLower();
        if (name == "strip"_L1)
            return text->trimmed();
    }
    throw notUnderstood(name + u"(…)"_s);
}

NotebookValue notebookCall(const QString &name, const QList<NotebookValue> &given, NotebookScope &scope)
{
    const QString text = given.isEmpty() ? QString() : shownValue(given.first());
    const bool one = given.size() == 1;
    if (name == "spark.sql"_L1 && one)
        return sqlFrame(text, scope);
    if ((name == "spark.table"_L1 || name == "spark.read.table"_L1) && one)
        return Frame{u"SELECT * FROM "_s + text};
    if (name == "spark.range"_L1 && one)
        return Frame{u"SELECT id FROM range(%1)"_s.arg(qMin<qint64>(text.toLongLong(), LongestRange))};
    if (name == "dbutils.widgets.get"_L1 && one) {
        if (!scope.parameters.contains(text))
            throw NotebookError{u"InputWidgetNotDefined"_s, u"No input widget named %1 is defined"_s.arg(text)};
        return scope.parameters.value(text).toString();
    }
    if (name == "dbutils.notebook.exit"_L1 && one)
        throw NotebookExit{text};
    if (name == "str"_L1 && one)
        return text;
    if (name == "len"_L1 && one && std::holds_alternative<QJsonArray>(given.first()))
        return qint64(std::get<QJsonArray>(given.first()).size());
    if ((name == "int"_L1 || name == "float"_L1) && one)
        return converted(name, given.first());
    if (name == "round"_L1 && !given.isEmpty() && numberOf(given.first())) {
        const double factor = std::pow(10, given.size() > 1 ? numberOf(given.at(1)).value_or(0) : 0);
        const double rounded = std::round(*numberOf(given.first()) * factor) / factor;
        return given.size() > 1 ? Value(rounded) : Value(qint64(rounded));
    }
    throw notUnderstood(name + u"(…)"_s);
}

} // namespace Sample
