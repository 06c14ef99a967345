#pragma once

#include <QObject>

namespace Sample {

/// Quits the application's event loop on SIGTERM and SIGINT, so that what it holds is closed in order.
void quitOnTerminationSignals(QObject *parent);

} // namespace Sample
