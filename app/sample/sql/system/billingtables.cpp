#include "sample/sql/system/billingtables.h"

#include "sample/admin/identity.h"
#include "sample/compute/clusterlives.h"
#include "sample/server/builtin.h"

#include "common/json.h"

#include <QDateTime>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <iterator>

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
    {"DLT", "PREMIUM_DLT_ADVANCED_COMPUTE", "dlt_pipeline_id", "8f2050d1-ed6b-05e2-f6c8-09da79ef7437",
     "wei.zhang@example.com", 57, 1},
};

/// How the clusters of a source are billed. What they were made for stands in their names.
struct ClusterBilling
{
    const char *source;
    const char *product;
    const char *sku;
    const char *kind;    ///< the member of usage_metadata that names what a cluster was made for; nullptr: nothing
    const char *pattern; ///< of the name, with the id of that
};

constexpr ClusterBilling ClusterBillings[] = {
    {"UI", "ALL_PURPOSE", "PREMIUM_ALL_PURPOSE_COMPUTE", nullptr, nullptr},
    {"API", "ALL_PURPOSE", "PREMIUM_ALL_PURPOSE_COMPUTE", nullptr, nullptr},
    {"JOB", "JOBS", "PREMIUM_JOBS_COMPUTE", "job_id", "^job-(\\d+)-run-"},
    {"PIPELINE", "DLT", "PREMIUM_DLT_ADVANCED_COMPUTE", "dlt_pipeline_id", "^dlt-execution-(.+)$"},
};

/// About what the clouds' machines are rated at; with Photon they work twice as fast, and cost that.
constexpr double DbusOfACore = 0.19; ///< an hour
constexpr double PhotonFactor = 2;

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

/// What was used on a day, and by whom.
struct Usage
{
    QString product;
    QString sku;
    QString id; ///< of what used it
    QString user;
    QJsonObject metadata;
    QString date;
    QString start;
    QString end;
    double dbus = 0; ///< 0: nothing was used
};

Usage usageOf(const Consumer &consumer, const QDate &day)
{
    const QString id = QString::fromLatin1(consumer.id);
    const QString date = day.toString(Qt::ISODate);
    return {QString::fromLatin1(consumer.product),
            QString::fromLatin1(consumer.sku),
            id,
            QString::fromLatin1(consumer.user),
            {{QString::fromLatin1(consumer.kind), id}},
            date,
            date + u" 00:00:00"_s,
            date + u" 23:00:00"_s,
            quantity(consumer, day)};
}

bool isConsumer(const QString &id)
{
    return std::any_of(std::begin(Consumers), std::end(Consumers),
                       [&id](const Consumer &one) { return id == QLatin1StringView(one.id); });
}

QString timeText(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toUTC().toString(u"yyyy-MM-dd hh:mm:ss"_s);
}

/// What is used by what the cluster was made for, where that is a job or a pipeline that is billed as a whole, is
/// nothing of its own.
Usage usageOf(const ClusterLife &cluster, const QDate &day)
{
    const auto *billing =
        std::find_if(std::begin(ClusterBillings), std::end(ClusterBillings),
                     [&cluster](const ClusterBilling &one) { return cluster.source == QLatin1StringView(one.source); });
    if (billing == std::end(ClusterBillings))
        return {};
    QJsonObject metadata{{u"cluster_id"_s, cluster.id}};
    if (billing->kind) {
        const QRegularExpression pattern(QString::fromLatin1(billing->pattern));
        const QString made = pattern.match(cluster.name).captured(1);
        if (isConsumer(made))
            return {};
        metadata.insert(QString::fromLatin1(billing->kind), made);
    }
    const qint64 begins = day.startOfDay(Qt::UTC).toMSecsSinceEpoch();
    const qint64 ends = day.addDays(1).startOfDay(Qt::UTC).toMSecsSinceEpoch();
    qint64 first = ends;
    qint64 last = begins;
    qint64 worked = 0;
    for (const ClusterLife::Span &span : cluster.spans) {
        const qint64 from = std::max(span.start, begins);
        const qint64 to = std::min(span.end, ends);
        if (from >= to)
            continue;
        first = std::min(first, from);
        last = std::max(last, to);
        worked += to - from;
    }
    const double rate = DbusOfACore * cluster.cores * (cluster.isPhoton ? PhotonFactor : 1);
    return {QString::fromLatin1(billing->product),
            QString::fromLatin1(billing->sku),
            cluster.id,
            cluster.user,
            metadata,
            day.toString(Qt::ISODate),
            timeText(first),
            timeText(last),
            double(qRound64(rate * double(worked) / 36'000)) / 100};
}

QVariantList rowOf(const Usage &usage)
{
    return {stableUuid(usage.id + usage.date),
            QString(WorkspaceId),
            usage.sku,
            QString(Cloud),
            usage.start,
            usage.end,
            usage.date,
            u"DBU"_s,
            usage.dbus,
            json(usage.metadata),
            json({{u"run_as"_s, usage.user}}),
            u"ORIGINAL"_s,
            usage.product};
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

QList<QVariantList> usageRows(const QList<ClusterLife> &clusters)
{
    QList<QVariantList> rows;
    const QDate today = QDateTime::currentDateTimeUtc().date();
    for (int ago = 0; ago < Days; ++ago) {
        const QDate day = today.addDays(-ago);
        for (const Consumer &consumer : Consumers) {
            if (const Usage usage = usageOf(consumer, day); usage.dbus > 0)
                rows.append(rowOf(usage));
        }
        for (const ClusterLife &cluster : clusters) {
            if (const Usage usage = usageOf(cluster, day); usage.dbus > 0)
                rows.append(rowOf(usage));
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
