#include "tools/sql/nearobjects.h"

#include "tools/kit/text/identifiers.h"
#include "tools/kit/text/nearnames.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr qsizetype MostNames = 2000;

/// The parts of the first name in backticks of an error's message: "The table or view `main`.`default`.`x` …".
QStringList namedIn(const QString &message)
{
    static const QRegularExpression name(u"`(?:[^`]|``)+`(?:\\.`(?:[^`]|``)+`)*"_s);
    const QString found = name.match(message).captured();
    return found.isEmpty() ? QStringList() : nameParts(found);
}

} // namespace

QCoro::Task<QString> nearObjects(ToolCall call, QJsonObject answer)
{
    const QString message = answer.value("status"_L1)["error"_L1]["message"_L1].toString();
    QStringList parts = namedIn(message);
    const bool isTable = message.contains("TABLE_OR_VIEW_NOT_FOUND"_L1);
    const bool isSchema = message.contains("SCHEMA_NOT_FOUND"_L1);
    if (isTable && parts.size() < 3) {
        const QStringList place{call.text(u"catalog"_s), call.text(u"schema"_s)};
        while (parts.size() < 3 && !parts.isEmpty())
            parts.prepend(place.value(2 - parts.size()));
    }
    if (!(isTable && parts.size() == 3) && !(isSchema && parts.size() == 2))
        co_return QString();
    QString words;
    try {
        QUrlQuery query{{u"max_results"_s, u"0"_s}};
        Databricks::addQueryItem(query, u"catalog_name"_s, parts.at(0));
        if (isTable) {
            Databricks::addQueryItem(query, u"schema_name"_s, parts.at(1));
            query.addQueryItem(u"omit_columns"_s, u"true"_s);
        }
        const QString family = isTable ? u"tables"_s : u"schemas"_s;
        const QString path = u"/api/2.1/unity-catalog/"_s + family;
        const Databricks::Page page = co_await call.workspace().list(path, query, family, MostNames);
        QStringList names;
        for (const QJsonValue item : page.items)
            names.append(item["name"_L1].toString());
        words = didYouMean(parts.last(), names);
    } catch (const ApiError &error) {
        // Help that cannot be had is none; the statement's own words stand.
        if (error.kind() == ApiError::Kind::Cancelled)
            throw;
    }
    const QString result = words;
    co_return result;
}

} // namespace Tools
