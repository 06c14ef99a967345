#pragma once

#include "shell/service/service.h"

#include <QThread>

#include <memory>

/// The Service and the thread it lives in. What it is asked is done over there, later, with copies of the arguments.
class ServiceThread : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServiceThread)

public:
    explicit ServiceThread(Service::Options options, QObject *parent = nullptr);
    /// Waits until the service has ended.
    ~ServiceThread() override;

    void start();
    /// Ends the service, and its thread with it. What it is asked later is asked of nobody.
    void end();
    /// For its signals; everything else goes through call().
    const Service *service() const { return m_service.get(); }

    template<typename... Parameters, typename... Arguments>
    void call(void (Service::*function)(Parameters...), Arguments... arguments)
    {
        // Posting to a thread while it ends would wake an event dispatcher that may be gone.
        if (m_isEnding)
            return;
        QMetaObject::invokeMethod(m_service.get(), [service = m_service.get(), function, arguments...] {
            (service->*function)(arguments...);
        });
    }

Q_SIGNALS:
    /// The service has ended and its thread with it.
    void finished();

private:
    std::unique_ptr<Service> m_service; ///< lives in m_thread, and is deleted after that has ended
    QThread m_thread;
    bool m_isEnding = false;
};
