#include "tools/host/prompts.h"

#include "tools/host/completions.h"

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// A prompt: its arguments, and a text in which {name} stands for one of them.
struct Row
{
    QString name;
    QString title;
    QString description;
    QList<Mcp::PromptArgument> arguments;
    QString text;
};

Mcp::PromptArgument argument(const QString &name, const QString &description, bool required = true)
{
    Mcp::PromptArgument argument;
    argument.name = name;
    argument.description = description;
    argument.required = required;
    return argument;
}

const QList<Row> &rows()
{
    static const QList<Row> table{
        {u"diagnose_failed_run"_s,
         u"Diagnose a failed run"_s,
         u"Finds out why a job run failed, and what to change."_s,
         {argument(u"run_id"_s, u"Id of the run"_s)},
         u"Find out why the Databricks job run {run_id} failed. Call diagnose_job_run first. Read the notebooks of the "
         u"failed "
         "tasks with read_notebook where the error points into one. Say which task failed, quote the error, explain "
         "its "
         "cause, and propose the smallest change that mends it. Change nothing yet."_s},
        {u"explore_catalog"_s,
         u"Explore a catalog"_s,
         u"Maps what a catalog holds and how its tables relate."_s,
         {argument(u"catalog"_s, u"Name of the catalog"_s)},
         u"Explore the Unity Catalog catalog {catalog}: list its schemas and their tables, look at the columns of "
         u"those "
         "that seem central, and sum up what the data is about, how the tables join, and what one could ask of them."_s},
        {u"review_running_compute"_s,
         u"Review running compute"_s,
         u"Looks for clusters and warehouses that run for nothing."_s,
         {},
         u"List the clusters and SQL warehouses that are running now. For each say who made it, since when it runs, "
         u"its "
         "size, and whether it stops by itself. Name those that look idle or larger than they need be. Stop nothing; "
         "ask "
         "me first."_s},
        {u"write_query"_s,
         u"Write a query"_s,
         u"Writes and tries a SQL query that answers a question."_s,
         // One argument of free text: some clients split what is typed at its blanks.
         {argument(u"question"_s, u"What the query shall answer, and which tables to use if you know"_s)},
         u"Write a Databricks SQL query that answers: {question}\nFind tables with search_tables where none are named, "
         "look at their columns with describe_tables, try the query with query_sql and a small row_limit, and show the "
         "query with a short explanation of the result."_s},
    };
    return table;
}

QCoro::Task<Mcp::PromptResult> fill(const Row *row, Mcp::PromptRequest request)
{
    QString text = row->text;
    for (const Mcp::PromptArgument &argument : row->arguments) {
        const QString value = request.arguments.value(argument.name);
        text.replace(u"{%1}"_s.arg(argument.name), value.isEmpty() ? u"(not named)"_s : value);
    }
    const QList<Mcp::PromptMessage> messages{Mcp::PromptMessage::text(text)};
    co_return Mcp::PromptResult(messages, row->description);
}

QCoro::Task<Mcp::Completion> nothing()
{
    co_return Mcp::Completion();
}

} // namespace

QList<Mcp::RegisteredPrompt> prompts(QPointer<Calls::CallLog> log, std::shared_ptr<const Session> session)
{
    QList<Mcp::RegisteredPrompt> offered;
    for (const Row &row : rows()) {
        Mcp::RegisteredPrompt prompt;
        prompt.description = {
            .name = row.name, .title = row.title, .description = row.description, .arguments = row.arguments};
        prompt.get = [row = &row](const Mcp::PromptRequest &request) { return fill(row, request); };
        if (!row.arguments.isEmpty()) {
            QMap<QString, Mcp::Completer> completers;
            for (const Mcp::PromptArgument &argument : row.arguments) {
                if (const Mcp::Completer found = completer(argument.name, log, session))
                    completers.insert(argument.name, found);
            }
            if (!completers.isEmpty())
                prompt.complete = [completers](const Mcp::CompletionRequest &request) -> QCoro::Task<Mcp::Completion> {
                    const Mcp::Completer found = completers.value(request.query.argument);
                    return found ? found(request) : nothing();
                };
        }
        offered.append(prompt);
    }
    return offered;
}

} // namespace Tools
