#pragma once

#include <QString>

namespace Http {

/// Who listens on a TCP port of this machine, as "name, process 1234"; empty where that can't be told: on other systems
/// than Linux, and for processes of other users.
QString portHolder(quint16 port);

} // namespace Http
