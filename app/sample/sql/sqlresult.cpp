#include "sample/sql/sqlresult.h"

#include <QJsonDocument>
#include <QTemporaryFile>
#include <QThread>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qsizetype MostInMemory = 1024 * 1024;

QByteArray csvField(const QString &text)
{
    const QByteArray field = text.toUtf8();
    const bool plain = !field.contains(',') && !field.contains('"') && !field.contains('\n') && !field.contains('\r');
    return plain ? field : '"' + QByteArray(field).replace('"', "\"\"") + '"';
}

} // namespace

SqlResult::SqlResult(qsizetype rowsInChunk)
    : m_rowsInChunk(rowsInChunk)
{}

SqlResult::~SqlResult() = default;

void SqlResult::add(const QJsonArray &cells)
{
    if (m_current.isEmpty())
        m_chunks.append(Chunk{m_rows, 0, 0, 0});
    m_current += m_current.isEmpty() ? '[' : ',';
    const QByteArray row = QJsonDocument(cells).toJson(QJsonDocument::Compact);
    m_current += row;
    m_bytes += row.size();
    ++m_rows;
    if (++m_chunks.last().rows >= m_rowsInChunk)
        endChunk();
}

void SqlResult::endChunk()
{
    if (m_current.isEmpty())
        return;
    m_current += ']';
    Chunk &chunk = m_chunks.last();
    chunk.bytes = m_current.size();
    chunk.offset =
        m_chunks.size() < 2 ? 0 : m_chunks.at(m_chunks.size() - 2).offset + m_chunks.at(m_chunks.size() - 2).bytes;
    if (!m_file && m_small.size() + m_current.size() > MostInMemory) {
        m_file = std::make_unique<QTemporaryFile>();
        if (!m_file->open() || m_file->write(m_small) != m_small.size())
            qFatal("The sample workspace cannot write a temporary file.");
        m_small = QByteArray();
    }
    if (m_file)
        m_file->write(m_current);
    else
        m_small += m_current;
    m_current = QByteArray();
}

void SqlResult::finish(QThread *reader)
{
    endChunk();
    if (m_file)
        m_file->moveToThread(reader);
}

QByteArray SqlResult::read(qsizetype chunk) const
{
    const Chunk &wanted = m_chunks.at(chunk);
    if (!m_file)
        return m_small.mid(wanted.offset, wanted.bytes);
    m_file->seek(wanted.offset);
    return m_file->read(wanted.bytes);
}

QByteArray csvRows(const QJsonArray &rows)
{
    QByteArray csv;
    for (const QJsonValue row : rows) {
        QByteArrayList fields;
        for (const QJsonValue cell : row.toArray())
            fields.append(cell.isNull() ? QByteArray("null") : csvField(cell.toString()));
        csv += fields.join(',') + '\n';
    }
    return csv;
}

QByteArray csvHeader(const QList<SampleColumn> &columns)
{
    QByteArrayList names;
    for (const SampleColumn &column : columns)
        names.append(csvField(column.name));
    return names.join(',') + '\n';
}

} // namespace Sample
