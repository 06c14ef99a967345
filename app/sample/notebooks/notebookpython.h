#pragma once

#include "sample/notebooks/notebookexpression.h"

namespace Sample {

/// What a cell showed.
struct CellOutput
{
    QString text; ///< printed
    std::optional<QueryRows> table = {};
    bool hasPicture = false;
    double seconds = 0; ///< that it sleeps
};

/// A few forms of a notebook's Python: assignments, print, display, show, raise, widgets, imports, and the expressions
/// of evaluated(). Blocks (def, for, if, with) are not among them, and are said not to be.
class NotebookPython
{
public:
    /// names are the variables that there are already.
    NotebookPython(const QJsonObject &parameters, QueryAnswers &answers,
                   const QHash<QString, NotebookValue> &names = {})
        : m_scope{names, parameters, answers}
    {}

    const QHash<QString, NotebookValue> &names() const { return m_scope.names; }

    /// Runs a cell. line says at any time which of its lines is being run, from 1. Throws NotebookError, NotebookExit
    /// and QueryWanted.
    /// Gives what a notebook shows of the cell's last expression; empty where that is a statement.
    QString run(const QString &code, CellOutput &output, qsizetype &line);

private:
    struct Form;
    using Given = QHash<QString, QString>;

    static const QList<Form> &forms();
    /// Gives what a notebook shows of it as of a cell's last expression.
    QString statement(const QString &text, CellOutput &output);
    void import(const QString &text);
    void print(const QString &arguments, CellOutput &output);
    void show(const QString &frame, const QString &arguments, CellOutput &output);
    void display(const QString &expression, CellOutput &output);
    [[noreturn]] void raise(const QString &name, const QString &words);
    void makeWidget(const QString &kind, const QString &arguments);
    void assign(const QString &name, const QString &sign, const QString &value);
    QString expression(const QString &text);
    /// The value of an argument; fallback where it is not given.
    NotebookValue argument(const Given &given, const QString &name, const NotebookValue &fallback);

    NotebookScope m_scope;
};

/// The arguments of a call, "a, f(b, c)", at the commas between them; or what another sign separates.
QStringList separatedArguments(const QString &text, QChar sign = u',');

} // namespace Sample
