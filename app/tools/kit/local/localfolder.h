#pragma once

#include <QFile>
#include <QList>
#include <QString>

#include <memory>

namespace Tools {

/// A folder of this computer. What is done in it is done in this very folder, whatever its path leads to meanwhile, and
/// follows no link.
class LocalFolder
{
    Q_DISABLE_COPY_MOVE(LocalFolder)

public:
    enum class Missing { Fails, IsMade };
    enum class Naming { Done, Taken, Failed };
    enum class Kind { Nothing, File, Folder, Link, Other };

    struct Entry
    {
        QString name;
        Kind kind = Kind::Other;
        qint64 size = 0; ///< of a file
    };

    /// Where it is made, it is for its owner alone. One that others can write to is not used: they could put another
    /// file in the place of one that is written or read. The path itself is a person's choice, and may be a link.
    LocalFolder(const QString &path, Missing missing);
    ~LocalFolder();

    const QString &path() const { return m_path; }
    /// Empty, or why nothing can be done there; of the last thing that was done.
    const QString &problem() const { return m_problem; }

    /// A folder in it, which may not be a link; its problem() tells whether it can be used.
    std::shared_ptr<LocalFolder> below(const QString &name, Missing missing) const;
    /// What is in it, in the order of the names; at most so many.
    QList<Entry> entries(qsizetype most) const;
    Kind kindOf(const QString &name) const;

    /// Makes a file of this name, for its owner alone, and opens it. Taken where there is one, or a link.
    Naming create(const QString &name, QFile *file);
    /// Opens a file to be read; false for everything else that has this name.
    bool open(const QString &name, QFile *file);
    /// Gives a file its name; Taken where another one has it.
    Naming rename(const QString &from, const QString &to);
    void remove(const QString &name);

private:
    LocalFolder(const QString &path, int handle);
    void check();
    Naming failed(int error);

    const QString m_path;
    QString m_problem;
    int m_handle = -1; ///< of the folder, where the system has such
};

} // namespace Tools
