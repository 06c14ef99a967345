#pragma once

#include <QHash>
#include <QLocalServer>
#include <QObject>
#include <QString>
#include <QStringList>

namespace Instance {

class Client;

/// Hears later starts on a local socket, in a thread of its own: what has an answer here does not wait for a window
/// that is busy.
class Listener : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Listener)

public:
    static constexpr qint64 LongestAnswer = 256 * 1024; ///< bytes, without the line feed

    Listener();
    ~Listener() override;

    // All in its own thread.
    /// At the first of the names that works, in place of what lies there. Empty, or why none does.
    QString listen(const QStringList &names);
    /// What is answered without asking, by request.
    void setAnswers(const QHash<QString, QString> &answers) { m_answers = answers; }
    void answer(quint64 client, const QString &answer);

Q_SIGNALS:
    /// One answer() is due, in a moment.
    void asked(quint64 client, const QString &request);

private:
    void addClients();
    void take(quint64 client, const QString &request);

    QLocalServer m_server;
    QHash<QString, QString> m_answers;
    QHash<quint64, Client *> m_clients;
    quint64 m_lastClient = 0;
};

} // namespace Instance
