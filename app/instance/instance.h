#pragma once

#include <QObject>
#include <QString>

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
    using Responder = std::function<QString(const QString &request)>;

    explicit RunningInstance(const QString &dataDir, QObject *parent = nullptr);
    ~RunningInstance() override;

    /// True when this process is now the one; false when another one is.
    bool acquire();
    /// Answers later starts from now on.
    void serve(Responder responder);
    /// Asks the running instance; nothing when there is none, or it does not answer in time.
    std::optional<QString> ask(const QString &request, int timeoutMs = 5000);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Instance
