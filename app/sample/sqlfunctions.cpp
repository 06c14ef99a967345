#include "sample/sqlfunctions.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Sample {

const SqlFunction *sqlFunction(const QString &name)
{
    static const QHash<QString, SqlFunction> functions{
        {u"year"_s, {u"CAST(strftime('%Y',"_s, u") AS INTEGER)"_s}},
        {u"month"_s, {u"CAST(strftime('%m',"_s, u") AS INTEGER)"_s}},
        {u"day"_s, {u"CAST(strftime('%d',"_s, u") AS INTEGER)"_s}},
        {u"hour"_s, {u"CAST(strftime('%H',"_s, u") AS INTEGER)"_s}},
        {u"minute"_s, {u"CAST(strftime('%M',"_s, u") AS INTEGER)"_s}},
        {u"dayofweek"_s, {u"(1 + strftime('%w',"_s, u"))"_s}},
        {u"to_date"_s, {u"date("_s, u")"_s}},
        {u"to_timestamp"_s, {u"datetime("_s, u")"_s}},
        {u"current_date"_s, {u"date('now'"_s, u")"_s}},
        {u"current_timestamp"_s, {u"datetime('now'"_s, u")"_s}},
        {u"now"_s, {u"datetime('now'"_s, u")"_s}},
        {u"len"_s, {u"length("_s, u")"_s}},
        {u"char_length"_s, {u"length("_s, u")"_s}},
        {u"substring"_s, {u"substr("_s, u")"_s}},
        {u"nvl"_s, {u"ifnull("_s, u")"_s}},
        {u"if"_s, {u"iif("_s, u")"_s}},
        {u"concat"_s, {u"("_s, u")"_s, u"||"_s}},
        {u"rand"_s, {u"(abs(random())/9223372036854775807.0"_s, u")"_s}},
        {u"collect_list"_s, {u"json_group_array("_s, u")"_s}},
        {u"array_agg"_s, {u"json_group_array("_s, u")"_s}},
        {u"any_value"_s, {u"max("_s, u")"_s}},
    };
    const auto found = functions.constFind(name.toLower());
    return found == functions.cend() ? nullptr : &*found;
}

QString castType(const QString &type)
{
    static const QHash<QString, QString> types{{u"STRING"_s, u"TEXT"_s},    {u"DATE"_s, u"TEXT"_s},
                                               {u"TIMESTAMP"_s, u"TEXT"_s}, {u"BOOLEAN"_s, u"INTEGER"_s},
                                               {u"FLOAT"_s, u"REAL"_s},     {u"DOUBLE"_s, u"REAL"_s}};
    return types.value(type.toUpper(), type);
}

} // namespace Sample
