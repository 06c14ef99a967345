#include "sample/sql/sqlusage.h"

using namespace Qt::StringLiterals;

namespace Sample {

bool asksForCosts(const SqlTokens &tokens)
{
    for (const SqlToken &token : tokens) {
        if (token.text.compare("list_prices"_L1, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

std::shared_ptr<SqlResult> costs(SqlContext &context, const SqlTokens &tokens)
{
    QStringList items{u"JOBS"_s, u"SQL"_s, u"ALL_PURPOSE"_s};
    for (const SqlToken &token : tokens) {
        if (token.text.compare("warehouse_id"_L1, Qt::CaseInsensitive) == 0)
            items = {u"8f3b2c1d90e47a65"_s, u"1a7de05c44b98f20"_s, u"74d1e8a2b6f3c09e"_s};
        else if (token.text.compare("job_id"_L1, Qt::CaseInsensitive) == 0)
            items = {u"576952145895090"_s};
    }
    auto result = std::make_shared<SqlResult>(context.ask.rowsInChunk);
    result->columns = {{u"item"_s, u"string"_s},
                       {u"cost"_s, u"double"_s},
                       {u"currency"_s, u"string"_s},
                       {u"usage"_s, u"double"_s},
                       {u"unit"_s, u"string"_s}};
    const QStringList costs{u"812.4"_s, u"301.75"_s, u"126.35"_s};
    const QStringList usages{u"5416.0"_s, u"431.07"_s, u"229.73"_s};
    for (qsizetype i = 0; i < items.size(); ++i)
        result->add(QJsonArray{items.at(i), costs.at(i), u"USD"_s, usages.at(i), u"DBU"_s});
    return result;
}

} // namespace Sample
