#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

namespace Sample {

/// Files by their absolute path. A directory is there as long as a file below it is, or since it was made.
class FileTree
{
public:
    struct Entry
    {
        QString path;
        bool isDirectory = false;
        QByteArray bytes;
        qint64 modified = 0; ///< milliseconds since 1970
    };

    void put(const QString &path, const QByteArray &bytes, qint64 modified);
    void makeDirectory(const QString &path, qint64 modified);
    bool remove(const QString &path) { return m_entries.remove(path) > 0; }

    /// nullptr where there is none.
    const Entry *find(const QString &path) const;
    /// What stands directly below, in alphabetical order.
    QList<Entry> children(const QString &directory) const;

private:
    QMap<QString, Entry> m_entries;
};

/// What the sample's volumes hold: small tables as CSV, a long log, pictures, names that must be encoded, and what its
/// jobs read and run. now in milliseconds since 1970: some files land every day.
FileTree sampleVolumeFiles(qint64 now);
/// When the last file arrived that a job waits for.
qint64 lastArrival(qint64 now);
FileTree sampleDbfsFiles();

} // namespace Sample
