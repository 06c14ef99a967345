#include "sample/files/filetree.h"

#include "sample/server/builtin.h"

#include <QDateTime>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 uploaded = 1'795'190'400'000; // 2026-11-20
constexpr qint64 minute = 60'000;
constexpr qint64 day = 24 * 60 * minute;

QByteArray orders()
{
    QByteArray csv = "order_id,region,amount\n";
    static const QStringList regions{u"north"_s, u"south"_s, u"east"_s, u"west"_s};
    for (int i = 1; i <= 40; ++i)
        csv += QStringLiteral("%1,%2,%3.50\n").arg(4000 + i).arg(regions.at(i % 4)).arg(i * 37 % 250).toUtf8();
    return csv;
}

/// Longer than an answer; its lines have characters of two and three bytes.
QByteArray longLog()
{
    QString log;
    for (int i = 0; i < 2000; ++i)
        log += u"2026-11-20 06:%1:%2 INFO línea %3 – %4 rows loaded ✓\n"_s.arg(i / 60 % 60, 2, 10, QChar(u'0'))
                   .arg(i % 60, 2, 10, QChar(u'0'))
                   .arg(i)
                   .arg(i * 7919 % 1000);
    return log.toUtf8();
}

/// A picture of one pixel.
QByteArray pixel()
{
    return QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
        "rkJggg==");
}

QByteArray notText(qsizetype size)
{
    QByteArray bytes(size, '\0');
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>((i * 131 + 17) % 256);
    return bytes;
}

} // namespace

void FileTree::put(const QString &path, const QByteArray &bytes, qint64 modified)
{
    makeDirectory(path.section(u'/', 0, -2), modified);
    m_entries.insert(path, {path, false, bytes, modified});
}

void FileTree::makeDirectory(const QString &path, qint64 modified)
{
    for (QString directory = path; !directory.isEmpty(); directory = directory.section(u'/', 0, -2)) {
        if (!m_entries.contains(directory))
            m_entries.insert(directory, {directory, true, QByteArray(), modified});
    }
}

const FileTree::Entry *FileTree::find(const QString &path) const
{
    const auto found = m_entries.constFind(path);
    return found == m_entries.constEnd() ? nullptr : &*found;
}

QList<FileTree::Entry> FileTree::children(const QString &directory) const
{
    const QString parent = directory == u'/' ? QString() : directory;
    QList<Entry> below;
    for (const Entry &entry : m_entries) {
        if (entry.path != u'/' && entry.path.section(u'/', 0, -2) == parent)
            below.append(entry);
    }
    return below;
}

qint64 lastArrival(qint64 now)
{
    return now / day * day - 5 * 60 * minute;
}

FileTree sampleVolumeFiles(qint64 now)
{
    FileTree files;
    const QString main = u"/Volumes/main/"_s;
    for (int back = 1; back <= 3; ++back) {
        const QString date = QDateTime::fromMSecsSinceEpoch(now - back * day).toUTC().date().toString(Qt::ISODate);
        files.put(main + u"default/landing/orders/%1/part-0000.csv"_s.arg(date), orders(),
                  now / day * day - back * day);
    }
    files.put(main + u"default/landing/prices/all.csv"_s, "sku,price\n1001,4.50\n1002,12.00\n", uploaded);
    files.put(main + u"default/exports/sales_targets_2026.csv"_s, "region,quarter,target\nASIA,2026-Q1,240000.00\n",
              uploaded);
    files.put(main + u"marketing/email_drops/opens.csv"_s, "campaign,opens\nautumn,4120\n", lastArrival(now));
    files.put(main + u"tools/scripts/upload_sftp.py"_s, builtIn(u"notebooks/jobs/upload_sftp.py"_s), uploaded);
    files.put(u"/Volumes/logistics/shipments/photos/parcel-4711.png"_s, pixel(), uploaded);
    const QString root = u"/Volumes/main/default/raw"_s;
    files.put(root + u"/orders.csv"_s, orders(), uploaded);
    files.put(root + u"/README.md"_s, "# Raw files\n\nInvented orders of an invented shop, one file a day.\n",
              uploaded - 90 * minute);
    files.put(root + u"/logs/ingest.log"_s, longLog(), uploaded + 5 * minute);
    files.put(root + u"/images/logo.png"_s, pixel(), uploaded);
    files.put(root + u"/models/forecast.bin"_s, notText(60'000), uploaded);
    files.put(root + u"/Berichte 2026/100% Übersicht #1.txt"_s, "Grüße aus der Musterfirma\n", uploaded);
    files.put(root + u"/empty.txt"_s, QByteArray(), uploaded);
    return files;
}

FileTree sampleDbfsFiles()
{
    FileTree files;
    files.put(u"/FileStore/tables/orders.csv"_s, orders(), uploaded);
    files.put(u"/FileStore/tables/old/ingest.log"_s, longLog(), uploaded);
    files.put(u"/FileStore/jars/udfs.jar"_s, notText(4'000), uploaded);
    const QString driver = u"/cluster-logs/0527-061205-l3ph6de2/driver"_s;
    files.put(driver + u"/log4j-active.log"_s, longLog(), uploaded);
    files.put(driver + u"/stderr"_s, "WARN TaskSetManager: Lost task 3.0 in stage 12.0\n", uploaded);
    files.put(driver + u"/stdout"_s, "scored 48211 transactions\n", uploaded);
    files.makeDirectory(u"/tmp"_s, uploaded);
    files.makeDirectory(u"/"_s, uploaded);
    return files;
}

} // namespace Sample
