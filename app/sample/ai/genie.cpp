#include "sample/ai/genie.h"

#include "sample/ai/geniespace.h"
#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QDateTime>

#include <map>
#include <memory>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

const QString trips = u"01f0aa11bb22cc33dd44ee55ff660001"_s;
const QString sales = u"01f0aa11bb22cc33dd44ee55ff660002"_s;

QJsonArray spaces()
{
    return {QJsonObject{{u"space_id"_s, trips},
                        {u"title"_s, u"Taxi trips"_s},
                        {u"description"_s, u"Questions about samples.nyctaxi.trips"_s},
                        {u"warehouse_id"_s, u"5f1c0b6d9a3e2f47"_s}},
            QJsonObject{{u"space_id"_s, sales},
                        {u"title"_s, u"Sales targets"_s},
                        {u"description"_s, u"Targets of the regions by quarter"_s},
                        {u"warehouse_id"_s, u"5f1c0b6d9a3e2f47"_s}}};
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
    qint64 asked = 0;
    qint64 answered = 0;
};

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QJsonObject statement()
{
    const auto column = [](const QString &name, const QString &type, int position) {
        return QJsonObject{
            {u"name"_s, name}, {u"type_text"_s, type}, {u"type_name"_s, type}, {u"position"_s, position}};
    };
    const QJsonObject schema{
        {u"column_count"_s, 2},
        {u"columns"_s, QJsonArray{column(u"pickup_zip"_s, u"INT"_s, 0), column(u"average_fare"_s, u"DOUBLE"_s, 1)}}};
    const QJsonArray rows{QJsonArray{u"10001"_s, u"14.2"_s}, QJsonArray{u"10003"_s, u"12.75"_s},
                          QJsonArray{u"11101"_s, QJsonValue()}};
    return {{u"statement_id"_s, u"01f0c0de-0000-1000-8000-000000000042"_s},
            {u"status"_s, QJsonObject{{u"state"_s, u"SUCCEEDED"_s}}},
            {u"manifest"_s, QJsonObject{{u"format"_s, u"JSON_ARRAY"_s},
                                        {u"schema"_s, schema},
                                        {u"total_row_count"_s, 3},
                                        {u"truncated"_s, false}}},
            {u"result"_s, QJsonObject{{u"row_count"_s, 3}, {u"data_array"_s, rows}}}};
}

QJsonArray attachments()
{
    const QJsonObject query{{u"title"_s, u"Average fare by pickup zip"_s},
                            {u"description"_s, u"The average fare of the trips, by the zip code they began in."_s},
                            {u"query"_s,
                             u"SELECT pickup_zip, avg(fare_amount) AS average_fare FROM samples.nyctaxi.trips "
                             "GROUP BY pickup_zip ORDER BY average_fare DESC"_s},
                            {u"statement_id"_s, u"01f0c0de-0000-1000-8000-000000000042"_s}};
    const QJsonObject suggested{{u"questions"_s, QJsonArray{u"Which day had the most trips?"_s}}};
    return {QJsonObject{{u"attachment_id"_s, u"01f0a77a000000000000000000000001"_s},
                        {u"text"_s, QJsonObject{{u"content"_s, u"Trips from 10001 cost the most on average."_s}}}},
            QJsonObject{{u"attachment_id"_s, u"01f0a77a000000000000000000000002"_s}, {u"query"_s, query}},
            QJsonObject{{u"attachment_id"_s, u"01f0a77a000000000000000000000003"_s},
                        {u"suggested_questions"_s, suggested}}};
}

class Conversations
{
public:
    explicit Conversations(Tempo tempo)
        : m_step(tempo.step.count())
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
        if (now() < message.answered)
            throw ApiRefusal::invalidState(u"The query has not been executed yet."_s);
        return {{u"statement_response"_s, statement()}};
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

    static QJsonObject described(const QString &id, const Message &message)
    {
        const bool answered = now() >= message.answered;
        const bool fails = message.content.contains("impossible"_L1);
        const QString thinking =
            now() - message.asked < (message.answered - message.asked) / 2 ? u"ASKING_AI"_s : u"EXECUTING_QUERY"_s;
        QJsonObject said{{u"id"_s, id},
                         {u"message_id"_s, id},
                         {u"space_id"_s, message.space},
                         {u"conversation_id"_s, message.conversation},
                         {u"content"_s, message.content},
                         {u"status"_s, !answered ? thinking
                                       : fails   ? u"FAILED"_s
                                                 : u"COMPLETED"_s}};
        if (answered && fails)
            said.insert(u"error"_s, QJsonObject{{u"error"_s, u"No table of this space can answer that."_s},
                                                {u"type"_s, u"GENERIC_CHAT_COMPLETION_EXCEPTION"_s}});
        else if (answered)
            said.insert(u"attachments"_s, attachments());
        return said;
    }

    const qint64 m_step;
    std::map<QString, Message> m_messages;
    qint64 m_made = 0;
};

} // namespace

QList<Route> genieRoutes(Tempo tempo)
{
    const auto book = std::make_shared<Conversations>(tempo);
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
             if (truth(ask.query, u"include_serialized_space"_s).value_or(false))
                 found.insert(u"serialized_space"_s, serializedSpace(found.value("title"_L1).toString()));
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
