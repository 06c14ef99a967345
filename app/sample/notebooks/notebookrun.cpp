#include "sample/notebooks/notebookrun.h"

#include "sample/notebooks/preparednotebooks.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// The training loss of a notebook that trains is 2 / (1 + epoch / 40), the validation's is like it.
double validationLoss(int epoch)
{
    return 2.1 / (1.0 + epoch / 42.0);
}

/// How many epochs a notebook trains whose log is made of them; 0 for others.
int epochsOf(const QJsonObject &kept, const NotebookStart &start)
{
    constexpr int Most = 100'000;
    const bool isTraining = kept.value("logs_epochs"_L1).toBool();
    return isTraining ? std::clamp(start.parameters.value("epochs"_L1).toString().toInt(), 0, Most) : 0;
}

/// The parameters, and those that the notebook was not given but has defaults for.
NotebookStart complete(NotebookStart start, const QJsonObject &kept)
{
    const QJsonObject widgets = kept.value("widgets"_L1).toObject();
    for (auto one = widgets.begin(); one != widgets.end(); ++one) {
        if (!start.parameters.contains(one.key()))
            start.parameters.insert(one.key(), one.value());
    }
    if (const int epochs = epochsOf(kept, start); epochs > 0)
        start.parameters.insert(u"validation_loss"_s, QString::number(validationLoss(epochs), 'f', 3));
    return start;
}

void runSql(const NotebookCell &cell, QueryAnswers &answers, CellOutput &output)
{
    QString sql;
    for (const QString &line : cell.code.split(u'\n')) {
        if (!line.trimmed().startsWith("--"_L1))
            sql += line + u'\n';
    }
    sql = sql.trimmed();
    if (sql.isEmpty())
        return;
    const QueryRows rows = answers.next(sql);
    if (!rows.failure.isEmpty())
        throw NotebookError{u"AnalysisException"_s, rows.failure};
    output.table = rows;
}

/// Runs one notebook; what all of its cells share.
class Running
{
public:
    Running(const NotebookSource &source, const NotebookStart &start, const QList<QueryRows> &known)
        : m_kept(preparedRun(source))
        , m_start(complete(start, m_kept))
        , m_isScript(source.isScript)
        , m_cells(cellsOf(source))
        , m_answers(known)
        , m_python(m_start.parameters, m_answers)
    {}

    NotebookRun run()
    {
        NotebookRun run;
        run.losesDriver = m_kept.value("loses_driver"_L1).toBool();
        for (const NotebookCell &cell : m_cells)
            run.cells.append(CellRun{.cell = cell});
        for (qsizetype i = 0; i < run.cells.size() && !run.exit && run.error.isEmpty() && run.wanted.isEmpty(); ++i)
            runCell(run, i);
        return run;
    }

private:
    void runCell(NotebookRun &run, qsizetype index)
    {
        CellRun &cell = run.cells[index];
        qsizetype line = 1;
        cell.isDone = true;
        try {
            if (m_kept.contains("cells"_L1))
                runPrepared(m_kept.value("cells"_L1)[index].toObject(), m_cells, m_start, m_answers, cell.output);
            else
                interpret(cell, line);
        } catch (const NotebookExit &exit) {
            run.exit = exit.value;
        } catch (const QueryWanted &query) {
            run.wanted = query.sql;
        } catch (const PreparedFailure &failure) {
            cell.error = failure.error;
            cell.trace = failure.trace;
        } catch (const NotebookError &error) {
            cell.error = error.name + (error.message.isEmpty() ? QString() : QString(": "_L1 + error.message));
            cell.trace = traceLines(cell.cell, line, {}) + cell.error + u'\n';
        }
        run.error = cell.error;
        run.trace = cell.trace;
    }

    void interpret(CellRun &cell, qsizetype &line)
    {
        static const QSet<QString> silent{u"MD"_s, u"MD-SANDBOX"_s, u"RUN"_s, u"PIP"_s};
        const QString language = cell.cell.language;
        if (silent.contains(language) || cell.cell.code.trimmed().isEmpty())
            return;
        if (language == "SQL"_L1)
            return runSql(cell.cell, m_answers, cell.output);
        if (language != "PYTHON"_L1)
            throw notUnderstood(language.toLower());
        const QString shown = m_python.run(cell.cell.code, cell.output, line);
        cell.output.text += m_isScript ? QString() : shown;
    }

    const QJsonObject m_kept;
    const NotebookStart m_start;
    const bool m_isScript;
    const QList<NotebookCell> m_cells;
    QueryAnswers m_answers;
    NotebookPython m_python;
};

QString epochs(int count)
{
    QString log;
    for (int i = 1; i <= count; ++i)
        log += u"epoch %1/%2  train_loss=%3  validation_loss=%4\n"_s.arg(i)
                   .arg(count)
                   .arg(2.0 / (1.0 + i / 40.0), 0, 'f', 6)
                   .arg(validationLoss(i), 0, 'f', 6);
    return log;
}

/// Whether a notebook's code writes tables or files, which what is kept of its run does not do.
bool writes(const NotebookSource &source)
{
    static const QRegularExpression form(
        u"\\b(MERGE\\s+INTO|INSERT\\s+(INTO|OVERWRITE)|COPY\\s+INTO|saveAsTable|insertInto|dbutils\\.fs\\.put)\\b"_s);
    return form.match(QString::fromUtf8(source.content)).hasMatch();
}

} // namespace

QString NotebookRun::printed() const
{
    QString text;
    for (const CellRun &one : cells)
        text += one.output.text;
    return text;
}

NotebookRun runNotebook(const NotebookSource &source, const NotebookStart &start, const QList<QueryRows> &known)
{
    NotebookRun run = Running(source, start, known).run();
    const QJsonObject kept = preparedRun(source);
    run.logs = source.isScript ? run.printed() : epochs(epochsOf(kept, complete(start, kept)));
    // A reader of the result would look for what was written.
    if (run.exit && kept.contains("cells"_L1) && writes(source))
        run.exit = *run.exit + u" (The sample workspace has this result prepared; nothing was written.)"_s;
    return run;
}

QVariantMap queryParameters(const NotebookSource &source, const NotebookStart &start)
{
    return complete(start, preparedRun(source)).parameters.toVariantMap();
}

} // namespace Sample
