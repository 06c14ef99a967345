#include "tools/kit/text/times.h"

#include "tools/jobs/schedules/quartz.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Times and schedules as models give and get them, on a computer that is far from UTC.
class TestTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Pacific/Kiritimati"); }
    void times_data();
    void times();
    void timesAgo();
    void aDayEndsWithItsLastMillisecond_data();
    void aDayEndsWithItsLastMillisecond();
    void noTimes_data();
    void noTimes();
    void printsWhatItReads();
    void durations();
    void unixCronIsToldItsQuartzForm_data();
    void unixCronIsToldItsQuartzForm();
    void unknownZonesAreToldNearOnes();
    void nextRuns_data();
    void nextRuns();
};

void TestTimes::times_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    QTest::newRow("printed") << u"2026-11-22 08:15:00 UTC"_s << u"2026-11-22T08:15:00Z"_s;
    QTest::newRow("no zone is UTC") << u"2026-11-22 08:15"_s << u"2026-11-22T08:15:00Z"_s;
    QTest::newRow("ISO without a zone") << u"2026-11-22T08:15:30"_s << u"2026-11-22T08:15:30Z"_s;
    QTest::newRow("ISO") << u"2026-11-22T08:15:30Z"_s << u"2026-11-22T08:15:30Z"_s;
    QTest::newRow("offset") << u"2026-11-22T08:15:30+02:00"_s << u"2026-11-22T06:15:30Z"_s;
    QTest::newRow("offset behind a blank") << u"2026-11-22 08:15+02:00"_s << u"2026-11-22T06:15:00Z"_s;
    QTest::newRow("named zone") << u"2026-07-22 08:15 Europe/Berlin"_s << u"2026-07-22T06:15:00Z"_s;
    QTest::newRow("date") << u"2026-11-22"_s << u"2026-11-22T00:00:00Z"_s;
    QTest::newRow("seconds") << u"1795335300"_s << u"2026-11-22T08:15:00Z"_s;
    QTest::newRow("milliseconds") << u"1795335300000"_s << u"2026-11-22T08:15:00Z"_s;
}

void TestTimes::times()
{
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const std::optional<QDateTime> time = Tools::readTime(text);
    QVERIFY(time);
    QCOMPARE(time->toUTC().toString(Qt::ISODate), utc);
}

void TestTimes::timesAgo()
{
    const std::pair<QString, qint64> rows[]{{u"90 minutes ago"_s, 5400}, {u"2 days ago"_s, 172'800},
                                            {u"last 3 hours"_s, 10'800}, {u"15m"_s, 900},
                                            {u"1 week ago"_s, 604'800},  {u"now"_s, 0}};
    for (const auto &[text, seconds] : rows) {
        const std::optional<QDateTime> time = Tools::readTime(text);
        QVERIFY2(time, qPrintable(text));
        const qint64 apart = time->secsTo(QDateTime::currentDateTimeUtc()) - seconds;
        QVERIFY2(apart >= 0 && apart < 60, qPrintable(text));
    }
}

void TestTimes::aDayEndsWithItsLastMillisecond_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    QTest::newRow("day") << u"2026-11-22"_s << u"2026-11-22T23:59:59.999Z"_s;
    QTest::newRow("day of a zone") << u"2026-03-29 Europe/Berlin"_s << u"2026-03-29T21:59:59.999Z"_s;
    QTest::newRow("time") << u"2026-11-22 08:15"_s << u"2026-11-22T08:15:00.000Z"_s;
    QTest::newRow("midnight that is named") << u"2026-11-22 00:00"_s << u"2026-11-22T00:00:00.000Z"_s;
    const QDateTime today = QDateTime::currentDateTimeUtc().date().startOfDay(QTimeZone::utc()).toUTC();
    QTest::newRow("yesterday") << u"Yesterday"_s << today.addMSecs(-1).toString(Qt::ISODateWithMs);
}

void TestTimes::aDayEndsWithItsLastMillisecond()
{
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const std::optional<QDateTime> end = Tools::readEnd(text);
    QVERIFY(end);
    QCOMPARE(end->toUTC().toString(Qt::ISODateWithMs), utc);
}

void TestTimes::noTimes_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text :
         {u"soon"_s, u"2026-13-01"_s, u"08:15"_s, u"2026-11-22 08:15 Mars/Olympus"_s, u"12"_s, u"-5 minutes ago"_s})
        QTest::newRow(qPrintable(text)) << text;
}

void TestTimes::noTimes()
{
    QFETCH(QString, text);
    QVERIFY(!Tools::readTime(text));
}

void TestTimes::printsWhatItReads()
{
    const qint64 time = 1'795'335'300'000;
    QCOMPARE(Tools::timeText(time), u"2026-11-22 08:15:00 UTC"_s);
    QCOMPARE(Tools::readTime(Tools::timeText(time))->toMSecsSinceEpoch(), time);
}

void TestTimes::durations()
{
    QCOMPARE(Tools::durationText(412ms), u"412 ms"_s);
    QCOMPARE(Tools::durationText(6040ms), u"6.0 s"_s);
    QCOMPARE(Tools::durationText(200s), u"3 min 20 s"_s);
    QCOMPARE(Tools::durationText(130min), u"2 h 10 min"_s);
    QCOMPARE(Tools::durationText(76h), u"3 d 4 h"_s);
}

void TestTimes::unixCronIsToldItsQuartzForm_data()
{
    QTest::addColumn<QString>("unixForm");
    QTest::addColumn<QString>("quartz");
    QTest::newRow("daily") << u"0 6 * * *"_s << u"0 0 6 * * ?"_s;
    QTest::newRow("weekdays") << u"30 5 * * 1-5"_s << u"0 30 5 ? * MON-FRI"_s;
    QTest::newRow("Sunday by seven") << u"0 1 * * 7"_s << u"0 0 1 ? * SUN"_s;
    QTest::newRow("every ten minutes") << u"*/10 * * * *"_s << u"0 */10 * * * ?"_s;
}

void TestTimes::unixCronIsToldItsQuartzForm()
{
    QFETCH(QString, unixForm);
    QFETCH(QString, quartz);
    const QString problem = Tools::cronProblem(unixForm);
    QVERIFY2(problem.contains(quartz), qPrintable(problem));
    QCOMPARE(Tools::cronProblem(quartz), QString());
}

void TestTimes::unknownZonesAreToldNearOnes()
{
    QCOMPARE(Tools::zoneProblem(u"Europe/Berlin"_s), QString());
    QVERIFY(Tools::zoneProblem(u"Europe/Berln"_s).contains("Europe/Berlin"_L1));
    QVERIFY(Tools::zoneProblem(u"Berlin"_s).contains("Europe/Berlin"_L1));
    QVERIFY(Tools::zoneProblem(u"New York"_s).contains("America/New_York"_L1));
}

void TestTimes::nextRuns_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("next"); // after 2026-11-28 05:00 UTC, a Saturday; empty: not known
    QTest::newRow("daily") << u"0 0 6 * * ?"_s << u"Europe/Berlin"_s << u"2026-11-29 06:00"_s;
    QTest::newRow("later today") << u"0 30 6 * * ?"_s << u"Europe/Berlin"_s << u"2026-11-28 06:30"_s;
    QTest::newRow("weekdays") << u"0 0 6 ? * MON-FRI"_s << u"UTC"_s << u"2026-11-30 06:00"_s;
    QTest::newRow("by number") << u"0 0 6 ? * 1"_s << u"UTC"_s << u"2026-11-29 06:00"_s;
    QTest::newRow("every 15 minutes") << u"0 0/15 * * * ?"_s << u"UTC"_s << u"2026-11-28 05:15"_s;
    QTest::newRow("day of the month") << u"0 15 4 3 * ?"_s << u"UTC"_s << u"2026-12-03 04:15"_s;
    QTest::newRow("leap day") << u"0 0 0 29 2 ?"_s << u"UTC"_s << u"2028-02-29 00:00"_s;
    QTest::newRow("last day") << u"0 0 0 L * ?"_s << u"UTC"_s << QString();
    QTest::newRow("never") << u"0 0 0 31 2 ?"_s << u"UTC"_s << QString();
}

void TestTimes::nextRuns()
{
    QFETCH(QString, expression);
    QFETCH(QString, zone);
    QFETCH(QString, next);
    const QDateTime after(QDate(2026, 11, 28), QTime(5, 0), QTimeZone::utc());
    const std::optional<QDateTime> run = Tools::nextRun(expression, QTimeZone(zone.toLatin1()), after);
    QCOMPARE(run ? run->toString(u"yyyy-MM-dd HH:mm"_s) : QString(), next);
}

QTEST_APPLESS_MAIN(TestTimes)
#include "tst_times.moc"
