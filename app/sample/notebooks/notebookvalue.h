#pragma once

#include "sample/notebooks/queryrows.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <variant>

namespace Sample {

/// Rows that are not read yet, but for those of a statement that has run.
struct Frame
{
    QString sql;
    std::optional<QueryRows> rows = {};
};

/// What an import brought: it is there, and nothing is known of it.
struct Imported
{};

/// A value of a notebook's Python: None, a truth, a number, a text, a data frame, a row or rows of one, or a module.
using NotebookValue = std::variant<std::monostate, bool, qint64, double, QString, Frame, QJsonArray, Imported>;

/// As print() shows it; quoted as repr() does.
QString shownValue(const NotebookValue &value, bool quoted = false);

/// An error of the code, or of the sample that does not understand it.
struct NotebookError
{
    QString name;
    QString message;
};

/// nullopt for what is no number.
std::optional<double> numberOf(const NotebookValue &value);
/// A cell of a result as Python sees it.
NotebookValue valueOf(const QJsonValue &cell);
/// sign is one of + - * / %, | for //, or ^ for **. Throws NotebookError: of Python where that would raise one.
NotebookValue calculated(QChar sign, const NotebookValue &left, const NotebookValue &right);

/// NotImplementedError, in words that say whose it is.
NotebookError notUnderstood(const QString &what);

/// dbutils.notebook.exit
struct NotebookExit
{
    QString value;
};

} // namespace Sample
