#pragma once

#include <QString>

namespace Settings {

/// The folder of the journal and the lock: the one that was named, else the platform's.
QString dataFolder(const QString &named);
/// The folder of the settings file: the one that was named, else the platform's.
QString settingsFolder(const QString &named);

/// Makes the folder, readable by its owner only (0700). One that is there stays as it is: it may be the person's own.
bool makePrivateFolder(const QString &path);

/// Makes an empty file, or tightens the one that is there, so that its owner alone can read it (0600).
bool makePrivateFile(const QString &path);

/// Empty, or why nothing may be kept in this folder, for a person: other users can write to it, or put another one in
/// its place, and so decide what clients may do. One that is not there yet is judged by where it would be made.
QString folderProblem(const QString &path);

} // namespace Settings
