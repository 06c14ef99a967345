#include "sample/notebooks/notebookcalls.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <cmath>
#include <functional>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Value = NotebookValue;

constexpr qint64 LongestRange = 1'000'000;

using Given = QHash<QString, Value>;

/// A function that is known, its parameters by Python's names for them, and how many it must be given.
struct Function
{
    QStringList parameters;
    qsizetype least;
    std::function<Value(const Given &, NotebookScope &)> call;
};

/// The first parameter of most functions, as a text.
QString textOf(const Given &given, const QString &name)
{
    return shownValue(given.value(name));
}

Value wholeNumber(const Given &given, NotebookScope &)
{
    const Value value = given.value(u"x"_s);
    if (const auto number = numberOf(value))
        return qint64(*number);
    bool isNumber = false;
    const qint64 whole = shownValue(value).trimmed().toLongLong(&isNumber);
    if (!isNumber)
        throw NotebookError{u"ValueError"_s,
                            u"invalid literal for int() with base 10: %1"_s.arg(shownValue(value, true))};
    return whole;
}

Value floatingNumber(const Given &given, NotebookScope &)
{
    const Value value = given.value(u"x"_s);
    bool isNumber = true;
    const double number = numberOf(value) ? *numberOf(value) : shownValue(value).trimmed().toDouble(&isNumber);
    if (!isNumber)
        throw NotebookError{u"ValueError"_s, u"could not convert string to float: %1"_s.arg(shownValue(value, true))};
    return number;
}

Value rounded(const Given &given, NotebookScope &)
{
    const auto number = numberOf(given.value(u"number"_s));
    if (!number)
        throw notUnderstood(u"round(…)"_s);
    const double factor = std::pow(10, numberOf(given.value(u"ndigits"_s)).value_or(0));
    const double result = std::round(*number * factor) / factor;
    return numberOf(given.value(u"ndigits"_s)) ? Value(result) : Value(qint64(result));
}

Value length(const Given &given, NotebookScope &)
{
    const Value value = given.value(u"obj"_s);
    if (const auto *items = std::get_if<QJsonArray>(&value))
        return qint64(items->size());
    if (const auto *text = std::get_if<QString>(&value))
        return qint64(text->size());
    throw notUnderstood(u"len(…)"_s);
}

Value widget(const Given &given, NotebookScope &scope)
{
    const QString name = textOf(given, u"name"_s);
    if (!scope.parameters.contains(name))
        throw NotebookError{u"InputWidgetNotDefined"_s, u"No input widget named %1 is defined"_s.arg(name)};
    return scope.parameters.value(name).toString();
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

Value table(const Given &given, NotebookScope &)
{
    return Frame{u"SELECT * FROM "_s + textOf(given, u"tableName"_s)};
}

const QHash<QString, Function> &functions()
{
    static const QHash<QString, Function> all{
        {u"spark.sql"_s,
         {{u"sqlQuery"_s},
          1,
          [](const Given &given, NotebookScope &scope) { return sqlFrame(textOf(given, u"sqlQuery"_s), scope); }}},
        {u"spark.table"_s, {{u"tableName"_s}, 1, &table}},
        {u"spark.read.table"_s, {{u"tableName"_s}, 1, &table}},
        {u"spark.range"_s,
         {{u"start"_s},
          1,
          [](const Given &given, NotebookScope &) {
              const qint64 count = textOf(given, u"start"_s).toLongLong();
              return Value(Frame{u"SELECT id FROM range(%1)"_s.arg(qMin<qint64>(count, LongestRange))});
          }}},
        {u"dbutils.widgets.get"_s, {{u"name"_s}, 1, &widget}},
        {u"dbutils.notebook.exit"_s,
         {{u"value"_s},
          1,
          [](const Given &given, NotebookScope &) -> Value { throw NotebookExit{textOf(given, u"value"_s)}; }}},
        {u"str"_s,
         {{u"object"_s},
          0,
          [](const Given &given, NotebookScope &) {
              return Value(given.isEmpty() ? QString() : textOf(given, u"object"_s));
          }}},
        {u"int"_s, {{u"x"_s}, 1, &wholeNumber}},
        {u"float"_s, {{u"x"_s}, 1, &floatingNumber}},
        {u"round"_s, {{u"number"_s, u"ndigits"_s}, 1, &rounded}},
        {u"len"_s, {{u"obj"_s}, 1, &length}},
    };
    return all;
}

/// Without its rows.
Value limited(const Frame &frame, const Given &given)
{
    const Value most = given.value(u"num"_s);
    const auto *count = std::get_if<qint64>(&most);
    if (!count || frame.rows)
        throw notUnderstood(u"limit(…)"_s);
    return Frame{u"SELECT * FROM (%1) LIMIT %2"_s.arg(frame.sql).arg(*count)};
}

Value counted(const Frame &frame, NotebookScope &scope)
{
    if (frame.rows)
        return qint64(frame.rows->rows.size());
    return valueOf(rowsOf({u"SELECT count(*) FROM (%1)"_s.arg(frame.sql)}, scope).first());
}

/// A method of a data frame.
struct Method
{
    QStringList parameters;
    Value (*call)(const Frame &, const Given &, NotebookScope &);
};

const QHash<QString, Method> &frameMethods()
{
    const auto itself = [](const Frame &frame, const Given &, NotebookScope &) { return Value(frame); };
    static const QHash<QString, Method> all{
        {u"count"_s,
         {{}, [](const Frame &frame, const Given &, NotebookScope &scope) { return counted(frame, scope); }}},
        {u"limit"_s,
         {{u"num"_s}, [](const Frame &frame, const Given &given, NotebookScope &) { return limited(frame, given); }}},
        {u"collect"_s,
         {{},
          [](const Frame &frame, const Given &, NotebookScope &scope) { return Value(rowsOf(frame, scope).rows); }}},
        {u"first"_s,
         {{},
          [](const Frame &frame, const Given &, NotebookScope &scope) {
              return valueOf(rowsOf(frame, scope).rows.at(0));
          }}},
        {u"cache"_s, {{}, itself}},
        {u"toPandas"_s, {{}, itself}},
    };
    return all;
}

} // namespace

NotebookValue notebookMethod(const NotebookValue &value, const QString &name,
                             const NotebookArguments<NotebookValue> &given, NotebookScope &scope)
{
    if (const auto *frame = std::get_if<Frame>(&value); frame && frameMethods().contains(name)) {
        const Method &method = frameMethods()[name];
        return method.call(*frame, given.by(name, method.parameters), scope);
    }
    if (const auto *text = std::get_if<QString>(&value); text && given.inOrder.isEmpty() && given.named.isEmpty()) {
        if (name == "upper"_L1)
            return text->toUpper();
        if (name == "lower"_L1)
            return text->toLower();
        if (name == "strip"_L1)
            return text->trimmed();
    }
    throw notUnderstood(name + u"(…)"_s);
}

NotebookValue notebookCall(const QString &name, const NotebookArguments<NotebookValue> &given, NotebookScope &scope)
{
    const auto function = functions().constFind(name);
    if (function == functions().cend())
        throw notUnderstood(name + u"(…)"_s);
    const Given arguments = given.by(name, function->parameters);
    if (arguments.size() < function->least)
        throw notUnderstood(name + u"()"_s);
    return function->call(arguments, scope);
}

} // namespace Sample
