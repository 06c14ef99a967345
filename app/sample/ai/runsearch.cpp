#include "sample/ai/runsearch.h"

#include "sample/server/apianswers.h"

#include <QHash>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// What the comparison says of two values: less, same or more.
using Comparison = bool (*)(int);

const QHash<QString, Comparison> &comparisons()
{
    static const QHash<QString, Comparison> all{
        {u"="_s, [](int sign) { return sign == 0; }}, {u"!="_s, [](int sign) { return sign != 0; }},
        {u"<"_s, [](int sign) { return sign < 0; }},  {u"<="_s, [](int sign) { return sign <= 0; }},
        {u">"_s, [](int sign) { return sign > 0; }},  {u">="_s, [](int sign) { return sign >= 0; }}};
    return all;
}

/// MLflow's words for where a value of a run stands.
const QHash<QString, QString> &places()
{
    static const QHash<QString, QString> all{{u"metrics"_s, u"metrics"_s},
                                             {u"metric"_s, u"metrics"_s},
                                             {u"params"_s, u"params"_s},
                                             {u"param"_s, u"params"_s},
                                             {u"parameters"_s, u"params"_s},
                                             {u"parameter"_s, u"params"_s},
                                             {u"tags"_s, u"tags"_s},
                                             {u"tag"_s, u"tags"_s},
                                             {u"attributes"_s, u"attributes"_s},
                                             {u"attribute"_s, u"attributes"_s},
                                             {u"attr"_s, u"attributes"_s},
                                             {u"run"_s, u"attributes"_s}};
    return all;
}

/// The attributes of a run, and the member of its info that says each.
const QHash<QString, QString> &attributes()
{
    static const QHash<QString, QString> all{{u"run_id"_s, u"run_id"_s},
                                             {u"run_name"_s, u"run_name"_s},
                                             {u"status"_s, u"status"_s},
                                             {u"user_id"_s, u"user_id"_s},
                                             {u"start_time"_s, u"start_time"_s},
                                             {u"end_time"_s, u"end_time"_s},
                                             {u"artifact_uri"_s, u"artifact_uri"_s},
                                             {u"created"_s, u"start_time"_s},
                                             {u"Created"_s, u"start_time"_s}};
    return all;
}

/// A value of a run by its name, "metrics.rmse".
struct Field
{
    QString place; ///< metrics, params, tags or attributes
    QString key;

    bool isNumber() const { return place == "metrics"_L1 || (place == "attributes"_L1 && key.endsWith("_time"_L1)); }
    QJsonValue of(const QJsonValue &run) const
    {
        if (place == "attributes"_L1)
            return run["info"_L1][key];
        for (const QJsonValue one : run["data"_L1][place].toArray()) {
            if (one["key"_L1] == key)
                return one["value"_L1];
        }
        return QJsonValue::Undefined;
    }
};

ApiRefusal refused(const QString &what)
{
    return ApiRefusal::invalidParameter(what);
}

/// A name without a place is an attribute; a key with signs in it stands in backticks or quotes.
Field fieldOf(const QString &name)
{
    const qsizetype point = name.indexOf(u'.');
    const QString word = point < 0 ? u"attributes"_s : name.left(point);
    QString key = name.mid(point + 1);
    if (key.size() > 1 && (key.startsWith(u'`') || key.startsWith(u'"')))
        key = key.sliced(1).chopped(1);
    const QString place = places().value(word);
    if (place.isEmpty())
        throw refused(
            u"Invalid entity type '%1'. Valid values are ['metrics', 'params', 'tags', 'attributes']"_s.arg(word));
    if (place != "attributes"_L1)
        return {place, key};
    if (!attributes().contains(key)) {
        QStringList valid = attributes().values();
        valid.removeDuplicates();
        valid.sort();
        throw refused(u"Invalid attribute key '%1' specified. Valid keys are %2"_s.arg(key, valid.join(", "_L1)));
    }
    return {place, attributes().value(key)};
}

int signOf(const QJsonValue &left, const QJsonValue &right)
{
    if (left.isDouble() && right.isDouble())
        return left.toDouble() < right.toDouble() ? -1 : left.toDouble() > right.toDouble() ? 1 : 0;
    return QString::compare(left.toString(), right.toString());
}

/// One comparison of a filter.
struct Clause
{
    Field field;
    QString sign;
    QJsonValue value;
    QRegularExpression pattern; ///< of LIKE and ILIKE

    bool lets(const QJsonValue &run) const
    {
        const QJsonValue has = field.of(run);
        if (has.isUndefined() || has.isNull())
            return false;
        if (const auto compared = comparisons().value(sign))
            return compared(signOf(has, value));
        return pattern.match(has.toString()).hasMatch();
    }
};

/// % stands for anything, _ for a character.
QRegularExpression likePattern(const QString &text, bool anyCase)
{
    QString form = QRegularExpression::escape(text);
    form.replace("\\%"_L1, ".*"_L1).replace(u'%', ".*"_L1).replace("\\_"_L1, "."_L1).replace(u'_', u'.');
    return QRegularExpression(
        QRegularExpression::anchoredPattern(form),
        QRegularExpression::DotMatchesEverythingOption |
            (anyCase ? QRegularExpression::CaseInsensitiveOption : QRegularExpression::NoPatternOption));
}

Clause clauseOf(const QString &name, const QString &sign, const QString &value)
{
    Clause clause{fieldOf(name), sign.toUpper(), {}, {}};
    const bool isText = value.startsWith(u'\'') || value.startsWith(u'"');
    const bool isLike = !comparisons().contains(clause.sign);
    const bool isOrder = !isLike && clause.sign != "="_L1 && clause.sign != "!="_L1;
    if (clause.field.isNumber() ? isLike : isOrder)
        throw refused(u"Invalid comparator for %1: '%2'"_s.arg(name, clause.sign));
    if (clause.field.isNumber() && isText)
        throw refused(u"Expected numeric value type for %1. Found %2"_s.arg(name, value));
    if (!clause.field.isNumber() && !isText)
        throw refused(u"Expected a quoted string value for %1 (e.g. 'my-value'). Got value %2"_s.arg(name, value));
    const QString text = isText ? value.sliced(1).chopped(1) : value;
    clause.value = isText ? QJsonValue(text) : QJsonValue(value.toDouble());
    if (isLike)
        clause.pattern = likePattern(text, clause.sign == "ILIKE"_L1);
    return clause;
}

QList<Clause> clausesOf(const QString &filter)
{
    static const QRegularExpression form(
        uR"(\s*((?:\w+\.)?(?:`[^`]+`|"[^"]+"|[\w.]+))\s*(!=|<=|>=|=|<|>|\bI?LIKE\b)\s*('[^']*'|"[^"]*"|[-+]?\d*\.?\d+(?:e[-+]?\d+)?)\s*(\bAND\b|$))"_s,
        QRegularExpression::CaseInsensitiveOption);
    QList<Clause> clauses;
    QString joined = u"AND"_s;
    for (qsizetype at = 0; !joined.isEmpty();) {
        const auto match =
            form.match(filter, at, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            throw refused(u"Invalid clause(s) in filter string: '%1'. The sample workspace reads comparisons (=, !=, "
                          "<, <=, >, >=, LIKE, ILIKE) of metrics, params, tags and attributes, joined by AND."_s.arg(
                              filter.sliced(at).trimmed()));
        clauses.append(clauseOf(match.captured(1), match.captured(2), match.captured(3)));
        joined = match.captured(4);
        at = match.capturedEnd();
    }
    return clauses;
}

struct Order
{
    Field field;
    bool isDescending = false;
};

Order orderOf(const QString &clause)
{
    static const QRegularExpression form(uR"(^\s*((?:\w+\.)?(?:`[^`]+`|"[^"]+"|[\w.]+))(?:\s+(ASC|DESC))?\s*$)"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(clause);
    if (!match.hasMatch())
        throw refused(u"Invalid order_by clause '%1'. Could not be parsed."_s.arg(clause));
    return {fieldOf(match.captured(1)), match.captured(2).toUpper() == "DESC"_L1};
}

/// Negative where left comes first.
int placed(const QList<Order> &orders, const QJsonValue &left, const QJsonValue &right)
{
    for (const Order &order : orders) {
        const QJsonValue a = order.field.of(left);
        const QJsonValue b = order.field.of(right);
        const bool hasA = !a.isUndefined() && !a.isNull();
        const bool hasB = !b.isUndefined() && !b.isNull();
        if (hasA != hasB)
            return hasA ? -1 : 1;
        if (const int sign = hasA ? signOf(a, b) : 0; sign != 0)
            return order.isDescending ? -sign : sign;
    }
    return 0;
}

} // namespace

QJsonArray filteredRuns(const QJsonArray &runs, const QString &filter)
{
    if (filter.trimmed().isEmpty())
        return runs;
    const QList<Clause> clauses = clausesOf(filter);
    QJsonArray found;
    for (const QJsonValue run : runs) {
        if (std::all_of(clauses.begin(), clauses.end(), [&](const Clause &clause) { return clause.lets(run); }))
            found.append(run);
    }
    return found;
}

QJsonArray orderedRuns(const QJsonArray &runs, const QJsonValue &clauses)
{
    if (!clauses.isUndefined() && !clauses.isNull() && !clauses.isArray())
        throw refused(u"Invalid value for order_by: expected a list of texts."_s);
    QList<Order> orders;
    for (const QJsonValue clause : clauses.toArray())
        orders.append(orderOf(clause.toString()));
    QList<QJsonValue> sorted(runs.begin(), runs.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const QJsonValue &left, const QJsonValue &right) { return placed(orders, left, right) < 0; });
    QJsonArray all;
    for (const QJsonValue &run : std::as_const(sorted))
        all.append(run);
    return all;
}

} // namespace Sample
