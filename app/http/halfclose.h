#pragma once

class QTcpSocket;

namespace Http {

/// Tells the peer that nothing more will be sent, and still receives: what QTcpSocket lacks.
void endWriting(const QTcpSocket &socket);

} // namespace Http
