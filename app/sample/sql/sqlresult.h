#pragma once

#include "sample/sql/sqltables.h"

#include <QByteArray>
#include <QJsonArray>
#include <QList>

#include <memory>

class QTemporaryFile;
class QThread;

namespace Sample {

/// The rows of a statement, chunk by chunk as the API gives them. Large ones lie on the disk: a million rows must not
/// fill the memory.
class SqlResult
{
public:
    struct Chunk
    {
        qint64 firstRow = 0;
        qint64 rows = 0;
        qint64 bytes = 0;
        qint64 offset = 0;
    };

    explicit SqlResult(qsizetype rowsInChunk);
    ~SqlResult();

    QList<SampleColumn> columns;
    bool isTruncated = false;

    /// cells are texts and nulls.
    void add(const QJsonArray &cells);
    /// After the last row. May be read in another thread from then on.
    void finish(QThread *reader);

    qint64 rowCount() const { return m_rows; }
    qint64 byteCount() const { return m_bytes; }
    const QList<Chunk> &chunks() const { return m_chunks; }
    /// The rows of a chunk, "[[…],[…]]".
    QByteArray read(qsizetype chunk) const;

private:
    void endChunk();

    const qsizetype m_rowsInChunk;
    QList<Chunk> m_chunks;
    QByteArray m_current;
    QByteArray m_small;
    std::unique_ptr<QTemporaryFile> m_file;
    qint64 m_rows = 0;
    qint64 m_bytes = 0;
};

/// A chunk's rows as CSV (RFC 4180) the way Databricks writes it: null as the word null.
QByteArray csvRows(const QJsonArray &rows);
QByteArray csvHeader(const QList<SampleColumn> &columns);

} // namespace Sample
