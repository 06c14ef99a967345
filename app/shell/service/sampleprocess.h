#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>
#include <QUrl>

#include <chrono>

/// The sample workspace: a program of its own beside this one, so that nothing of a fake is in the process that may
/// hold a real token. It is started on a free loopback port, watched, started anew when it dies, and ends with this
/// process, however that ends: it runs until its stdin closes.
class SampleProcess : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SampleProcess)

public:
    explicit SampleProcess(QObject *parent = nullptr);
    /// For another program than the one that came with this one.
    explicit SampleProcess(QString program, QObject *parent = nullptr);
    /// Ends the child and waits for that, for no longer than a few seconds.
    ~SampleProcess() override;

    /// Does nothing while it runs. One of the signals follows: a child that does not say in time that it is ready is
    /// killed.
    void start();

    bool isServing() const { return !m_url.isEmpty(); }
    /// "http://127.0.0.1:PORT"; empty while it does not serve.
    QUrl url() const { return m_url; }
    /// What its clients must show: another one for every start.
    QByteArray token() const { return m_token; }
    /// Why it does not serve, in words for a person; empty while it serves, and before it failed for the first time.
    QString problem() const { return m_problem; }
    qint64 processId() const { return m_process.processId(); }

Q_SIGNALS:
    void serving();
    /// It could not be started, did not become ready, or died; problem() says it. But for a program that cannot be
    /// started at all it is started anew.
    void failed();

private:
    void readOutput();
    void onStartTimeout();
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void onError(QProcess::ProcessError error);
    void fail(const QString &problem);

    const QString m_program;
    QProcess m_process;
    QTimer m_startLimit;
    bool m_isOverdue = false; ///< it was killed for not becoming ready
    QTimer m_restart;
    std::chrono::milliseconds m_pause;
    QElapsedTimer m_age;
    QByteArray m_token;
    QUrl m_url;
    QString m_problem;
};
