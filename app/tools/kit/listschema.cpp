#include "tools/kit/listschema.h"

#include "tools/kit/answer.h"

using namespace Qt::StringLiterals;

namespace Tools {

Schema withPages(Schema schema)
{
    schema.integer(u"limit"_s, u"At most this many; default 100"_s, 1, 1000)
        .text(u"page_token"_s, u"next_page_token of an earlier answer"_s);
    return schema;
}

Schema listedSchema(const QString &rowsKey, const Schema &row)
{
    return Schema()
        .rows(rowsKey, {}, row)
        .integer(u"total"_s, u"How many match"_s)
        .flag(u"total_is_exact"_s, u"False: there are more than total"_s)
        .text(u"next_page_token"_s, u"There are more: give it as page_token"_s)
        .require({rowsKey, u"total"_s});
}

QJsonObject textsOf(const QJsonObject &object, const QStringList &keys)
{
    QJsonObject texts;
    for (const QString &key : keys)
        addText(texts, key, clean(object.value(key).toString()));
    return texts;
}

void addText(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(key, text);
}

} // namespace Tools
