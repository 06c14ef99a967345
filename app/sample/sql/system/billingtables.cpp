#include "sample/sql/system/billingtables.h"

#include "sample/admin/identity.h"
#include "sample/server/builtin.h"

#include "common/json.h"

#include <QDateTime>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr int Days = 90;
constexpr auto Cloud = "AZURE"_L1;

struct Price
{
    const char *sku;
    double dollars; ///< a DBU
};

constexpr Price Prices[] = {
    {"PREMIUM_ALL_PURPOSE_COMPUTE", 0.55},
    {"PREMIUM_JOBS_COMPUTE", 0.30},
    {"PREMIUM_DLT_ADVANCED_COMPUTE", 0.54},
    {"PREMIUM_SQL_PRO_COMPUTE_WEST_EUROPE", 0.69},
    {"PREMIUM_SERVERLESS_SQL_COMPUTE_WEST_EUROPE", 0.91},
};

/// What is used day by day, about so much.
struct Consumer
{
    const char *product;
    const char *sku;
    const char *kind; ///< the member of usage_metadata that names it
    const char *id;
    const char *user;
    double dbus;    ///< a working day
    double weekend; ///< the part of that on Saturdays and Sundays
};

constexpr Consumer Consumers[] = {
    {"SQL", "PREMIUM_SERVERLESS_SQL_COMPUTE_WEST_EUROPE", "warehouse_id", "8f3b2c1d90e47a65",
     "maria.santos@example.com", 46, 0.3},
    {"SQL", "PREMIUM_SQL_PRO_COMPUTE_WEST_EUROPE", "warehouse_id", "1a7de05c44b98f20", "bi-team@example.com", 30, 0.1},
    {"SQL", "PREMIUM_SQL_PRO_COMPUTE_WEST_EUROPE", "warehouse_id", "74d1e8a2b6f3c09e", "etl-robot@example.com", 52, 1},
    {"JOBS", "PREMIUM_JOBS_COMPUTE", "job_id", "576952145895090", "svc-dataplatform@example.com", 120, 1},
    {"JOBS", "PREMIUM_JOBS_COMPUTE", "job_id", "995041129434629", "wei.zhang@example.com", 64, 1},
    {"ALL_PURPOSE", "PREMIUM_ALL_PURPOSE_COMPUTE", "cluster_id", "0730-172948-runts698", "maria.santos@example.com", 38,
     0},
    {"ALL_PURPOSE", "PREMIUM_ALL_PURPOSE_COMPUTE", "cluster_id", "1017-140646-b2i5onzj", "rachel.goldberg@example.com",
     21, 0.2},
    {"DLT", "PREMIUM_DLT_ADVANCED_COMPUTE", "dlt_pipeline_id", "8f2050d1-ed6b-05e2-f6c8-09da79ef7437",
     "wei.zhang@example.com", 57, 1},
};

QString json(const QJsonObject &object)
{
    return QString::fromUtf8(Json::compact(object));
}

/// The same on every start of a day: between 80 and 120 percent of what is usual.
double quantity(const Consumer &consumer, const QDate &day)
{
    const QString seed = u"usage/%1/%2"_s.arg(QString::fromLatin1(consumer.id), day.toString(Qt::ISODate));
    const double usual = consumer.dbus * (day.dayOfWeek() > 5 ? consumer.weekend : 1);
    return double(qRound64(usual * double(80 + stableId(seed) % 41))) / 100;
}

} // namespace

SampleTable usageTable()
{
    return {u"system"_s,
            u"billing"_s,
            u"usage"_s,
            u"What was used, hour by hour on a real account; here a row a day."_s,
            u"System user"_s,
            {{u"record_id"_s, u"string"_s},
             {u"workspace_id"_s, u"string"_s},
             {u"sku_name"_s, u"string"_s},
             {u"cloud"_s, u"string"_s},
             {u"usage_start_time"_s, u"timestamp"_s},
             {u"usage_end_time"_s, u"timestamp"_s},
             {u"usage_date"_s, u"date"_s},
             {u"usage_unit"_s, u"string"_s},
             {u"usage_quantity"_s, u"decimal(38,2)"_s},
             {u"usage_metadata"_s, u"struct<warehouse_id:string,job_id:string,cluster_id:string,dlt_pipeline_id:string,"
                                   "endpoint_name:string>"_s},
             {u"identity_metadata"_s, u"struct<run_as:string>"_s},
             {u"record_type"_s, u"string"_s},
             {u"billing_origin_product"_s, u"string"_s}}};
}

SampleTable listPricesTable()
{
    return {u"system"_s,
            u"billing"_s,
            u"list_prices"_s,
            u"What a unit of each SKU costs, and since when."_s,
            u"System user"_s,
            {{u"price_start_time"_s, u"timestamp"_s},
             {u"price_end_time"_s, u"timestamp"_s},
             {u"sku_name"_s, u"string"_s},
             {u"cloud"_s, u"string"_s},
             {u"currency_code"_s, u"string"_s},
             {u"usage_unit"_s, u"string"_s},
             {u"pricing"_s, u"struct<default:double>"_s}}};
}

QList<QVariantList> usageRows()
{
    QList<QVariantList> rows;
    const QDate today = QDateTime::currentDateTimeUtc().date();
    for (int ago = 0; ago < Days; ++ago) {
        const QDate day = today.addDays(-ago);
        const QString date = day.toString(Qt::ISODate);
        for (const Consumer &consumer : Consumers) {
            const double used = quantity(consumer, day);
            if (used <= 0)
                continue;
            const QString id = QString::fromLatin1(consumer.id);
            rows.append({stableUuid(id + date), QString(WorkspaceId), QString::fromLatin1(consumer.sku), QString(Cloud),
                         QString(date + u" 00:00:00"_s), QString(date + u" 23:00:00"_s), date, u"DBU"_s, used,
                         json({{QString::fromLatin1(consumer.kind), id}}),
                         json({{u"run_as"_s, QString::fromLatin1(consumer.user)}}), u"ORIGINAL"_s,
                         QString::fromLatin1(consumer.product)});
        }
    }
    return rows;
}

QList<QVariantList> listPriceRows()
{
    QList<QVariantList> rows;
    for (const Price &price : Prices)
        rows.append({u"2024-01-01 00:00:00"_s, QVariant(), QString::fromLatin1(price.sku), QString(Cloud), u"USD"_s,
                     u"DBU"_s, json({{u"default"_s, price.dollars}})});
    return rows;
}

} // namespace Sample
