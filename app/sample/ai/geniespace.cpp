#include "sample/ai/geniespace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Sample {

QString serializedSpace(const QString &table, const QStringList &questions)
{
    QJsonArray samples;
    for (const QString &question : questions)
        samples.append(QJsonObject{{u"question"_s, QJsonArray{question}}});
    const QJsonObject config{{u"sample_questions"_s, samples}};
    const QJsonObject rule{{u"content"_s, QJsonArray{u"Amounts are in US dollars.\n"_s, u"Round them to cents."_s}}};
    const QJsonObject space{
        {u"version"_s, 2},
        {u"config"_s, config},
        {u"data_sources"_s, QJsonObject{{u"tables"_s, QJsonArray{QJsonObject{{u"identifier"_s, table}}}}}},
        {u"instructions"_s, QJsonObject{{u"text_instructions"_s, QJsonArray{rule}}}}};
    return QString::fromUtf8(QJsonDocument(space).toJson(QJsonDocument::Compact));
}

} // namespace Sample
