#include "sample/ai/genie.h"

#include "sample/ai/geniespace.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"
#include "sample/statements/statementbook.h"
#include "sample/statements/statements.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// A question that a space can answer: its SQL, and its words for the rows that this gives.
struct Known
{
    QString question;
    QString subject; ///< the words that a question must have to be this one
    QString also;    ///< those that it may have besides
    QString queryTitle;
    QString queryDescription;
    QString sql;
    QString words; ///< %1 and %2 are the first row's cells
};

struct Space
{
    QString id;
    QString title;
    QString description;
    QString table;
    QList<Known> known;
};

const QString warehouse = u"8f3b2c1d90e47a65"_s;
const QString queryAttachment = u"01f0a77a000000000000000000000002"_s;

const QList<Space> &allSpaces()
{
    static const QList<Space> all{
        {u"01f0aa11bb22cc33dd44ee55ff660001"_s,
         u"Taxi trips"_s,
         u"Questions about samples.nyctaxi.trips"_s,
         u"samples.nyctaxi.trips"_s,
         {{u"Where are fares highest?"_s, u"fare"_s, u"highest high average by pickup zip code most expensive cost"_s,
           u"Average fare by pickup zip"_s, u"The average fare of the trips, by the zip code they began in."_s,
           u"SELECT pickup_zip, round(avg(fare_amount), 2) AS average_fare FROM samples.nyctaxi.trips "
           "GROUP BY pickup_zip ORDER BY average_fare DESC, pickup_zip"_s,
           u"Trips from %1 cost the most on average: $%2."_s},
          {u"Which day had the most trips?"_s, u"day trip"_s, u"most number count many by busiest"_s, u"Trips by day"_s,
           u"The number of trips, by the day they began on."_s,
           u"SELECT date(tpep_pickup_datetime) AS day, count(*) AS trips FROM samples.nyctaxi.trips "
           "GROUP BY date(tpep_pickup_datetime) ORDER BY trips DESC, day"_s,
           u"Most trips were on %1: %2."_s}}},
        {u"01f0aa11bb22cc33dd44ee55ff660002"_s,
         u"Sales targets"_s,
         u"Targets of the regions by quarter"_s,
         u"main.default.sales_targets"_s,
         {{u"Which region is to sell most?"_s, u"region"_s,
           u"sell sells sale most highest target total sum by largest"_s, u"Targets by region"_s,
           u"The sum of the targets of all quarters, by region."_s,
           u"SELECT region, sum(target) AS total_target FROM main.default.sales_targets GROUP BY region "
           "ORDER BY total_target DESC, region"_s,
           u"%1 is to sell the most: $%2."_s},
          {u"How do the targets change from quarter to quarter?"_s, u"target quarter"_s,
           u"change by each total sum sale develop over"_s, u"Targets by quarter"_s,
           u"The sum of the targets of all regions, by quarter."_s,
           u"SELECT quarter, sum(target) AS total_target FROM main.default.sales_targets GROUP BY quarter "
           "ORDER BY quarter"_s,
           u"The targets begin with $%2 in %1."_s}}}};
    return all;
}

/// The question that is asked, in whatever order of words; nullptr for one that has a word which says something else.
const Known *knownQuestion(const Space &space, const QString &asked)
{
    static const QRegularExpression between(u"[^a-z]+"_s);
    static const QStringList small =
        u"a an and are at code do does for from had has how in is it many me much of on please show slow tell that the "
        "their them then there they this to was were what when where which with your"_s.split(u' ');
    QStringList words = asked.toLower().split(between, Qt::SkipEmptyParts);
    for (QString &word : words) {
        if (word.size() > 3 && word.endsWith(u's'))
            word.chop(1);
    }
    for (const Known &known : space.known) {
        const QStringList subject = known.subject.split(u' ');
        const QStringList allowed = subject + known.also.split(u' ') + small + space.title.toLower().split(u' ');
        const bool isComplete =
            std::ranges::all_of(subject, [&words](const QString &word) { return words.contains(word); });
        const auto isAllowed = [&allowed](const QString &word) {
            return allowed.contains(word) || allowed.contains(word + u's');
        };
        if (isComplete && std::ranges::all_of(words, isAllowed))
            return &known;
    }
    return nullptr;
}

QStringList questionsOf(const Space &space)
{
    QStringList all;
    for (const Known &known : space.known)
        all.append(known.question);
    return all;
}

QJsonArray spaces()
{
    QJsonArray all;
    for (const Space &space : allSpaces())
        all.append(QJsonObject{{u"space_id"_s, space.id},
                               {u"title"_s, space.title},
                               {u"description"_s, space.description},
                               {u"warehouse_id"_s, warehouse}});
    return all;
}

const Space &spaceOf(const QString &id)
{
    return *std::ranges::find(allSpaces(), id, &Space::id);
}

ApiRefusal missing(const QString &what)
{
    return {404, u"RESOURCE_DOES_NOT_EXIST"_s, u"The %1 does not exist or you do not have access to it."_s.arg(what)};
}

QJsonObject existingSpace(const QString &id)
{
    return itemWith(spaces(), "space_id"_L1, id, missing(u"space"_s));
}

struct Message
{
    QString space;
    QString conversation;
    QString content;
    const Known *known = nullptr; ///< nullptr: it cannot answer that
    QString statement;            ///< the id of its query
    qint64 asked = 0;
    qint64 answered = 0;
};

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// Genie's words, and what else may be asked.
QJsonArray attachments(const Space &space, const QString &asked, const QString &words)
{
    QStringList others = questionsOf(space);
    others.removeAll(asked);
    const QJsonObject suggested{{u"questions"_s, QJsonArray::fromStringList(others)}};
    return {QJsonObject{{u"attachment_id"_s, u"01f0a77a000000000000000000000001"_s},
                        {u"text"_s, QJsonObject{{u"content"_s, words}}}},
            QJsonObject{{u"attachment_id"_s, u"01f0a77a000000000000000000000003"_s},
                        {u"suggested_questions"_s, suggested}}};
}

QJsonArray withRows(const Space &space, const Known &known, const Statement &statement)
{
    const QJsonObject query{{u"title"_s, known.queryTitle},
                            {u"description"_s, known.queryDescription},
                            {u"query"_s, known.sql},
                            {u"statement_id"_s, statement.id}};
    QString words = u"There are no rows."_s;
    if (statement.outcome.result && statement.outcome.result->rowCount() > 0) {
        const QJsonArray first = QJsonDocument::fromJson(statement.outcome.result->read(0)).array().first().toArray();
        words = known.words.arg(first.at(0).toString(), first.at(1).toString());
    }
    QJsonArray all = attachments(space, known.question, words);
    all.insert(1, QJsonObject{{u"attachment_id"_s, queryAttachment}, {u"query"_s, query}});
    return all;
}

QJsonArray withoutRows(const Space &space)
{
    return attachments(space, {}, u"The sample's Genie knows only: "_s + questionsOf(space).join(" / "_L1));
}

class Conversations
{
public:
    Conversations(Tempo tempo, StatementBook &statements)
        : m_step(tempo.step.count())
        , m_statements(statements)
    {}

    QJsonObject start(const ApiRequest &ask)
    {
        const QString conversation = id();
        const QJsonObject message = add(ask, conversation);
        return {
            {u"conversation_id"_s, conversation}, {u"message_id"_s, message.value("id"_L1)}, {u"message"_s, message}};
    }

    QJsonObject goOn(const ApiRequest &ask)
    {
        const QString conversation = ask.captures.value(u"conversation"_s);
        for (const auto &[id, message] : m_messages) {
            if (message.conversation == conversation)
                return add(ask, conversation);
        }
        throw missing(u"conversation"_s);
    }

    QJsonObject message(const ApiRequest &ask) const
    {
        const QString id = ask.captures.value(u"message"_s);
        return described(id, existing(id, ask));
    }

    QJsonObject rows(const ApiRequest &ask) const
    {
        const Message &message = existing(ask.captures.value(u"message"_s), ask);
        const Statement *statement = m_statements.find(message.statement);
        if (!isAnswered(message) || !statement)
            throw ApiRefusal::invalidState(u"The query has not been executed yet."_s);
        if (ask.captures.value(u"attachment"_s) != queryAttachment)
            throw missing(u"attachment"_s);
        return {{u"statement_response"_s, statementFacts(*statement)}};
    }

private:
    QString id() { return u"01f0c0"_s + QString::number(++m_made, 16).rightJustified(26, u'0'); }

    QJsonObject add(const ApiRequest &ask, const QString &conversation)
    {
        Message message;
        message.space = ask.captures.value(u"space"_s);
        existingSpace(message.space);
        message.conversation = conversation;
        message.content = requiredText(ask.json, u"content"_s);
        message.asked = now();
        message.answered = message.asked + m_step * (message.content.contains("slow"_L1) ? 20 : 1);
        message.known = knownQuestion(spaceOf(message.space), message.content);
        if (!fails(message) && message.known) {
            Statement statement;
            statement.ask.statement = message.known->sql;
            statement.warehouseId = warehouse;
            statement.format = u"JSON_ARRAY"_s;
            message.statement = m_statements.submit(statement);
        }
        const QString messageId = id();
        m_messages.emplace(messageId, message);
        return described(messageId, message);
    }

    const Message &existing(const QString &id, const ApiRequest &ask) const
    {
        const auto found = m_messages.find(id);
        if (found == m_messages.end() || found->second.conversation != ask.captures.value(u"conversation"_s) ||
            found->second.space != ask.captures.value(u"space"_s))
            throw missing(u"message"_s);
        return found->second;
    }

    static bool fails(const Message &message) { return message.content.contains("impossible"_L1); }

    bool isAnswered(const Message &message) const
    {
        const Statement *statement = m_statements.find(message.statement);
        return now() >= message.answered && (!statement || statement->isOver());
    }

    QJsonObject described(const QString &id, const Message &message) const
    {
        const bool answered = isAnswered(message);
        const QString thinking =
            now() - message.asked < (message.answered - message.asked) / 2 ? u"ASKING_AI"_s : u"EXECUTING_QUERY"_s;
        QJsonObject said{{u"id"_s, id},
                         {u"message_id"_s, id},
                         {u"space_id"_s, message.space},
                         {u"conversation_id"_s, message.conversation},
                         {u"content"_s, message.content},
                         {u"status"_s, !answered        ? thinking
                                       : fails(message) ? u"FAILED"_s
                                                        : u"COMPLETED"_s}};
        const Statement *statement = m_statements.find(message.statement);
        if (answered && fails(message))
            said.insert(u"error"_s, QJsonObject{{u"error"_s, u"No table of this space can answer that."_s},
                                                {u"type"_s, u"GENERIC_CHAT_COMPLETION_EXCEPTION"_s}});
        else if (answered && statement)
            said.insert(u"attachments"_s, withRows(spaceOf(message.space), *message.known, *statement));
        else if (answered)
            said.insert(u"attachments"_s, withoutRows(spaceOf(message.space)));
        return said;
    }

    const qint64 m_step;
    StatementBook &m_statements;
    std::map<QString, Message> m_messages;
    qint64 m_made = 0;
};

} // namespace

QList<Route> genieRoutes(Tempo tempo, StatementBook &statements)
{
    const auto book = std::make_shared<Conversations>(tempo, statements);
    const auto listed = [](const ApiRequest &ask) {
        const PageWish wish{number(ask.query, u"page_size"_s, 1, 1000, 20), queryText(ask.query, u"page_token"_s)};
        return answer(page(spaces(), u"spaces"_s, wish, u"genie"_s));
    };
    const QString space = u"/api/2.0/genie/spaces/{space}"_s;
    const QString conversation = space + u"/conversations/{conversation}/messages"_s;
    return {
        {"GET", u"/api/2.0/genie/spaces"_s, listed},
        {"GET", space,
         [](const ApiRequest &ask) {
             QJsonObject found = existingSpace(ask.captures.value(u"space"_s));
             if (truth(ask.query, u"include_serialized_space"_s).value_or(false)) {
                 const Space &one = spaceOf(ask.captures.value(u"space"_s));
                 found.insert(u"serialized_space"_s, serializedSpace(one.table, questionsOf(one)));
             }
             return answer(found);
         }},
        {"POST", space + u"/start-conversation"_s, [book](const ApiRequest &ask) { return answer(book->start(ask)); }},
        {"POST", conversation, [book](const ApiRequest &ask) { return answer(book->goOn(ask)); }},
        {"GET", conversation + u"/{message}"_s, [book](const ApiRequest &ask) { return answer(book->message(ask)); }},
        {"GET", conversation + u"/{message}/attachments/{attachment}/query-result"_s,
         [book](const ApiRequest &ask) { return answer(book->rows(ask)); }},
    };
}

} // namespace Sample
