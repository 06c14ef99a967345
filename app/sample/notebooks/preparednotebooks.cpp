#include "sample/notebooks/preparednotebooks.h"

#include "sample/server/builtin.h"

#include <QCryptographicHash>
#include <QHash>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

QByteArray fingerprint(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256);
}

QHash<QByteArray, QJsonObject> readPrepared()
{
    QHash<QByteArray, QJsonObject> all;
    const QJsonObject lines = builtInJson(u"notebookruns.json"_s);
    for (auto line = lines.begin(); line != lines.end(); ++line)
        all.insert(fingerprint(builtIn("notebooks/"_L1 + line.key())), line->toObject());
    return all;
}

QString filled(QString text, const QList<QueryRows> &queries, const NotebookStart &start)
{
    for (qsizetype i = 0; i < queries.size(); ++i) {
        QStringList quoted;
        for (const QString &cell : queries.at(i).firstColumn())
            quoted.append(u'\'' + cell + u'\'');
        text.replace(u"{%1*}"_s.arg(i), u'[' + quoted.join(", "_L1) + u']');
        text.replace(u"{%1lines}"_s.arg(i), queries.at(i).firstColumn().join(u'\n'));
        text.replace(u"{%1}"_s.arg(i), queries.at(i).first());
    }
    for (auto one = start.parameters.begin(); one != start.parameters.end(); ++one)
        text.replace(u'{' + one.key() + u'}', one->toString());
    return text.replace("{yesterday}"_L1, start.time.toUTC().date().addDays(-1).toString(Qt::ISODate));
}

/// An error as Databricks tells it: the frames are places in the notebook, so what the trace quotes stands there.
PreparedFailure failure(const QJsonObject &kept, const QList<NotebookCell> &cells)
{
    const QString name = kept.value("name"_L1).toString();
    const QString error = name + ": "_L1 + kept.value("message"_L1).toString();
    QString trace = QString(75, u'-') + u'\n' + name +
                    u"Traceback (most recent call last)"_s.rightJustified(75 - name.size()) + u'\n';
    for (const QJsonValue value : kept.value("frames"_L1).toArray()) {
        const QJsonArray frame = value.toArray();
        if (value.isString()) {
            trace += value.toString() + u'\n';
            continue;
        }
        trace += traceLines(cells.value(frame.at(0).toInt()), frame.at(1).toInt(), frame.at(2).toString());
    }
    return {error, trace + error + u'\n'};
}

} // namespace

QJsonObject preparedRun(const NotebookSource &source)
{
    static const QHash<QByteArray, QJsonObject> all = readPrepared();
    return all.value(fingerprint(source.content));
}

void runPrepared(const QJsonObject &kept, const QList<NotebookCell> &cells, const NotebookStart &start,
                 QueryAnswers &answers, CellOutput &output)
{
    QList<QueryRows> queries;
    for (const QJsonValue sql : kept.value("sql"_L1).toArray()) {
        queries.append(answers.next(sql.toString()));
        if (!queries.last().failure.isEmpty())
            throw NotebookError{u"AnalysisException"_s, queries.last().failure};
    }
    if (kept.contains("print"_L1))
        output.text = filled(kept.value("print"_L1).toString(), queries, start) + u'\n';
    if (kept.contains("show"_L1))
        output.table = queries.value(kept.value("show"_L1).toInt());
    output.hasPicture = kept.value("picture"_L1).toBool();
    const QJsonObject fails = kept.value("fails"_L1).toObject();
    if (!fails.isEmpty() && start.attempt < fails.value("attempts"_L1).toInt(1'000'000))
        throw failure(fails, cells);
    if (kept.contains("exit"_L1))
        throw NotebookExit{filled(kept.value("exit"_L1).toString(), queries, start)};
}

} // namespace Sample
