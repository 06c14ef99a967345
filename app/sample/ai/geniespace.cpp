#include "sample/ai/geniespace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Sample {

QString serializedSpace(const QString &title)
{
    const bool isTrips = title == "Taxi trips"_L1;
    const QString table = isTrips ? u"samples.nyctaxi.trips"_s : u"main.default.sales_targets"_s;
    const QString question = isTrips ? u"Where are fares highest?"_s : u"Which region is to sell most?"_s;
    const QJsonObject config{{u"sample_questions"_s, QJsonArray{QJsonObject{{u"question"_s, QJsonArray{question}}}}}};
    const QJsonObject rule{{u"content"_s, QJsonArray{u"Amounts are in US dollars.\n"_s, u"Round them to cents."_s}}};
    const QJsonObject space{
        {u"version"_s, 2},
        {u"config"_s, config},
        {u"data_sources"_s, QJsonObject{{u"tables"_s, QJsonArray{QJsonObject{{u"identifier"_s, table}}}}}},
        {u"instructions"_s, QJsonObject{{u"text_instructions"_s, QJsonArray{rule}}}}};
    return QString::fromUtf8(QJsonDocument(space).toJson(QJsonDocument::Compact));
}

} // namespace Sample
