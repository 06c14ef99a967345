#include "sample/agreement.h"

#include "sample/controls/testcontrols.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTimeZone>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Jobs = u"/api/2.2/jobs/"_s;
const QString Catalog = u"/api/2.1/unity-catalog/"_s;

QUrlQuery named(const QString &key, qint64 id)
{
    return {{key, QString::number(id)}};
}

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace

/// One answer of the sample is held against another: what the one names, the other has, and says the same of.
class TestSampleAgrees : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void jobsNameWhatIsThere();
    void runsNameWhatIsThere();
    void pastRunsGaveWhatTheRowsSay();
    void runsAreAtTheTimesOfTheirSchedules();
    void tracesPointAtLinesThatExist();
    void aForEachTaskHasItsIterations();
    void aRepairedRunHasItsHistory();
    void clustersHaveThePastOfTheirState();
    void clustersOfJobsLiveAsLongAsTheirRuns();
    void whatIsBilledToClustersIsWhenTheyRan();
    void oneRunningClusterIdles();
    void clustersIdleDifferently();
    void listedFilesAreReadWhole();
    void theQueryHistoryNamesWhatIsThere();
    void lineageNamesWhatIsThere();
    void filtersAndMasksAreFunctions();
    void pipelinesNameWhatIsThere();
    void alertsSayWhatTheirQueriesDo();
    void dashboardsStandInTheWorkspace();
    void searchIndexesHaveTheirTables();
    void permissionsBeginWithTheOwner();
    void genieSaysWhatItsQueryGives();

private:
    QJsonArray jobs()
    {
        return m_agree->all(Jobs + u"list"_s, u"jobs"_s, {{u"limit"_s, u"100"_s}, {u"expand_tasks"_s, u"true"_s}});
    }
    QJsonArray runs()
    {
        return m_agree->all(Jobs + u"runs/list"_s, u"runs"_s, {{u"limit"_s, u"24"_s}, {u"expand_tasks"_s, u"true"_s}});
    }
    QJsonArray clusters()
    {
        return m_agree->all(u"/api/2.1/clusters/list"_s, u"clusters"_s, {{u"page_size"_s, u"100"_s}});
    }
    /// Newest first.
    QJsonArray events(const QString &cluster);
    QString cellsOf(const QString &path);

    std::unique_ptr<Sample::SampleWorkspace> m_sample;
    std::unique_ptr<WorkspaceClient> m_client;
    std::unique_ptr<Agreement> m_agree;
};

void TestSampleAgrees::init()
{
    m_sample = std::make_unique<Sample::SampleWorkspace>("t", Sample::Tempo{100ms, 100ms, 100ms, 20ms},
                                                         std::make_unique<Sample::TestControls>());
    QVERIFY2(m_sample->listen(), qPrintable(m_sample->errorString()));
    m_client = std::make_unique<WorkspaceClient>(m_sample->url(), "Bearer t");
    m_agree = std::make_unique<Agreement>(*m_client);
}

void TestSampleAgrees::cleanup()
{
    m_agree.reset();
    m_client.reset();
    m_sample.reset();
}

QJsonArray TestSampleAgrees::events(const QString &cluster)
{
    return m_client
        ->post(u"/api/2.1/clusters/events"_s,
               QJsonObject{{u"cluster_id"_s, cluster}, {u"order"_s, u"DESC"_s}, {u"page_size"_s, 100}})
        .json()
        .value("events"_L1)
        .toArray();
}

QString TestSampleAgrees::cellsOf(const QString &path)
{
    const QJsonObject exported =
        m_agree->get(u"/api/2.0/workspace/export"_s, {{u"path"_s, path}, {u"format"_s, u"SOURCE"_s}});
    return QString::fromUtf8(QByteArray::fromBase64(exported.value("content"_L1).toString().toLatin1()));
}

void TestSampleAgrees::jobsNameWhatIsThere()
{
    const QJsonArray all = jobs();
    QVERIFY(all.size() >= 40);
    for (const QJsonValue job : all) {
        const QString name = job["settings"_L1]["name"_L1].toString();
        m_agree->user(job["creator_user_name"_L1].toString(), name);
        for (const QJsonValue task : job["settings"_L1]["tasks"_L1].toArray())
            m_agree->task(task.toObject(), name);
        const QString arrival = job["settings"_L1]["trigger"_L1]["file_arrival"_L1]["url"_L1].toString();
        if (!arrival.isEmpty())
            m_agree->path(arrival.chopped(1), name);
    }
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::runsNameWhatIsThere()
{
    for (const QJsonValue run : runs()) {
        const QString name = u"a run of "_s + run["run_name"_L1].toString();
        m_agree->job(run["job_id"_L1].toInteger(), name);
        m_agree->run(run["run_id"_L1].toInteger(), name);
        m_agree->user(run["creator_user_name"_L1].toString(), name);
        for (const QJsonValue task : run["tasks"_L1].toArray()) {
            m_agree->task(task.toObject(), name);
            if (run["run_name"_L1] != "partition_fan_out"_L1)
                m_agree->run(task["run_id"_L1].toInteger(), name);
            QVERIFY2(task["end_time"_L1].toInteger() <= nowMs(), qPrintable(name));
            QVERIFY2(task["start_time"_L1].toInteger() >= run["start_time"_L1].toInteger(), qPrintable(name));
        }
        QVERIFY2(run["end_time"_L1].toInteger() <= nowMs(), qPrintable(name));
    }
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::pastRunsGaveWhatTheRowsSay()
{
    const QString rows = m_agree->rows(u"SELECT count(*) FROM main.default.page_views"_s).at(0)[0].toString();
    int checked = 0;
    for (const QJsonValue run : runs()) {
        if (run["run_name"_L1] == "gold_marts"_L1)
            QCOMPARE(run["state"_L1]["result_state"_L1].toString(), u"SUCCESS"_s);
        if (run["run_name"_L1] != "inventory_snapshot"_L1)
            continue;
        const QUrlQuery query = named(u"run_id"_s, run["tasks"_L1][0]["run_id"_L1].toInteger());
        const QJsonValue view = m_agree->get(u"/api/2.1/jobs/runs/export"_s, query).value("views"_L1)[0];
        const QByteArray page = view["content"_L1].toString().section(u'\'', 1, 1).toLatin1();
        const QByteArray model = QByteArray::fromPercentEncoding(QByteArray::fromBase64(page));
        QVERIFY2(model.contains(u"snapshot: %1 rows seen"_s.arg(rows).toUtf8()), model.constData());
        ++checked;
    }
    QCOMPARE(checked, 10);
}

void TestSampleAgrees::runsAreAtTheTimesOfTheirSchedules()
{
    static const QRegularExpression atATime(u"^(\\d+) (\\d+) (\\d+) "_s);
    QHash<qint64, QList<qint64>> starts;
    for (const QJsonValue run : runs()) {
        if (run["trigger"_L1] == "PERIODIC"_L1)
            starts[run["job_id"_L1].toInteger()].append(run["start_time"_L1].toInteger());
    }
    int checked = 0;
    for (const QJsonValue job : jobs()) {
        const QJsonValue schedule = job["settings"_L1]["schedule"_L1];
        const QString cron = schedule["quartz_cron_expression"_L1].toString();
        const auto match = atATime.match(cron);
        if (!match.hasMatch())
            continue;
        const QString name = job["settings"_L1]["name"_L1].toString();
        const QTimeZone zone(schedule["timezone_id"_L1].toString().toLatin1());
        const QList<qint64> ofJob = starts.value(job["job_id"_L1].toInteger());
        QVERIFY2(!ofJob.isEmpty(), qPrintable(name));
        for (const qint64 start : ofJob) {
            const QTime time = QDateTime::fromMSecsSinceEpoch(start, zone).time();
            QCOMPARE(time, QTime(match.captured(3).toInt(), match.captured(2).toInt(), match.captured(1).toInt()));
        }
        const bool isDaily = cron.endsWith("* * ?"_L1) && schedule["pause_status"_L1] == "UNPAUSED"_L1;
        // A run that began this minute may not be told yet; a day may have 25 hours.
        QVERIFY2(!isDaily || ofJob.first() > nowMs() - 25 * 3'600'000 - 60'000, qPrintable(name));
        QVERIFY2(!isDaily || ofJob.size() == 10, qPrintable(name));
        ++checked;
    }
    QVERIFY(checked > 15);
}

void TestSampleAgrees::tracesPointAtLinesThatExist()
{
    static const QRegularExpression place(
        u"File <command-(\\d+)>, line (\\d+)[^\\n]*\\n(?: +\\d+ [^\\n]*\\n)*-+> (\\d+) ([^\\n]*)"_s);
    int places = 0;
    for (const QJsonValue run : runs()) {
        for (const QJsonValue task : run["tasks"_L1].toArray()) {
            if (task["state"_L1]["result_state"_L1] != "FAILED"_L1 || !task["notebook_task"_L1].isObject())
                continue;
            const QJsonObject output =
                m_agree->get(Jobs + u"runs/get-output"_s, named(u"run_id"_s, task["run_id"_L1].toInteger()));
            const QString source = cellsOf(task["notebook_task"_L1]["notebook_path"_L1].toString());
            auto found = place.globalMatch(output.value("error_trace"_L1).toString());
            while (found.hasNext()) {
                const auto match = found.next();
                QCOMPARE(match.captured(2), match.captured(3));
                bool stands = false;
                for (const QString &cell : source.section(u'\n', 1).split(u"# COMMAND ----------"_s))
                    stands |= cell.trimmed().split(u'\n').value(match.captured(2).toInt() - 1) == match.captured(4);
                QVERIFY2(stands, qPrintable(match.captured()));
                ++places;
            }
        }
    }
    QVERIFY(places >= 6);
}

void TestSampleAgrees::aForEachTaskHasItsIterations()
{
    int loops = 0;
    for (const QJsonValue run : runs()) {
        for (const QJsonValue task : run["tasks"_L1].toArray()) {
            if (!task["for_each_task"_L1].isObject())
                continue;
            const QJsonObject loop =
                m_agree->get(Jobs + u"runs/get"_s, named(u"run_id"_s, task["run_id"_L1].toInteger()));
            const QJsonArray iterations = loop.value("iterations"_L1).toArray();
            const QJsonValue stats = task["for_each_task"_L1]["stats"_L1]["task_run_stats"_L1];
            QCOMPARE(iterations.size(), stats["total_iterations"_L1].toInt());
            int failed = 0;
            for (const QJsonValue iteration : iterations) {
                const QJsonObject output =
                    m_agree->get(Jobs + u"runs/get-output"_s, named(u"run_id"_s, iteration["run_id"_L1].toInteger()));
                const bool fails = iteration["state"_L1]["result_state"_L1] == "FAILED"_L1;
                QVERIFY2(output.value("error"_L1).toString().startsWith("ZeroDivisionError"_L1) == fails,
                         qPrintable(output.value("error"_L1).toString()));
                failed += fails ? 1 : 0;
            }
            QCOMPARE(failed, stats["failed_iterations"_L1].toInt());
            QCOMPARE(task["state"_L1]["result_state"_L1].toString(), failed > 0 ? u"FAILED"_s : u"SUCCESS"_s);
            ++loops;
        }
    }
    QVERIFY(loops >= 2);
}

void TestSampleAgrees::aRepairedRunHasItsHistory()
{
    int repaired = 0;
    for (const QJsonValue run : runs()) {
        QUrlQuery query = named(u"run_id"_s, run["run_id"_L1].toInteger());
        query.addQueryItem(u"include_history"_s, u"true"_s);
        if (run["run_name"_L1] != "vendor_price_feed"_L1)
            continue;
        const QJsonObject whole = m_agree->get(Jobs + u"runs/get"_s, query);
        const QJsonArray history = whole.value("repair_history"_L1).toArray();
        QCOMPARE(history.size(), 2);
        QCOMPARE(history.at(0)["type"_L1].toString(), u"ORIGINAL"_s);
        QCOMPARE(history.at(0)["state"_L1]["result_state"_L1].toString(), u"FAILED"_s);
        QCOMPARE(history.at(1)["state"_L1]["result_state"_L1].toString(), u"SUCCESS"_s);
        QVERIFY(history.at(0)["end_time"_L1].toInteger() <= history.at(1)["start_time"_L1].toInteger());
        for (const QJsonValue one : history) {
            for (const QJsonValue id : one["task_run_ids"_L1].toArray())
                m_agree->run(id.toInteger(), u"a repair"_s);
        }
        ++repaired;
    }
    QVERIFY(repaired > 0);
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::clustersHaveThePastOfTheirState()
{
    for (const QJsonValue cluster : clusters()) {
        const QString id = cluster["cluster_id"_L1].toString();
        const QString state = cluster["state"_L1].toString();
        m_agree->user(cluster["creator_user_name"_L1].toString(), id);
        if (cluster["policy_id"_L1].isString())
            m_agree->policy(cluster["policy_id"_L1].toString(), id);
        const QJsonArray past = events(id);
        QVERIFY2(!past.isEmpty(), qPrintable(id));
        qint64 later = nowMs();
        bool cameUp = false;
        for (const QJsonValue event : past) {
            QVERIFY2(event["timestamp"_L1].toInteger() <= later, qPrintable(id));
            later = event["timestamp"_L1].toInteger();
            if (event["timestamp"_L1].toInteger() >= cluster["start_time"_L1].toInteger())
                cameUp |= event["type"_L1] == "RUNNING"_L1;
            if (event["details"_L1]["user"_L1].isString())
                m_agree->user(event["details"_L1]["user"_L1].toString(), id);
        }
        const QJsonValue newest = past.first();
        if (state == "RUNNING"_L1) {
            QVERIFY2(cameUp && newest["type"_L1] != "TERMINATING"_L1, qPrintable(id));
            const qint64 active = cluster["last_activity_time"_L1].toInteger();
            QVERIFY2(active >= cluster["start_time"_L1].toInteger() && active <= nowMs(), qPrintable(id));
        } else if (state == "TERMINATED"_L1) {
            QCOMPARE(newest["type"_L1].toString(), u"TERMINATING"_s);
            QCOMPARE(newest["timestamp"_L1].toInteger(), cluster["terminated_time"_L1].toInteger());
            QCOMPARE(newest["details"_L1]["reason"_L1]["code"_L1], cluster["termination_reason"_L1]["code"_L1]);
        }
    }
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::clustersOfJobsLiveAsLongAsTheirRuns()
{
    static const QRegularExpression name(u"^job-(\\d+)-run-(\\d+)-(.*)$"_s);
    int checked = 0;
    for (const QJsonValue cluster : clusters()) {
        const auto match = name.match(cluster["cluster_name"_L1].toString());
        if (!match.hasMatch())
            continue;
        const QJsonObject run = m_agree->get(Jobs + u"runs/get"_s, {{u"run_id"_s, match.captured(2)}});
        QCOMPARE(run.value("job_id"_L1).toInteger(), match.captured(1).toLongLong());
        QVERIFY(run.value("run_name"_L1).toString().startsWith(match.captured(3)));
        QCOMPARE(cluster["start_time"_L1], run.value("start_time"_L1));
        const bool runs = run.value("state"_L1)["life_cycle_state"_L1] == "RUNNING"_L1;
        QCOMPARE(cluster["state"_L1].toString(), runs ? u"RUNNING"_s : u"TERMINATED"_s);
        QVERIFY(runs || cluster["terminated_time"_L1].toInteger() <= run.value("end_time"_L1).toInteger());
        ++checked;
    }
    QVERIFY(checked >= 12);
}

void TestSampleAgrees::whatIsBilledToClustersIsWhenTheyRan()
{
    const QJsonArray rows = m_agree->rows(
        u"SELECT usage_metadata.cluster_id, usage_date, unix_timestamp(usage_start_time), "
        "unix_timestamp(usage_end_time), usage_quantity, identity_metadata.run_as, usage_metadata.job_id, "
        "usage_metadata.dlt_pipeline_id FROM system.billing.usage WHERE usage_metadata.cluster_id IS NOT NULL"_s);
    QSet<QString> billed;
    for (const QJsonValue row : rows) {
        const QString id = row[0].toString();
        m_agree->cluster(id, u"usage"_s);
        m_agree->user(row[5].toString(), u"usage"_s);
        if (row[6].isString())
            m_agree->job(row[6].toString().toLongLong(), u"usage"_s);
        if (row[7].isString())
            m_agree->pipeline(row[7].toString(), u"usage"_s);
        const QString day = id + u' ' + row[1].toString();
        QVERIFY2(!billed.contains(day) && row[4].toString().toDouble() > 0, qPrintable(day));
        billed.insert(day);
    }
    int running = 0;
    for (const QJsonValue cluster : clusters()) {
        const QString id = cluster["cluster_id"_L1].toString();
        const qint64 started = cluster["start_time"_L1].toInteger() / 1000;
        const qint64 ended = cluster["terminated_time"_L1].toInteger() / 1000;
        for (const QJsonValue row : rows) {
            const qint64 last = row[3].toString().toLongLong();
            if (row[0] == id)
                QVERIFY2(row[2].toString().toLongLong() < last && (ended == 0 || last <= ended), qPrintable(id));
        }
        const QString source = cluster["cluster_source"_L1].toString();
        if (cluster["state"_L1] != "RUNNING"_L1 || (source != "UI"_L1 && source != "API"_L1))
            continue;
        // From the first whole day on; a day has 86400 seconds in UTC.
        for (qint64 day = started / 86'400 + 1; day <= nowMs() / 1000 / 86'400; ++day) {
            const QString date = QDateTime::fromSecsSinceEpoch(day * 86'400).toUTC().date().toString(Qt::ISODate);
            const bool isYoung = nowMs() / 1000 - day * 86'400 < 300;
            QVERIFY2(isYoung || billed.contains(id + u' ' + date), qPrintable(id + u' ' + date));
            ++running;
        }
    }
    QVERIFY(running > 8);
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::oneRunningClusterIdles()
{
    int idle = 0;
    for (const QJsonValue cluster : clusters()) {
        const qint64 minutes = (nowMs() - cluster["last_activity_time"_L1].toInteger()) / 60'000;
        const int patience = cluster["autotermination_minutes"_L1].toInt();
        if (cluster["state"_L1] != "RUNNING"_L1)
            continue;
        QVERIFY2(patience == 0 || minutes < patience, qPrintable(cluster["cluster_name"_L1].toString()));
        idle += minutes > 24 * 60 ? 1 : 0;
    }
    QCOMPARE(idle, 1);
}

void TestSampleAgrees::clustersIdleDifferently()
{
    QMap<qint64, int> counts;
    for (const QJsonValue cluster : clusters()) {
        if (cluster["state"_L1] != "RUNNING"_L1)
            continue;
        const qint64 minutes = (nowMs() - cluster["last_activity_time"_L1].toInteger()) / 60'000;
        ++counts[minutes];
        const QString source = cluster["cluster_source"_L1].toString();
        if (source == "JOB"_L1 || source == "PIPELINE"_L1)
            QCOMPARE(minutes, 0);
    }
    QVERIFY(counts.size() >= 8);
}

void TestSampleAgrees::listedFilesAreReadWhole()
{
    QStringList directories;
    for (const QJsonValue schema : m_agree->all(Catalog + u"catalogs"_s, u"catalogs"_s)) {
        const QUrlQuery ofCatalog{{u"catalog_name"_s, schema["name"_L1].toString()}};
        for (const QJsonValue one : m_agree->all(Catalog + u"schemas"_s, u"schemas"_s, ofCatalog)) {
            QUrlQuery ofSchema = ofCatalog;
            ofSchema.addQueryItem(u"schema_name"_s, one["name"_L1].toString());
            for (const QJsonValue volume : m_agree->all(Catalog + u"volumes"_s, u"volumes"_s, ofSchema))
                directories.append(u"/Volumes/"_s + volume["full_name"_L1].toString().replace(u'.', u'/'));
        }
    }
    QVERIFY(directories.size() >= 6);
    int files = 0;
    while (!directories.isEmpty()) {
        const QString path = directories.takeFirst();
        const Answer listing = m_client->get(u"/api/2.0/fs/directories"_s + path);
        QVERIFY2(listing.status == 200, qPrintable(path + listing.message()));
        for (const QJsonValue entry : listing.json().value("contents"_L1).toArray()) {
            QString below = entry["path"_L1].toString();
            if (entry["is_directory"_L1].toBool()) {
                directories.append(below.chopped(1));
                continue;
            }
            const Answer file = m_client->get(u"/api/2.0/fs/files"_s + below);
            QVERIFY2(file.status == 200, qPrintable(below));
            QCOMPARE(qint64(file.body.size()), entry["file_size"_L1].toInteger());
            ++files;
        }
    }
    QVERIFY(files >= 14);
}

void TestSampleAgrees::theQueryHistoryNamesWhatIsThere()
{
    const QJsonArray history = m_agree->all(u"/api/2.0/sql/history/queries"_s, u"res"_s);
    QVERIFY(history.size() >= 5);
    for (const QJsonValue entry : history) {
        const QString text = entry["query_text"_L1].toString();
        m_agree->warehouse(entry["warehouse_id"_L1].toString(), text);
        m_agree->user(entry["user_name"_L1].toString(), text);
        QCOMPARE(entry["query_end_time_ms"_L1].toInteger() - entry["query_start_time_ms"_L1].toInteger(),
                 entry["duration"_L1].toInteger());
        if (entry["status"_L1] == "CANCELED"_L1 || !text.startsWith("SELECT"_L1))
            continue;
        const QJsonArray rows = m_agree->rows(text);
        if (entry["status"_L1] == "FINISHED"_L1)
            QCOMPARE(qint64(rows.size()), entry["rows_produced"_L1].toInteger());
        else
            QVERIFY2(rows.at(0)[0].toString().startsWith(entry["error_message"_L1].toString().left(30)),
                     qPrintable(text));
    }
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::filtersAndMasksAreFunctions()
{
    const QString base = u"/api/2.1/unity-catalog/"_s;
    const QJsonObject table = m_agree->get(base + u"tables/finance.ledger.postings"_s);
    QStringList functions{table.value("row_filter"_L1)["function_name"_L1].toString()};
    for (const QJsonValue column : table.value("columns"_L1).toArray()) {
        if (column.toObject().contains("mask"_L1))
            functions.append(column["mask"_L1]["function_name"_L1].toString());
    }
    QCOMPARE(functions.size(), 2);
    for (const QString &function : std::as_const(functions))
        QCOMPARE(m_agree->get(base + u"functions/"_s + function).value("full_name"_L1).toString(), function);
    // The user is not in the treasury, so the rows are as the functions' texts say for others.
    const auto text = [&](qsizetype at) {
        return m_agree->get(base + u"functions/"_s + functions.at(at)).value("routine_definition"_L1).toString();
    };
    QCOMPARE(text(0), u"region = 'EMEA' OR is_account_group_member('treasury')"_s);
    QVERIFY(text(1).endsWith(u"ELSE concat('…', right(iban, 4)) END"_s));
    const QJsonArray rows = m_agree->rows(u"SELECT DISTINCT region, regexp_like(iban, '^…[0-9]{4}$') FROM "
                                          "finance.ledger.postings"_s);
    QCOMPARE(rows, (QJsonArray{QJsonArray{u"EMEA"_s, u"true"_s}}));
    for (const auto change : {"UPDATE finance.ledger.postings SET amount = 1", "TRUNCATE TABLE finance.ledger.postings",
                              "INSERT INTO finance.ledger.postings (iban) VALUES ('DE02')"})
        QVERIFY2(
            m_agree->rows(QString::fromLatin1(change)).at(0)[0].toString().contains("sample workspace does not"_L1),
            change);
}

void TestSampleAgrees::lineageNamesWhatIsThere()
{
    const QJsonArray rows = m_agree->rows(
        u"SELECT entity_type, entity_id, entity_run_id, source_table_full_name, source_path, target_table_full_name, "
        "created_by FROM system.access.table_lineage"_s);
    QVERIFY(rows.size() >= 6);
    const QString lineage = u"lineage"_s;
    for (const QJsonValue row : rows) {
        const QString type = row[0].toString();
        const QString id = row[1].toString();
        if (type == "JOB"_L1)
            m_agree->job(id.toLongLong(), lineage);
        if (type == "PIPELINE"_L1)
            m_agree->pipeline(id, lineage);
        if (row[2].isString())
            m_agree->run(row[2].toString().toLongLong(), lineage);
        for (const int table : {3, 5}) {
            if (row[table].isString())
                m_agree->table(row[table].toString(), lineage);
        }
        if (row[4].isString())
            m_agree->path(row[4].toString(), lineage);
        m_agree->user(row[6].toString(), lineage);
        const QHash<QString, QString> named{{u"DASHBOARD_V3"_s, u"/api/2.0/lakeview/dashboards/"_s},
                                            {u"DBSQL_QUERY"_s, u"/api/2.0/sql/queries/"_s}};
        if (named.contains(type))
            QVERIFY2(!m_agree->get(named.value(type) + id).value("display_name"_L1).toString().isEmpty(),
                     qPrintable(id));
        // The lineage API knows of the same.
        if (row[3].isString()) {
            const QJsonObject rest =
                m_agree->get(u"/api/2.0/lineage-tracking/table-lineage"_s, {{u"table_name"_s, row[3].toString()}});
            const QByteArray downstreams = QJsonDocument(rest.value("downstreams"_L1).toArray()).toJson();
            QVERIFY2(downstreams.contains(id.toUtf8()), qPrintable(row[3].toString()));
        }
        if (type != "NOTEBOOK"_L1)
            continue;
        // The notebook of this id is one of the workspace, and it names both tables.
        const QJsonArray nodes = m_agree->get(u"/api/2.0/workspace/list"_s, {{u"path"_s, u"/Production/marts"_s}})
                                     .value("objects"_L1)
                                     .toArray();
        const auto node = std::find_if(nodes.begin(), nodes.end(), [&](const QJsonValue &one) {
            return QString::number(one["object_id"_L1].toInteger()) == id;
        });
        QVERIFY(node != nodes.end());
        const QString source = cellsOf((*node)["path"_L1].toString());
        QVERIFY(source.contains(row[3].toString()) && source.contains(row[5].toString()));
    }
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::pipelinesNameWhatIsThere()
{
    static const QRegularExpression table(u"`(\\w+)`\\.`(\\w+)`\\.`(\\w+)`"_s);
    int errors = 0;
    for (const QJsonValue one : m_agree->all(u"/api/2.0/pipelines"_s, u"statuses"_s)) {
        const QString id = one["pipeline_id"_L1].toString();
        const QString name = one["name"_L1].toString();
        m_agree->user(one["creator_user_name"_L1].toString(), name);
        const QJsonValue spec = m_agree->get(u"/api/2.0/pipelines/"_s + id).value("spec"_L1);
        for (const QJsonValue library : spec["libraries"_L1].toArray())
            m_agree->path(library["notebook"_L1]["path"_L1].toString(), name);
        const QString schema = spec["catalog"_L1].toString() + u'.' + spec["schema"_L1].toString();
        QCOMPARE(m_client->get(Catalog + u"schemas/"_s + schema).status, 200);
        for (const QJsonValue event : m_agree->all(u"/api/2.0/pipelines/%1/events"_s.arg(id), u"events"_s)) {
            for (const QJsonValue exception : event["error"_L1]["exceptions"_L1].toArray()) {
                const QString message = exception["message"_L1].toString();
                const auto match = table.match(message);
                QVERIFY2(match.hasMatch(), qPrintable(message));
                const QString fullName =
                    QStringList{match.captured(1), match.captured(2), match.captured(3)}.join(u'.');
                m_agree->table(fullName, name);
                // The column is not there, and those that are suggested are.
                const QString columns = QString::fromUtf8(m_client->get(Catalog + u"tables/"_s + fullName).body);
                QVERIFY(!columns.contains("\"order_total\""_L1) && columns.contains("\"o_totalprice\""_L1));
                ++errors;
            }
        }
    }
    QVERIFY(errors > 0);
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::alertsSayWhatTheirQueriesDo()
{
    const QJsonArray alerts = m_agree->all(u"/api/2.0/alerts"_s, u"alerts"_s);
    QVERIFY(alerts.size() >= 3);
    for (const QJsonValue listed : alerts) {
        const QString id = listed["id"_L1].toString();
        const QJsonObject alert = m_agree->get(u"/api/2.0/alerts/"_s + id);
        QCOMPARE(alert.value("display_name"_L1), listed["display_name"_L1]);
        m_agree->warehouse(alert.value("warehouse_id"_L1).toString(), id);
        m_agree->user(alert.value("owner_user_name"_L1).toString(), id);
        const QJsonObject answer = m_agree->statement(alert.value("query_text"_L1).toString());
        const QJsonValue evaluation = alert.value("evaluation"_L1);
        QCOMPARE(answer.value("manifest"_L1)["schema"_L1]["columns"_L1][0]["name"_L1],
                 evaluation["source"_L1]["name"_L1]);
        if (evaluation["state"_L1] == "UNKNOWN"_L1)
            continue;
        const bool isOver = Agreement::rowsOf(answer).at(0)[0].toString().toDouble() >
                            evaluation["threshold"_L1]["value"_L1]["double_value"_L1].toDouble();
        QCOMPARE(evaluation["state"_L1].toString(), isOver ? u"TRIGGERED"_s : u"OK"_s);
    }
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::dashboardsStandInTheWorkspace()
{
    const QString base = u"/api/2.0/lakeview/dashboards"_s;
    const QJsonArray dashboards = m_agree->all(base, u"dashboards"_s);
    QVERIFY(!dashboards.isEmpty());
    for (const QJsonValue listed : dashboards) {
        const QString id = listed["dashboard_id"_L1].toString();
        const QJsonObject dashboard = m_agree->get(base + u'/' + id);
        const QJsonObject node =
            m_agree->get(u"/api/2.0/workspace/get-status"_s, {{u"path"_s, dashboard.value("path"_L1).toString()}});
        QCOMPARE(node.value("resource_id"_L1).toString(), id);
        m_agree->warehouse(dashboard.value("warehouse_id"_L1).toString(), id);
        QCOMPARE(m_agree->get(base + u'/' + id + u"/published"_s).value("display_name"_L1), listed["display_name"_L1]);
        const QJsonObject content =
            QJsonDocument::fromJson(dashboard.value("serialized_dashboard"_L1).toString().toUtf8()).object();
        for (const QJsonValue dataset : content.value("datasets"_L1).toArray()) {
            QString sql;
            for (const QJsonValue line : dataset["queryLines"_L1].toArray())
                sql += line.toString();
            QCOMPARE(m_agree->statement(sql).value("status"_L1)["state"_L1].toString(), u"SUCCEEDED"_s);
        }
    }
    const QJsonObject draft{{u"display_name"_s, u"Fares"_s}, {u"parent_path"_s, u"/Workspace/Shared/reports"_s}};
    const QJsonObject made = m_client->post(base, draft).json();
    const QString one = base + u'/' + made.value("dashboard_id"_L1).toString();
    m_agree->path(made.value("path"_L1).toString(), u"a new dashboard"_s);
    QCOMPARE(m_client->get(one + u"/published"_s).status, 404);
    QCOMPARE(m_client->post(one + u"/published"_s, QJsonObject()).status, 200);
    QCOMPARE(m_client->get(one + u"/published"_s).status, 200);
    QCOMPARE(m_client->remove(one).status, 200);
    QCOMPARE(m_agree->all(base, u"dashboards"_s).size(), dashboards.size());
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::searchIndexesHaveTheirTables()
{
    const QString base = u"/api/2.0/vector-search/"_s;
    for (const QJsonValue endpoint : m_agree->all(base + u"endpoints"_s, u"endpoints"_s)) {
        const QString name = endpoint["name"_L1].toString();
        for (const QJsonValue listed :
             m_agree->all(base + u"indexes"_s, u"vector_indexes"_s, {{u"endpoint_name"_s, name}})) {
            const QJsonObject index = m_agree->get(base + u"indexes/"_s + listed["name"_L1].toString());
            const QString source = index.value("delta_sync_index_spec"_L1)["source_table"_L1].toString();
            m_agree->user(index.value("creator"_L1).toString(), name);
            if (source.isEmpty())
                continue;
            m_agree->table(source, name);
            QCOMPARE(m_agree->rows(u"SELECT count(*) FROM "_s + source).at(0)[0].toString().toLongLong(),
                     index.value("status"_L1)["indexed_row_count"_L1].toInteger());
        }
    }
    QCOMPARE(m_agree->missing(), QStringList());
}

void TestSampleAgrees::permissionsBeginWithTheOwner()
{
    const auto owner = [this](const QString &type, const QString &id) {
        const QJsonArray list =
            m_agree->get(u"/api/2.0/permissions/%1/%2"_s.arg(type, id)).value("access_control_list"_L1).toArray();
        return list.first()["user_name"_L1].toString();
    };
    const QJsonObject job = jobs().first().toObject();
    QCOMPARE(owner(u"jobs"_s, QString::number(job.value("job_id"_L1).toInteger())),
             job.value("creator_user_name"_L1).toString());
    const QJsonObject cluster = clusters().at(1).toObject();
    QCOMPARE(owner(u"clusters"_s, cluster.value("cluster_id"_L1).toString()),
             cluster.value("creator_user_name"_L1).toString());
    const QJsonObject node = m_agree->get(u"/api/2.0/workspace/get-status"_s,
                                          {{u"path"_s, u"/Users/maria.santos@example.com/explore/fare_model"_s}});
    QCOMPARE(owner(u"notebooks"_s, QString::number(node.value("object_id"_L1).toInteger())),
             u"maria.santos@example.com"_s);
    QCOMPARE(m_client->get(u"/api/2.0/permissions/jobs/17"_s).status, 404);
    QCOMPARE(m_client->get(u"/api/2.0/permissions/warehouses/nothere"_s).status, 404);
}

void TestSampleAgrees::genieSaysWhatItsQueryGives()
{
    const QString base = u"/api/2.0/genie/spaces"_s;
    const QJsonArray spaces = m_agree->all(base, u"spaces"_s);
    QCOMPARE(spaces.size(), 2);
    for (const QJsonValue space : spaces) {
        const QString at = base + u'/' + space["space_id"_L1].toString();
        m_agree->warehouse(space["warehouse_id"_L1].toString(), at);
        const QString serialized =
            m_agree->get(at, {{u"include_serialized_space"_s, u"true"_s}}).value("serialized_space"_L1).toString();
        const QJsonValue question = QJsonDocument::fromJson(serialized.toUtf8())
                                        .object()
                                        .value("config"_L1)["sample_questions"_L1][0]["question"_L1][0];
        const QJsonObject asked =
            m_client->post(at + u"/start-conversation"_s, QJsonObject{{u"content"_s, question}}).json();
        const QString message = u"%1/conversations/%2/messages/%3"_s.arg(
            at, asked.value("conversation_id"_L1).toString(), asked.value("message_id"_L1).toString());
        QTRY_COMPARE(m_agree->get(message).value("status"_L1).toString(), u"COMPLETED"_s);
        QString words;
        QJsonObject query;
        QString attachment;
        for (const QJsonValue one : m_agree->get(message).value("attachments"_L1).toArray()) {
            words += one["text"_L1]["content"_L1].toString();
            if (one["query"_L1].isObject()) {
                query = one["query"_L1].toObject();
                attachment = one["attachment_id"_L1].toString();
            }
        }
        const QJsonValue result =
            m_agree->get(message + u"/attachments/%1/query-result"_s.arg(attachment)).value("statement_response"_L1);
        const QJsonArray rows = result["result"_L1]["data_array"_L1].toArray();
        QCOMPARE(rows, m_agree->rows(query.value("query"_L1).toString()));
        QCOMPARE(result["statement_id"_L1], query.value("statement_id"_L1));
        QCOMPARE(m_client->get(u"/api/2.0/sql/statements/"_s + query.value("statement_id"_L1).toString()).status, 200);
        QVERIFY2(words.contains(rows.at(0)[0].toString()) && words.contains(rows.at(0)[1].toString()),
                 qPrintable(words));
    }
    QCOMPARE(m_agree->missing(), QStringList());
}

QTEST_GUILESS_MAIN(TestSampleAgrees)
#include "tst_sampleagrees.moc"
