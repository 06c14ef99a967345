#include "sample/files/filetree.h"

namespace Sample {

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

} // namespace Sample
