#pragma once

#include <QString>

namespace Http {

/// Who listens on a TCP port of this machine, as far as that can be told; empty on other systems than Linux.
struct PortHolder
{
    QString process = {};   ///< "name, process 1234"; empty for processes of other users
    QString user = {};      ///< the name of the user who listens, or the number
    bool isForeign = false; ///< that is another user than this process's
};

PortHolder portHolder(quint16 port);

/// Why a port can't be listened on and what to do, for a person. Clients that were set up for it may have shown their
/// access key to who holds it.
QString takenPortWords(quint16 port, const PortHolder &holder);

} // namespace Http
