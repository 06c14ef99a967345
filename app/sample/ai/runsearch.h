#pragma once

#include <QJsonArray>
#include <QJsonValue>
#include <QString>

namespace Sample {

/// The runs of MLflow that a filter lets through: comparisons joined by AND
/// (https://mlflow.org/docs/latest/search-runs). What a run does not have matches no comparison. Throws ApiRefusal
/// (INVALID_PARAMETER_VALUE) for what is no filter.
QJsonArray filteredRuns(const QJsonArray &runs, const QString &filter);

/// The runs in the order of these clauses, "metrics.rmse DESC", and in the order they came in where those say nothing.
/// What a run does not have comes last either way. Throws as filteredRuns does.
QJsonArray orderedRuns(const QJsonArray &runs, const QJsonValue &clauses);

} // namespace Sample
