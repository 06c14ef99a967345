#include "sample/compute/commands.h"

#include "sample/compute/clusterfleet.h"
#include "sample/compute/toypython.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"
#include "sample/sql/sqlengine.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>
#include <map>
#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

struct Command
{
    QString contextId;
    QString code;
    QList<QueryRows> known; ///< the answers to its queries so far
    bool isAsking = false;  ///< a query of it is not answered yet
    QJsonObject results;
    qint64 starts = 0;
    qint64 ends = 0;
    bool cancelled = false;
};

struct Context
{
    QString clusterId;
    QString language;
    qint64 clusterStarted = 0; ///< a restart ends every context
    qint64 runsFrom = 0;
    qint64 busyUntil = 0;
    ToyPython python;
};

/// This API answers with {"error": …} alone.
class Refused
{
public:
    Refused(int status, const QString &words)
        : reply(answer({{u"error"_s, words}}))
    {
        reply.status = status;
    }
    Http::Reply reply;
};

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

class CommandBook : public std::enable_shared_from_this<CommandBook>
{
public:
    CommandBook(const ClusterFleet &fleet, SqlEngine &engine, Tempo tempo)
        : m_fleet(fleet)
        , m_engine(engine)
        , m_tempo(tempo)
    {}

    QJsonObject create(const QJsonObject &body)
    {
        const QString cluster = runningCluster(requiredText(body, u"clusterId"_s));
        Context context;
        context.clusterId = cluster;
        context.language =
            word(requiredText(body, u"language"_s), u"language"_s, {u"python"_s, u"sql"_s, u"scala"_s, u"r"_s});
        context.clusterStarted = started(cluster);
        context.runsFrom = now() + m_tempo.step.count() / 10;
        const QString id = QString::number(8'000'000'000'000'000'000 + ++m_made);
        m_contexts.emplace(id, context);
        return {{u"id"_s, id}};
    }

    QJsonObject contextStatus(const QUrlQuery &query)
    {
        const QString id = requiredText(query, u"contextId"_s);
        const Context &context = existing(requiredText(query, u"clusterId"_s), id);
        return {{u"id"_s, id}, {u"status"_s, now() < context.runsFrom ? u"Pending"_s : u"Running"_s}};
    }

    QJsonObject destroy(const QJsonObject &body)
    {
        const QString id = requiredText(body, u"contextId"_s);
        existing(requiredText(body, u"clusterId"_s), id);
        m_contexts.erase(id);
        return {{u"id"_s, id}};
    }

    QJsonObject execute(const QJsonObject &body)
    {
        const QString id = requiredText(body, u"contextId"_s);
        Context &context = existing(requiredText(body, u"clusterId"_s), id);
        Command command;
        command.contextId = id;
        command.code = requiredText(body, u"command"_s);
        command.starts = std::max({now(), context.runsFrom, context.busyUntil});
        const QString commandId = QString::number(++m_made, 16).rightJustified(32, u'c');
        m_commands.emplace(commandId, command);
        goOn(commandId);
        return {{u"id"_s, commandId}};
    }

    QJsonObject commandStatus(const QUrlQuery &query)
    {
        const QString id = requiredText(query, u"commandId"_s);
        const Command &command =
            existingCommand(requiredText(query, u"clusterId"_s), requiredText(query, u"contextId"_s), id);
        const QString status = command.cancelled        ? u"Cancelled"_s
                               : now() < command.starts ? u"Queued"_s
                               : isUnderWay(command)    ? u"Running"_s
                                                        : u"Finished"_s;
        QJsonObject said{{u"id"_s, id}, {u"status"_s, status}, {u"results"_s, QJsonValue()}};
        if (status == "Finished"_L1)
            said.insert(u"results"_s, command.results);
        return said;
    }

    QJsonObject cancel(const QJsonObject &body)
    {
        const QString id = requiredText(body, u"commandId"_s);
        const QString contextId = requiredText(body, u"contextId"_s);
        Command &command = existingCommand(requiredText(body, u"clusterId"_s), contextId, id);
        if (isUnderWay(command)) {
            command.cancelled = true;
            m_contexts.find(contextId)->second.busyUntil = now();
        }
        return {{u"id"_s, id}};
    }

private:
    static bool isUnderWay(const Command &command) { return command.isAsking || now() < command.ends; }

    static ToyRun ranSql(const Command &command)
    {
        ToyRun run;
        if (command.known.isEmpty())
            run.wanted = command.code;
        else
            run.results = queryResults(command.known.first(), command.code);
        return run;
    }

    static ToyRun ran(Context &context, const Command &command)
    {
        if (context.language == "python"_L1)
            return context.python.run(command.code, command.known);
        if (context.language == "sql"_L1)
            return ranSql(command);
        ToyRun run;
        run.results = failureResults(notUnderstood(context.language), command.code, 1);
        return run;
    }

    /// Runs a command as far as its queries are answered, and asks for the next answer.
    void goOn(const QString &commandId)
    {
        Command &command = m_commands.find(commandId)->second;
        const auto context = m_contexts.find(command.contextId);
        if (context == m_contexts.end())
            return;
        const ToyRun run = ran(context->second, command);
        command.isAsking = !run.wanted.isEmpty();
        if (!command.isAsking) {
            command.results = run.results;
            command.ends = std::max(command.starts, now()) + m_tempo.step.count() / 20 +
                           qint64(run.seconds * double(m_tempo.step.count()) / 3);
            context->second.busyUntil = command.ends;
            return;
        }
        SqlAsk ask;
        ask.statement = run.wanted;
        ask.rowLimit = ToyPython::MostRows;
        m_engine.run(ask, [book = weak_from_this(), commandId](const SqlOutcome &outcome) {
            const auto alive = book.lock();
            if (!alive)
                return;
            Command &asked = alive->m_commands.find(commandId)->second;
            asked.known.append(QueryRows::of(outcome));
            if (asked.cancelled)
                asked.isAsking = false;
            else
                alive->goOn(commandId);
        });
    }

    QString runningCluster(const QString &id) const
    {
        const SampleCluster *cluster = m_fleet.find(id);
        if (!cluster)
            throw Refused(400, u"Cluster %1 does not exist"_s.arg(id));
        if (cluster->state() != "RUNNING"_L1 && cluster->state() != "RESIZING"_L1)
            throw Refused(500, u"ClusterNotReadyException: Cluster is in state %1"_s.arg(cluster->state()));
        return id;
    }

    qint64 started(const QString &clusterId) const
    {
        return m_fleet.find(clusterId)->facts.value("last_restarted_time"_L1).toInteger();
    }

    Context &existing(const QString &clusterId, const QString &id)
    {
        runningCluster(clusterId);
        const auto found = m_contexts.find(id);
        if (found == m_contexts.end() || found->second.clusterId != clusterId ||
            found->second.clusterStarted != started(clusterId))
            throw Refused(404, u"ContextNotFound: There is no execution context %1"_s.arg(id));
        return found->second;
    }

    Command &existingCommand(const QString &clusterId, const QString &contextId, const QString &id)
    {
        existing(clusterId, contextId);
        const auto found = m_commands.find(id);
        if (found == m_commands.end() || found->second.contextId != contextId)
            throw Refused(404, u"CommandNotFound: There is no command %1"_s.arg(id));
        return found->second;
    }

    const ClusterFleet &m_fleet;
    SqlEngine &m_engine;
    const Tempo m_tempo;
    std::map<QString, Context> m_contexts;
    std::map<QString, Command> m_commands;
    qint64 m_made = 0;
};

} // namespace

QList<Route> commandRoutes(const ClusterFleet &fleet, SqlEngine &engine, Tempo tempo)
{
    const auto book = std::make_shared<CommandBook>(fleet, engine, tempo);
    const auto asked = [book](QJsonObject (CommandBook::*question)(const QUrlQuery &)) {
        return [book, question](const ApiRequest &ask) {
            try {
                return answer((*book.*question)(ask.query));
            } catch (const Refused &refused) {
                return refused.reply;
            }
        };
    };
    const auto told = [book](QJsonObject (CommandBook::*order)(const QJsonObject &)) {
        return [book, order](const ApiRequest &ask) {
            try {
                return answer((*book.*order)(ask.json));
            } catch (const Refused &refused) {
                return refused.reply;
            }
        };
    };
    return {
        {"POST", u"/api/1.2/contexts/create"_s, told(&CommandBook::create)},
        {"GET", u"/api/1.2/contexts/status"_s, asked(&CommandBook::contextStatus)},
        {"POST", u"/api/1.2/contexts/destroy"_s, told(&CommandBook::destroy)},
        {"POST", u"/api/1.2/commands/execute"_s, told(&CommandBook::execute)},
        {"GET", u"/api/1.2/commands/status"_s, asked(&CommandBook::commandStatus)},
        {"POST", u"/api/1.2/commands/cancel"_s, told(&CommandBook::cancel)},
    };
}

} // namespace Sample
