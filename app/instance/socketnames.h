#pragma once

#include <QStringList>

namespace Instance {

/// Where the running instance of a data folder listens, best place first. The first that works is taken, and who asks
/// tries them all: the environment of a later start (ssh, cron) may lack what the first one's had.
QStringList socketNames(const QString &dataDir);

} // namespace Instance
