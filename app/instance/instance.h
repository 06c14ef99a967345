#pragma once

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Instance {

/// The one running application of a data folder, and how later starts talk to it: a lock file and a local socket that
/// only its owner may open. A request is one word ("show", "start", "stop", "quit", "status"); the answer is one text.
class RunningInstance : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RunningInstance)

public:
    /// Called from this thread's event loop; it must not destroy the RunningInstance.
    using Responder = std::function<QString(const QString &request)>;

    explicit RunningInstance(const QString &dataDir, QObject *parent = nullptr);
    ~RunningInstance() override;

    /// True when this process is now the one; false when another one is. Where the lock can't even be written it is
    /// true as well, and problem() says so: an unwritable folder is no reason not to start.
    bool acquire();
    /// Answers later starts from now on; false and a problem() when nothing can be listened on, or another instance is.
    bool serve(Responder responder);
    /// What this request is answered with from now on, without the Responder: at once, however busy this thread is.
    void setAnswer(const QString &request, const QString &answer);
    /// Empty, or what is wrong and what to do; for a person.
    QString problem() const;
    /// Asks the running instance; nothing when there is none, or it does not answer in time.
    std::optional<QString> ask(const QString &request, std::chrono::milliseconds timeout = std::chrono::seconds(5));

private:
    void startListener(Responder responder);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Instance
