#include "tools/catalog/catalogwords.h"

#include "databricks/workspace.h"
#include "tools/kit/answer.h"
#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/times.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

constexpr qsizetype BriefLength = 160;

} // namespace

QString catalogPath(const QString &family, const QString &name)
{
    const QString path = "/api/2.1/unity-catalog/"_L1 + family;
    return name.isEmpty() ? path : QString(path + u'/' + Databricks::pathSegment(plainName(name)));
}

const QStringList &securableTypes()
{
    static const QStringList all{u"catalog"_s,
                                 u"schema"_s,
                                 u"table"_s,
                                 u"volume"_s,
                                 u"function"_s,
                                 u"metastore"_s,
                                 u"share"_s,
                                 u"external_location"_s,
                                 u"storage_credential"_s,
                                 u"connection"_s,
                                 u"pipeline"_s};
    return all;
}

QString sqlNameOf(const QJsonObject &table)
{
    return quotedName({table.value("catalog_name"_L1).toString(), table.value("schema_name"_L1).toString(),
                       table.value("name"_L1).toString()});
}

QUrlQuery catalogPages()
{
    return QUrlQuery{{u"max_results"_s, u"0"_s}};
}

QString briefComment(const QJsonObject &object)
{
    const QString comment = Text::visible(object.value("comment"_L1).toString()).simplified();
    return comment.size() > BriefLength ? QString(beginning(comment, BriefLength) + u'…') : comment;
}

void addHistory(QJsonObject &facts, const QJsonObject &object)
{
    for (const auto &key : {u"created"_s, u"updated"_s}) {
        addText(facts, key + "_at"_L1, timeText(object.value(key + "_at"_L1).toInteger()));
        addText(facts, key + "_by"_L1, Text::visible(object.value(key + "_by"_L1).toString()));
    }
}

QString parametersText(const QJsonObject &function)
{
    QStringList words;
    const QJsonObject parameters = function.value("input_params"_L1).toObject();
    for (const QJsonValue value : parameters.value("parameters"_L1).toArray()) {
        const QJsonObject parameter = value.toObject();
        QString text =
            parameter.value("name"_L1).toString() + u' ' + parameter.value("type_text"_L1).toString().toUpper();
        const QString fallback = parameter.value("parameter_default"_L1).toString();
        if (!fallback.isEmpty())
            text += " DEFAULT "_L1 + fallback;
        words.append(Text::visible(text));
    }
    return u'(' + words.join(", "_L1) + u')';
}

QString volumeRoot(const QJsonObject &volume)
{
    const QStringList place{volume.value("catalog_name"_L1).toString(), volume.value("schema_name"_L1).toString(),
                            volume.value("name"_L1).toString()};
    return Text::visible("/Volumes/"_L1 + place.join(u'/'));
}

} // namespace Tools
