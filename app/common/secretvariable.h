#pragma once

#include <QByteArray>

/// Takes a secret out of the environment: what is asked for later, or started, no longer finds it, nor does who reads
/// /proc/<pid>/environ. Empty where the variable is not set.
QByteArray takeSecretVariable(const char *name);
