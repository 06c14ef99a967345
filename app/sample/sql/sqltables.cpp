#include "sample/sql/sqltables.h"

#include "sample/sql/system/billingtables.h"
#include "sample/sql/system/lineagetable.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

const QString publisher = u"account users"_s;
const QString team = u"analytics-team@example.com"_s;

QList<SampleTable> mainTables()
{
    return {
        {u"main"_s,
         u"default"_s,
         u"page_views"_s,
         u"A day of visits to an invented web shop."_s,
         team,
         {{u"view_id"_s, u"bigint"_s, u"Unique number of the visit"_s},
          {u"viewed_at"_s, u"timestamp"_s},
          {u"user_id"_s, u"bigint"_s, u"Empty for visitors who are not signed in"_s},
          {u"page"_s, u"string"_s},
          {u"seconds_on_page"_s, u"double"_s}}},
        {u"main"_s,
         u"default"_s,
         u"sales_targets"_s,
         u"What each region is to sell in a quarter."_s,
         team,
         {{u"region"_s, u"string"_s},
          {u"quarter"_s, u"string"_s, u"Such as 2026-Q1"_s},
          {u"target"_s, u"decimal(18,2)"_s, u"In US dollars"_s}}},
    };
}

QList<SampleTable> sharedTables()
{
    return {
        {u"samples"_s,
         u"nyctaxi"_s,
         u"trips"_s,
         u"Yellow taxi trips in New York City, invented."_s,
         publisher,
         {{u"tpep_pickup_datetime"_s, u"timestamp"_s, u"When the meter was switched on"_s},
          {u"tpep_dropoff_datetime"_s, u"timestamp"_s, u"When the meter was switched off"_s},
          {u"trip_distance"_s, u"double"_s, u"In miles"_s},
          {u"fare_amount"_s, u"double"_s, u"In US dollars, time and distance"_s},
          {u"pickup_zip"_s, u"int"_s},
          {u"dropoff_zip"_s, u"int"_s}}},
        {u"samples"_s,
         u"slow"_s,
         u"n"_s,
         u"One number a row; reading it takes two seconds."_s,
         publisher,
         {{u"n"_s, u"bigint"_s}}},
        {u"samples"_s,
         u"tpch"_s,
         u"customer"_s,
         u"TPC-H's customers, a small and invented set."_s,
         publisher,
         {{u"c_custkey"_s, u"bigint"_s, u"Primary key"_s},
          {u"c_name"_s, u"string"_s},
          {u"c_address"_s, u"string"_s},
          {u"c_nationkey"_s, u"bigint"_s, u"Refers to nation.n_nationkey"_s},
          {u"c_phone"_s, u"string"_s},
          {u"c_acctbal"_s, u"decimal(18,2)"_s},
          {u"c_mktsegment"_s, u"string"_s},
          {u"c_comment"_s, u"string"_s}}},
        {u"samples"_s,
         u"tpch"_s,
         u"lineitem"_s,
         u"The lines of TPC-H's orders."_s,
         publisher,
         {{u"l_orderkey"_s, u"bigint"_s, u"Refers to orders.o_orderkey"_s},
          {u"l_linenumber"_s, u"int"_s},
          {u"l_partkey"_s, u"bigint"_s},
          {u"l_quantity"_s, u"decimal(18,2)"_s},
          {u"l_extendedprice"_s, u"decimal(18,2)"_s},
          {u"l_discount"_s, u"decimal(18,2)"_s},
          {u"l_tax"_s, u"decimal(18,2)"_s},
          {u"l_returnflag"_s, u"string"_s},
          {u"l_linestatus"_s, u"string"_s},
          {u"l_shipdate"_s, u"date"_s}}},
        {u"samples"_s,
         u"tpch"_s,
         u"nation"_s,
         u"TPC-H's nations."_s,
         publisher,
         {{u"n_nationkey"_s, u"bigint"_s, u"Primary key"_s},
          {u"n_name"_s, u"string"_s},
          {u"n_regionkey"_s, u"bigint"_s, u"Refers to region.r_regionkey"_s}}},
        {u"samples"_s,
         u"tpch"_s,
         u"orders"_s,
         u"TPC-H's orders, a small and invented set."_s,
         publisher,
         {{u"o_orderkey"_s, u"bigint"_s, u"Primary key"_s},
          {u"o_custkey"_s, u"bigint"_s, u"Refers to customer.c_custkey"_s},
          {u"o_orderstatus"_s, u"string"_s},
          {u"o_totalprice"_s, u"decimal(18,2)"_s},
          {u"o_orderdate"_s, u"date"_s},
          {u"o_orderpriority"_s, u"string"_s},
          {u"o_clerk"_s, u"string"_s}}},
        {u"samples"_s,
         u"tpch"_s,
         u"region"_s,
         u"TPC-H's regions."_s,
         publisher,
         {{u"r_regionkey"_s, u"bigint"_s, u"Primary key"_s}, {u"r_name"_s, u"string"_s}}},
    };
}

} // namespace

QString SampleTable::fullName() const
{
    return catalog + u'.' + schema + u'.' + name;
}

QString apiTypeName(const QString &typeText)
{
    static const QHash<QString, QString> names{{u"bigint"_s, u"LONG"_s},
                                               {u"smallint"_s, u"SHORT"_s},
                                               {u"tinyint"_s, u"BYTE"_s},
                                               {u"integer"_s, u"INT"_s},
                                               {u"void"_s, u"NULL"_s}};
    const QString base = typeText.section(u'(', 0, 0).section(u'<', 0, 0);
    return names.value(base, base.toUpper());
}

const QList<SampleTable> &sampleTables()
{
    static const QList<SampleTable> all =
        mainTables() + sharedTables() + QList<SampleTable>{lineageTable(), usageTable(), listPricesTable()};
    return all;
}

} // namespace Sample
