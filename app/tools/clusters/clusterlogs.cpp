#include "tools/clusters/cluster.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

constexpr qint64 UsualBytes = 6000;
constexpr qint64 MostBytes = 24'000;
/// So many entries of a directory are read.
constexpr qint64 MostAsked = 200;

/// Where the cluster's logs are delivered: a volume or DBFS, both of which can be read, or storage of a cloud.
class LogPlace
{
public:
    /// Throws ApiError where there is none that can be read.
    explicit LogPlace(const QJsonObject &cluster)
    {
        const QJsonObject conf = cluster.value("cluster_log_conf"_L1).toObject();
        const QString name = Text::visible(cluster.value("cluster_name"_L1).toString());
        if (conf.isEmpty())
            throw ApiError(ApiError::Kind::NotFound,
                           u"The logs of cluster %1 are not delivered anywhere: it has no cluster_log_conf. Its driver "
                           "logs can be seen in the workspace while it exists; list_cluster_events shows what happened "
                           "to it."_s.arg(name));
        m_isVolume = conf.contains("volumes"_L1);
        if (!m_isVolume && !conf.contains("dbfs"_L1)) {
            const QString elsewhere = conf.begin()->toObject().value("destination"_L1).toString();
            throw ApiError(
                ApiError::Kind::NotFound,
                u"The logs of cluster %1 are delivered to %2, which the workspace's API does not read."_s.arg(
                    name, Text::visible(elsewhere)));
        }
        QString root = conf.value(m_isVolume ? "volumes"_L1 : "dbfs"_L1)["destination"_L1].toString();
        if (root.startsWith("dbfs:"_L1))
            root.remove(0, 5);
        while (root.endsWith(u'/'))
            root.chop(1);
        m_root = root + u'/' + cluster.value("cluster_id"_L1).toString();
    }

    bool isVolume() const { return m_isVolume; }
    const QString &root() const { return m_root; }
    /// Of a file below it, which must not lead out of it. Throws ApiError.
    QString pathOf(const QString &file) const
    {
        for (const QString &segment : file.split(u'/'))
            Databricks::pathSegment(segment);
        return m_root + u'/' + file;
    }

private:
    bool m_isVolume = false;
    QString m_root;
};

QString fileAddress(const QString &family, const QString &path)
{
    QStringList segments;
    for (const QString &segment : path.split(u'/', Qt::SkipEmptyParts))
        segments.append(Databricks::pathSegment(segment));
    return u"/api/2.0/fs/%1/"_s.arg(family) + segments.join(u'/');
}

/// What lies directly in a directory: {path, is_directory, bytes}, relative to the place.
QCoro::Task<QJsonArray> entriesOf(ToolCall call, LogPlace place, QString directory)
{
    QUrlQuery query;
    QString path = u"/api/2.0/dbfs/list"_s;
    if (place.isVolume())
        path = fileAddress(u"directories"_s, directory);
    else
        Databricks::addQueryItem(query, u"path"_s, directory);
    const QString key = place.isVolume() ? u"contents"_s : u"files"_s;
    const Databricks::Page page = co_await call.workspace().list(path, query, key, MostAsked);
    QJsonArray entries;
    for (const QJsonValue entry : page.items) {
        const QString full = entry["path"_L1].toString();
        const bool isDirectory = entry["is_directory"_L1].toBool() || entry["is_dir"_L1].toBool();
        const QString relative = full.startsWith(place.root() + u'/') ? full.mid(place.root().size() + 1) : full;
        QJsonObject row{{"file"_L1, Text::visible(relative)}, {"is_directory"_L1, isDirectory}};
        if (!isDirectory)
            row.insert("bytes"_L1, entry["file_size"_L1].toInteger());
        entries.append(row);
    }
    co_return entries;
}

QCoro::Task<ToolResult> listLogs(ToolCall call, LogPlace place)
{
    const QJsonArray top = co_await entriesOf(call, place, place.root());
    QJsonArray files;
    for (const QJsonValue entry : top) {
        if (!entry["is_directory"_L1].toBool()) {
            files.append(entry);
            continue;
        }
        const QString name = entry["file"_L1].toString();
        // Executors have a directory for each; the driver's logs tell most.
        if (name != "driver"_L1 && name != "eventlog"_L1 && name != "init_scripts"_L1) {
            files.append(entry);
            continue;
        }
        const QString directory = place.pathOf(name);
        const QJsonArray below = co_await entriesOf(call, place, directory);
        for (const QJsonValue file : below)
            files.append(file);
    }
    const RowsPart part = rowsPart(files, 0, 8 * 1024);
    const Columns columns{{u"file"_s, u"file"_s}, {u"bytes"_s, u"bytes"_s}, {u"is_directory"_s, u"directory"_s}};
    const QString headline = u"%1 log files in %2; give one as file to read its end:"_s.arg(
        QString::number(part.total), Text::visible(place.root()));
    Answer answer(headline);
    answer.stated(u"place"_s, Text::visible(place.root())).stated(u"total"_s, part.total);
    answer.table(u"files"_s, columns, part.rows);
    if (!part.isWhole())
        answer.note(u"These are %1 of %2."_s.arg(part.rows.size()).arg(part.total));
    co_return answer;
}

/// The end of a file, and how long the whole is.
struct Tail
{
    QByteArray bytes;
    qint64 total = 0;
};

QCoro::Task<Tail> tailOfVolumeFile(ToolCall call, QString path, qint64 most)
{
    const QString address = fileAddress(u"files"_s, path);
    const QUrlQuery none;
    const Databricks::Content begin = co_await call.workspace().getBytes(address, none, 0, most - 1);
    Tail tail{begin.bytes, begin.total < 0 ? begin.bytes.size() : begin.total};
    if (tail.total > tail.bytes.size()) {
        const qint64 first = std::max<qint64>(tail.total - most, 0);
        const qint64 last = tail.total - 1;
        const Databricks::Content end = co_await call.workspace().getBytes(address, none, first, last);
        tail.bytes = end.bytes;
    }
    co_return tail;
}

QCoro::Task<Tail> tailOfDbfsFile(ToolCall call, QString path, qint64 most)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"path"_s, path);
    const QString statusPath = u"/api/2.0/dbfs/get-status"_s;
    const QJsonObject status = co_await call.workspace().get(statusPath, query);
    Tail tail;
    tail.total = status.value("file_size"_L1).toInteger();
    query.addQueryItem(u"offset"_s, QString::number(std::max<qint64>(tail.total - most, 0)));
    query.addQueryItem(u"length"_s, QString::number(most));
    const QString readPath = u"/api/2.0/dbfs/read"_s;
    const QJsonObject read = co_await call.workspace().get(readPath, query);
    tail.bytes = fromBase64(read.value("data"_L1).toString()).value_or(QByteArray());
    co_return tail;
}

QCoro::Task<ToolResult> getClusterLogs(ToolCall call)
{
    const QJsonObject cluster = co_await readCluster(call, call.clusterId());
    const LogPlace place(cluster);
    QString file = call.text(u"file"_s);
    if (file.isEmpty()) {
        const ToolResult listed = co_await listLogs(call, place);
        co_return listed;
    }
    while (file.startsWith(u'/'))
        file.remove(0, 1);
    const QString path = place.pathOf(file);
    if (file.endsWith(".gz"_L1))
        co_return ToolResult::error(u"%1 is compressed; the newest log of its kind is not. Call without file for the "
                                    "list."_s.arg(Text::visible(file)));
    const qint64 most = call.number(u"bytes"_s, UsualBytes);
    Tail tail;
    if (place.isVolume())
        tail = co_await tailOfVolumeFile(call, path, most);
    else
        tail = co_await tailOfDbfsFile(call, path, most);
    // Begins with a whole line, unless one line is all there is.
    const qsizetype lineEnd = tail.bytes.size() < tail.total ? tail.bytes.indexOf('\n') : -1;
    if (lineEnd >= 0 && lineEnd + 1 < tail.bytes.size())
        tail.bytes.remove(0, lineEnd + 1);
    const QString content = Text::visible(QString::fromUtf8(tail.bytes));
    const QString headline = u"The last %1 of %2 bytes of %3:"_s.arg(QString::number(tail.bytes.size()),
                                                                     QString::number(tail.total), Text::visible(path));
    const QJsonObject facts{{"path"_L1, Text::visible(path)},
                            {"bytes"_L1, tail.bytes.size()},
                            {"total_bytes"_L1, tail.total},
                            {"content"_L1, content}};
    co_return ToolResult(headline + u'\n' + content, facts);
}

} // namespace

QList<Tool> clusterLogTools()
{
    return {
        {
            .name = u"get_cluster_logs"_s,
            .title = u"Get cluster logs"_s,
            .description = u"Shows the end of a cluster's driver log (stdout, stderr, log4j) where its logs are "
                           "delivered to a volume or DBFS; without file lists them."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = Schema()
                               .text(u"cluster_id"_s, u"Optional: the profile's default cluster"_s)
                               .text(u"file"_s, u"One of the list, such as driver/stderr"_s)
                               .integer(u"bytes"_s, u"How much of its end; default 6000"_s, 200, MostBytes),
            .outputSchema = Schema()
                                .text(u"content"_s, u"The end of the file"_s)
                                .rows(u"files"_s, u"Without file: which there are"_s,
                                      Schema().text(u"file"_s, {}).integer(u"bytes"_s, {})),
            .run = &getClusterLogs,
        },
    };
}

} // namespace Tools
