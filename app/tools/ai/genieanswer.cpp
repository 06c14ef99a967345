#include "tools/ai/genieanswer.h"

#include "tools/kit/answer.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

#include <QVariant>

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// A query's answer within what is left of the budget, as facts and as a text table.
struct Shown
{
    QJsonObject facts;
    QString text;
};

/// "year = 2026 (INT)": what stands in the SQL as :year.
QString parametersText(const QJsonObject &query)
{
    QStringList words;
    for (const QJsonValue value : query.value("parameters"_L1).toArray()) {
        const QString type = Text::visible(value["sql_type"_L1].toString());
        const QString text = Text::visible(value["keyword"_L1].toString()) + u" = "_s +
                             Text::visible(value["value"_L1].toVariant().toString());
        words.append(type.isEmpty() ? text : QString(text + u" ("_s + type + u')'));
    }
    return words.join(u", "_s);
}

QString thoughtsText(const QJsonObject &query)
{
    constexpr qsizetype Longest = 500;
    QStringList words;
    for (const QJsonValue thought : query.value("thoughts"_L1).toArray())
        words.append(shortened(Text::visible(thought["content"_L1].toString()).simplified(), Longest));
    words.removeAll(QString());
    return words.join(u" / "_s);
}

Shown shownRows(const QJsonObject &statement, bool isCut, qsizetype &budget)
{
    const QJsonObject manifest = statement.value("manifest"_L1).toObject();
    const QJsonArray data = statement.value("result"_L1)["data_array"_L1].toArray();
    QJsonArray columns;
    QStringList headings;
    for (const QJsonValue column : manifest.value("schema"_L1)["columns"_L1].toArray()) {
        const QString name = Text::visible(column["name"_L1].toString());
        headings.append(name);
        columns.append(name);
    }
    const QJsonArray rows = rowsPart(data, 0, std::max<qsizetype>(0, budget), &cleanCells).rows;
    for (const QJsonValue row : rows)
        budget -= jsonBytes(row);
    const qint64 total = std::max<qint64>(manifest.value("total_row_count"_L1).toInteger(), data.size());
    const QString statementId = statement.value("statement_id"_L1).toString();
    Shown shown;
    shown.facts = {
        {"columns"_L1, columns}, {"rows"_L1, rows}, {"total_rows"_L1, total}, {"statement_id"_L1, statementId}};
    shown.text = u"statement_id: %1\ntotal_rows: %2"_s.arg(Text::visible(statementId)).arg(total);
    if (!headings.isEmpty())
        shown.text += u'\n' + dataTable(headings, rows);
    if (rows.size() < total) {
        const QString note =
            u"These are the first %1 of %2 rows; get_statement with statement_id \"%3\" or execute_sql with the SQL gives the others."_s
                .arg(rows.size())
                .arg(total)
                .arg(Text::visible(statementId));
        shown.facts.insert("note"_L1, note);
        shown.text += u'\n' + note;
    }
    if (isCut) {
        const QString note = u"Genie cut the result itself: the query has more rows than these %1."_s.arg(total);
        shown.facts.insert("truncated"_L1, true);
        shown.facts.insert("note"_L1, QString(shown.facts.value("note"_L1).toString() + u' ' + note).trimmed());
        shown.text += u'\n' + note;
    }
    return shown;
}

} // namespace

QJsonObject GenieHandle::facts() const
{
    return {{"space_id"_L1, spaceId}, {"conversation_id"_L1, conversationId}, {"message_id"_L1, messageId}};
}

ToolResult genieAnswer(const GenieHandle &handle, const QJsonArray &attachments, const GenieRows &rows)
{
    QStringList words;
    QStringList said;
    QStringList suggestions;
    QJsonArray queries;
    qsizetype budget = AnswerBytes;
    for (const QJsonValue attachment : attachments) {
        const QString id = attachment["attachment_id"_L1].toString();
        if (const QString text = Text::visible(attachment["text"_L1]["content"_L1].toString()); !text.isEmpty()) {
            said.append(text);
            words.append(text);
        }
        if (const QString chart = Text::visible(attachment["viz"_L1]["title"_L1].toString()); !chart.isEmpty())
            words.append(u"Genie also drew a chart, which is shown in Databricks only: %1"_s.arg(chart));
        for (const QJsonValue question : attachment["suggested_questions"_L1]["questions"_L1].toArray())
            suggestions.append(Text::visible(question.toString()));
        const QJsonObject query = attachment["query"_L1].toObject();
        if (query.isEmpty())
            continue;
        const QString sql = Text::visible(query.value("query"_L1).toString());
        const QString description = Text::visible(query.value("description"_L1).toString());
        QJsonObject facts{{"description"_L1, description}, {"sql"_L1, sql}};
        const QString title = Text::visible(query.value("title"_L1).toString());
        const QString parameters = parametersText(query);
        const QString thoughts = thoughtsText(query);
        addText(facts, u"title"_s, title);
        addText(facts, u"parameters"_s, parameters);
        addText(facts, u"thoughts"_s, thoughts);
        QStringList about{title, description, u"SQL: "_s + sql};
        if (!parameters.isEmpty())
            about.append(u"Parameters: "_s + parameters);
        if (!thoughts.isEmpty())
            about.append(u"Genie's reasoning: "_s + thoughts);
        about.removeAll(QString());
        words.append(about.join(u'\n'));
        if (rows.problems.contains(id)) {
            const QString problem = u"The rows could not be read: %1"_s.arg(rows.problems.value(id));
            facts.insert("note"_L1, problem);
            words.append(problem);
        } else {
            const QJsonObject statement = rows.results.value(id);
            const bool isCut = query.value("query_result_metadata"_L1)["is_truncated"_L1].toBool() ||
                               statement.value("manifest"_L1)["truncated"_L1].toBool();
            const Shown shown = shownRows(statement, isCut, budget);
            for (auto fact = shown.facts.begin(); fact != shown.facts.end(); ++fact)
                facts.insert(fact.key(), *fact);
            words.append(shown.text);
        }
        queries.append(facts);
    }
    if (words.isEmpty())
        words.append(u"Genie gave no answer."_s);
    if (!suggestions.isEmpty())
        words.append(u"Genie suggests to ask: "_s + suggestions.join(u" / "_s));
    Answer answer(u"Genie answered (COMPLETED):"_s);
    answer.facts(handle.facts()).stated(u"status"_s, u"COMPLETED"_s).stated(u"text"_s, said.join(u"\n\n"_s));
    answer.stated(u"suggested_questions"_s, QJsonArray::fromStringList(suggestions));
    answer.objects(u"queries"_s, queries, words.join(u"\n\n"_s));
    answer.next(u"To ask on, give this conversation_id."_s);
    return answer;
}

ToolResult genieStillThinks(const GenieHandle &handle, const QString &status)
{
    Answer answer(u"Genie is still working (%1)."_s.arg(Text::visible(status)));
    answer.stated(u"status"_s, Text::visible(status)).facts(handle.facts());
    answer.next(u"Do not ask again: call ask_genie with these three ids, without a question."_s);
    return answer;
}

ToolResult genieFailed(const QJsonObject &message)
{
    const QJsonObject error = message.value("error"_L1).toObject();
    QString words = Text::visible(error.value("error"_L1).toString());
    if (const QString type = Text::visible(error.value("type"_L1).toString()); !type.isEmpty())
        words += words.isEmpty() ? type : QString(u" ("_s + type + u')');
    const QString status = message.value("status"_L1).toString();
    if (status == "QUERY_RESULT_EXPIRED"_L1)
        return ToolResult::error(u"The rows of this answer are kept no longer. Ask the question again."_s);
    if (status == "CANCELLED"_L1)
        return ToolResult::error(u"The question was cancelled in Genie. %1"_s.arg(words).trimmed());
    return ToolResult::error(
        u"Genie could not answer: %1 Put the question in other words, or write the SQL and use execute_sql."_s.arg(
            words.isEmpty() ? u"it gave no reason."_s : words));
}

Schema genieSchema()
{
    const Schema query = Schema()
                             .text(u"description"_s, {})
                             .text(u"sql"_s, {})
                             .rows(u"columns"_s, {}, Schema().text(u"name"_s, {}).text(u"type"_s, {}))
                             .cells(u"rows"_s, {})
                             .integer(u"total_rows"_s, {})
                             .text(u"statement_id"_s, {})
                             .text(u"note"_s, u"What was left out"_s);
    return Schema()
        .text(u"space_id"_s, {})
        .text(u"conversation_id"_s, {})
        .text(u"message_id"_s, {})
        .text(u"status"_s, u"COMPLETED, or what Genie is doing"_s)
        .text(u"text"_s, u"Genie's words"_s)
        .rows(u"queries"_s, u"The SQL it wrote and the rows"_s, query)
        .texts(u"suggested_questions"_s, {})
        .require({u"space_id"_s, u"conversation_id"_s, u"message_id"_s, u"status"_s});
}

} // namespace Tools
