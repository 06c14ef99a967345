#include "tools/sql/export/exportwriter.h"

#include "tools/sql/export/csvwriter.h"
#include "tools/sql/statement.h"

#include "databricks/pageguard.h"

using namespace Qt::StringLiterals;
using Databricks::ApiError;
using Databricks::PageGuard;
using Databricks::Workspace;

namespace Tools {

namespace {

/// How often a chunk is fetched anew: its link expired, or the connection was lost.
constexpr int MostTries = 3;

using Headers = QList<std::pair<QByteArray, QByteArray>>;

/// A chunk of the result: where it comes from, and where it goes on.
class Chunk
{
public:
    qint64 index = 0;
    qint64 rows = 0;
    qint64 bytes = 0;
    qint64 next = -1;
    QUrl link; ///< empty: data holds the rows
    Headers headers;
    QJsonArray data;
};

Headers headersOf(const QJsonObject &object)
{
    Headers headers;
    for (auto header = object.begin(); header != object.end(); ++header)
        headers.append({header.key().toLatin1(), header->toString().toLatin1()});
    return headers;
}

Chunk chunkOf(const QJsonObject &result)
{
    const QJsonArray links = result.value("external_links"_L1).toArray();
    const QJsonObject facts = links.isEmpty() ? result : links.first().toObject();
    Chunk chunk;
    chunk.index = facts.value("chunk_index"_L1).toInteger();
    chunk.rows = facts.value("row_count"_L1).toInteger();
    chunk.bytes = facts.value("byte_count"_L1).toInteger();
    const qint64 next = result.value("next_chunk_index"_L1).toInteger(-1);
    chunk.next = facts.value("next_chunk_index"_L1).toInteger(next);
    // Where several links come at once, the others are asked for again: links do not live long.
    chunk.link = QUrl(facts.value("external_link"_L1).toString(), QUrl::StrictMode);
    chunk.headers = headersOf(facts.value("http_headers"_L1).toObject());
    chunk.data = result.value("data_array"_L1).toArray();
    return chunk;
}

QCoro::Task<Chunk> readChunk(Workspace workspace, QString id, qint64 index)
{
    const QString path = statementPath(id, u"/result/chunks/%1"_s.arg(index));
    const QJsonObject result = co_await workspace.get(path);
    const Chunk chunk = chunkOf(result);
    if (chunk.index != index)
        throw ApiError(ApiError::Kind::BadAnswer,
                       u"The workspace gave chunk %1 instead of %2."_s.arg(chunk.index).arg(index));
    co_return chunk;
}

bool isWorthAnotherTry(const ApiError &error)
{
    using Kind = ApiError::Kind;
    return error.kind() == Kind::PermissionDenied || error.kind() == Kind::Unauthenticated ||
           error.kind() == Kind::NotFound || error.kind() == Kind::BadAnswer || error.kind() == Kind::Timeout ||
           error.kind() == Kind::Unreachable || error.kind() == Kind::Unavailable ||
           error.kind() == Kind::ServerFault || error.kind() == Kind::RateLimited || error.status() == 410 ||
           error.status() == 400;
}

QByteArray headerLine(const QJsonObject &manifest, Formulas formulas)
{
    QJsonArray names;
    const QJsonObject schema = manifest.value("schema"_L1).toObject();
    for (const QJsonValue column : schema.value("columns"_L1).toArray())
        names.append(column.toObject().value("name"_L1));
    return names.isEmpty() ? QByteArray() : csvLine(names, formulas);
}

void writeLine(ExportWork &work, const QByteArray &line)
{
    if (work.file.part().write(line) != line.size())
        throw ApiError(ApiError::Kind::BadAnswer, work.file.problem());
}

/// One try to fetch the rows behind a link.
QCoro::Task<> fetchLink(std::shared_ptr<ExportWork> work, Workspace workspace, Chunk chunk, bool isCsv)
{
    QFile &part = work->file.part();
    const double before = work->rows;
    const auto progress = [work, chunk, before](qint64 bytes) {
        const double share = chunk.bytes > 0 ? std::min(1.0, double(bytes) / double(chunk.bytes)) : 0;
        work->rows = before + share * double(chunk.rows);
        work->bytes = work->file.part().pos();
    };
    if (isCsv) {
        co_await workspace.download(chunk.link, chunk.headers, &part, progress);
        co_return;
    }
    JsonRowsToCsv rows(&part, work->formulas);
    co_await workspace.download(chunk.link, chunk.headers, &rows, progress);
    if (!rows.isComplete() || (chunk.rows > 0 && rows.rows() != chunk.rows))
        throw ApiError(ApiError::Kind::BadAnswer, u"A chunk of the result was cut short."_s);
}

/// Writes a chunk, with a fresh link where the first one does not work; gives the index of the next one, or -1.
QCoro::Task<qint64> writeChunk(std::shared_ptr<ExportWork> work, Workspace workspace, QString id, Chunk chunk,
                               bool isCsv)
{
    const qint64 size = work->file.part().pos();
    const double before = work->rows;
    for (int tries = 1; !chunk.link.isEmpty(); ++tries) {
        try {
            co_await fetchLink(work, workspace, chunk, isCsv);
            break;
        } catch (const ApiError &error) {
            if (tries >= MostTries || !work->file.problem().isEmpty() || !isWorthAnotherTry(error))
                throw;
        }
        work->rows = before;
        if (!work->file.cutTo(size))
            throw ApiError(ApiError::Kind::BadAnswer, work->file.problem());
        chunk = co_await readChunk(workspace, id, chunk.index);
    }
    for (const QJsonValue row : chunk.data)
        writeLine(*work, csvLine(row.toArray(), work->formulas));
    work->rows = before + double(chunk.rows);
    work->bytes = work->file.part().pos();
    co_return chunk.next;
}

QCoro::Task<> writeRows(std::shared_ptr<ExportWork> work, Workspace workspace, QJsonObject answer)
{
    const QString id = answer.value("statement_id"_L1).toString();
    const QJsonObject manifest = answer.value("manifest"_L1).toObject();
    const QJsonObject result = answer.value("result"_L1).toObject();
    // Databricks puts the header into the first chunk of a CSV, and into no other.
    const bool isCsv = manifest.value("format"_L1) == "CSV"_L1;
    if (!isCsv || work->totalRows == 0)
        writeLine(*work, headerLine(manifest, work->formulas));
    Chunk chunk = chunkOf(result);
    PageGuard guard(endlessResult());
    while (work->totalRows > 0) {
        guard.reading(QString::number(chunk.index));
        const qint64 next = co_await writeChunk(work, workspace, id, chunk, isCsv);
        if (next < 0)
            break;
        chunk = co_await readChunk(workspace, id, next);
    }
    if (qRound64(work->rows) != work->totalRows) {
        throw ApiError(
            ApiError::Kind::BadAnswer,
            u"The workspace announced %1 rows and gave %2 of them."_s.arg(work->totalRows).arg(qRound64(work->rows)));
    }
}

} // namespace

QCoro::Task<> writeExport(std::shared_ptr<ExportWork> work, Workspace workspace, QJsonObject answer)
{
    try {
        co_await writeRows(work, workspace, answer);
        work->bytes = work->file.part().pos();
        work->path = work->file.finish();
        work->problem = work->path.isEmpty() ? work->file.problem() : QString();
    } catch (const ApiError &error) {
        const QString local = work->file.problem();
        work->problem = local.isEmpty() ? error.text() : local;
    }
    // At once: who follows the work may hold it for a while.
    if (work->path.isEmpty())
        work->file.discard();
    work->isOver = true;
}

} // namespace Tools
