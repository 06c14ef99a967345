#pragma once

#include <QFile>
#include <QString>

namespace Tools {

/// The folder that exports go to. What is done in it is done in this very folder, whatever its path leads to meanwhile,
/// and follows no link.
class ExportPlace
{
    Q_DISABLE_COPY_MOVE(ExportPlace)

public:
    enum class Naming { Done, Taken, Failed };

    /// Makes the folder for its owner alone where there is none. One that others can write to is not used: they could
    /// put another file in an export's place.
    explicit ExportPlace(const QString &folder);
    ~ExportPlace();

    /// Empty, or why nothing can be written there; of the last thing that was done.
    QString problem() const { return m_problem; }
    /// Makes a file of this name, for its owner alone, and opens it. Taken where there is one, or a link.
    Naming create(const QString &name, QFile *file);
    /// Gives a file its name; Taken where another one has it.
    Naming rename(const QString &from, const QString &to);
    void remove(const QString &name);

private:
    Naming failed(int error);

    const QString m_folder;
    QString m_problem;
    int m_handle = -1; ///< of the folder, where the system has such
};

} // namespace Tools
