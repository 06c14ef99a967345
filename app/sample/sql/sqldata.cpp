#include "sample/sql/sqldata.h"

#include "sample/catalog/reviews.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/sqltables.h"
#include "sample/sql/system/billingtables.h"
#include "sample/sql/system/lineagetable.h"

#include <QDateTime>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTimeZone>
#include <QVariant>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

/// Knuth's MMIX generator: the same numbers with every library.
class Numbers
{
public:
    explicit Numbers(quint64 seed)
        : m_state(seed)
    {}

    /// From 0 up to, and without, below.
    qint64 next(qint64 below)
    {
        m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
        return qint64((m_state >> 33) % quint64(below));
    }
    QString of(const QStringList &choices) { return choices.at(next(choices.size())); }

private:
    quint64 m_state;
};

using Row = QVariantList;
using Maker = std::function<Row(qint64 index, Numbers &numbers)>;

struct Content
{
    QString table;
    qint64 rows;
    Maker row;
};

const QStringList Regions{u"AFRICA"_s, u"AMERICA"_s, u"ASIA"_s, u"EUROPE"_s, u"MIDDLE EAST"_s};
const QStringList Nations{u"ALGERIA"_s,   u"ARGENTINA"_s, u"BRAZIL"_s,         u"CANADA"_s,        u"CHINA"_s,
                          u"EGYPT"_s,     u"ETHIOPIA"_s,  u"FRANCE"_s,         u"GERMANY"_s,       u"INDIA"_s,
                          u"INDONESIA"_s, u"JAPAN"_s,     u"JORDAN"_s,         u"KENYA"_s,         u"MOROCCO"_s,
                          u"PERU"_s,      u"ROMANIA"_s,   u"UNITED KINGDOM"_s, u"UNITED STATES"_s, u"VIETNAM"_s};
const QList<int> NationRegions{0, 1, 1, 1, 2, 4, 0, 3, 3, 2, 2, 2, 4, 0, 0, 1, 3, 3, 1, 2};
const QStringList Segments{u"AUTOMOBILE"_s, u"BUILDING"_s, u"FURNITURE"_s, u"HOUSEHOLD"_s, u"MACHINERY"_s};
const QStringList Priorities{u"1-URGENT"_s, u"2-HIGH"_s, u"3-MEDIUM"_s, u"4-NOT SPECIFIED"_s, u"5-LOW"_s};
const QStringList Pages{u"/"_s, u"/products"_s, u"/basket"_s, u"/checkout"_s, u"/help"_s};
constexpr qint64 Customers = 300;
constexpr qint64 Orders = 3000;
constexpr qint64 LinesAnOrder = 3;
constexpr qint64 FewRows = 12;

QString timestamp(qint64 secondsSince2016)
{
    static const QDateTime begin(QDate(2016, 1, 1), QTime(0, 0), QTimeZone::utc());
    return begin.addSecs(secondsSince2016).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString date(qint64 daysSince1992)
{
    return QDate(1992, 1, 1).addDays(daysSince1992).toString(Qt::ISODate);
}

double cents(qint64 value)
{
    return double(value) / 100;
}

/// As the sample's user sees them, who is not in the treasury: the table's row filter hides all regions but one, and
/// its mask of the column iban all but the end.
Row posting(qint64 index, Numbers &numbers)
{
    const qint64 account = 1 + numbers.next(FewRows);
    const double amount = cents(numbers.next(1'000'000));
    return {index + 1, account, date(12'000 + index * 9),
            u"EMEA"_s, amount,  u"…%1"_s.arg(numbers.next(10'000), 4, 10, QChar(u'0'))};
}

Row trip(qint64 index, Numbers &numbers)
{
    const qint64 pickup = index * 232 + numbers.next(230);
    const qint64 hundredths = 30 + numbers.next(300) + (numbers.next(10) == 0 ? numbers.next(1700) : 0);
    const qint64 seconds = 120 + hundredths * (2 + numbers.next(4));
    const double fare = 2.5 + double((hundredths * 5 / 2 + seconds / 3) / 50) / 2;
    return {timestamp(pickup),        timestamp(pickup + seconds), cents(hundredths), fare,
            10001 + numbers.next(40), 10001 + numbers.next(40)};
}

Row customer(qint64 index, Numbers &numbers)
{
    const qint64 key = index + 1;
    const qint64 nation = numbers.next(Nations.size());
    return {key,
            u"Customer#%1"_s.arg(key, 9, 10, QChar(u'0')),
            u"%1 Example Street"_s.arg(1 + numbers.next(900)),
            nation,
            u"%1-555-%2"_s.arg(10 + nation).arg(numbers.next(10000), 4, 10, QChar(u'0')),
            cents(numbers.next(1'099'999) - 99'999),
            numbers.of(Segments),
            numbers.next(4) == 0 ? QVariant() : QVariant(u"asks for express deliveries"_s)};
}

Row order(qint64 index, Numbers &numbers)
{
    return {index + 1,
            1 + numbers.next(Customers),
            numbers.of({u"O"_s, u"F"_s, u"P"_s}),
            cents(100'000 + numbers.next(40'000'000)),
            date(numbers.next(2400)),
            numbers.of(Priorities),
            u"Clerk#%1"_s.arg(1 + numbers.next(100), 9, 10, QChar(u'0'))};
}

Row line(qint64 index, Numbers &numbers)
{
    const qint64 quantity = 1 + numbers.next(50);
    return {index / LinesAnOrder + 1,
            index % LinesAnOrder + 1,
            1 + numbers.next(2000),
            double(quantity),
            double(quantity) * cents(90'000 + numbers.next(110'000)),
            cents(numbers.next(11)),
            cents(numbers.next(9)),
            numbers.of({u"A"_s, u"N"_s, u"R"_s}),
            numbers.of({u"F"_s, u"O"_s}),
            date(numbers.next(2500))};
}

Row pageView(qint64 index, Numbers &numbers)
{
    const QVariant user = numbers.next(3) == 0 ? QVariant() : QVariant(1 + numbers.next(80));
    return {index + 1, timestamp(315'000'000 + index * 120), user, numbers.of(Pages), cents(numbers.next(30'000))};
}

Row target(qint64 index, Numbers &numbers)
{
    return {Regions.at(index / 4), u"2026-Q%1"_s.arg(index % 4 + 1), double(100'000 + 5'000 * numbers.next(80))};
}

Row review(qint64 index, Numbers &)
{
    const Review &one = sampleReviews().at(index);
    return {one.id, one.stars, one.text};
}

Content fixed(const QString &table, const QList<QVariantList> &rows)
{
    return {table, rows.size(), [rows](qint64 index, Numbers &) { return rows.at(index); }};
}

const QList<Content> &contents()
{
    static const QList<Content> all{
        {u"samples.nyctaxi.trips"_s, 22'000, &trip},
        {u"samples.slow.n"_s, 10, [](qint64 index, Numbers &) { return Row{index}; }},
        {u"samples.tpch.region"_s, Regions.size(),
         [](qint64 index, Numbers &) {
             return Row{index, Regions.at(index)};
         }},
        {u"samples.tpch.nation"_s, Nations.size(),
         [](qint64 index, Numbers &) {
             return Row{index, Nations.at(index), NationRegions.at(index)};
         }},
        {u"samples.tpch.customer"_s, Customers, &customer},
        {u"samples.tpch.orders"_s, Orders, &order},
        {u"samples.tpch.lineitem"_s, Orders * LinesAnOrder, &line},
        {u"main.default.page_views"_s, 700, &pageView},
        {u"finance.ledger.postings"_s, FewRows, &posting},
        {u"main.default.sales_targets"_s, Regions.size() * 4, &target},
        {u"main.default.reviews"_s, sampleReviews().size(), &review},
        {u"main.default.manuals"_s, sampleReviews().size(), &review},
        fixed(u"system.access.table_lineage"_s, lineageRows()),
        fixed(u"system.billing.list_prices"_s, listPriceRows()),
    };
    return all;
}

/// A cell of a table that only its columns are known of.
QVariant cell(const SampleColumn &column, qint64 index, Numbers &numbers)
{
    const QString type = typeName(column.typeText);
    if (type == "BIGINT"_L1 || type == "INT"_L1)
        return column.comment.startsWith("Refers to "_L1) ? 1 + numbers.next(FewRows) : index + 1;
    if (type == "DOUBLE"_L1 || type == "FLOAT"_L1 || type == "DECIMAL"_L1)
        return cents(numbers.next(1'000'000));
    if (type == "DATE"_L1)
        return date(12'000 + index * 9);
    if (type == "TIMESTAMP"_L1)
        return timestamp(315'000'000 + index * 3600);
    return type == "BOOLEAN"_L1 ? QVariant(numbers.next(2)) : QVariant(u"%1 %2"_s.arg(column.name).arg(index + 1));
}

void fill(const QSqlDatabase &database, const SampleTable &table, qint64 rows, const Maker &row)
{
    QSqlQuery query(database);
    const QString marks = QStringList(table.columns.size(), u"?"_s).join(u',');
    query.prepare(u"INSERT INTO \"%1\" VALUES (%2)"_s.arg(table.id, marks));
    Numbers numbers(4711);
    for (qint64 index = 0; index < rows; ++index) {
        const Row cells = row(index, numbers);
        for (qsizetype column = 0; column < cells.size(); ++column)
            query.bindValue(int(column), cells.at(column));
        if (!query.exec())
            qFatal("The sample workspace's table %s cannot be filled.", qPrintable(table.fullName()));
    }
}

} // namespace

void fillTable(const QSqlDatabase &database, const SampleTable &table, const QList<QVariantList> &rows)
{
    QSqlDatabase filled = database;
    filled.transaction();
    fill(database, table, rows.size(), [&rows](qint64 index, Numbers &) { return rows.at(index); });
    filled.commit();
}

void fillTable(const QSqlDatabase &database, const SampleTable &table)
{
    const auto byTypes = [&table](qint64 index, Numbers &numbers) {
        Row row;
        for (const SampleColumn &column : table.columns)
            row.append(cell(column, index, numbers));
        return row;
    };
    const auto content = std::ranges::find(contents(), table.fullName(), &Content::table);
    const bool isKnown = content != contents().end();
    QSqlDatabase filled = database;
    filled.transaction();
    fill(database, table, isKnown ? content->rows : FewRows, isKnown ? content->row : Maker(byTypes));
    filled.commit();
}

} // namespace Sample
