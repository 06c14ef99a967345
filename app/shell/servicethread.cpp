#include "servicethread.h"

using namespace Qt::StringLiterals;

ServiceThread::ServiceThread(Service::Options options, QObject *parent)
    : QObject(parent)
    , m_service(std::make_unique<Service>(std::move(options)))
{
    qRegisterMetaType<Calls::Record>();
    qRegisterMetaType<QList<Calls::Record>>();
    qRegisterMetaType<Calls::ApprovalRequest>();
    qRegisterMetaType<QList<Calls::Grant>>();
    qRegisterMetaType<QList<Monitor::Cluster>>();
    m_service->moveToThread(&m_thread);
    m_thread.setObjectName(u"service"_s);
    connect(&m_thread, &QThread::started, m_service.get(), &Service::begin);
    // Direct: in the destructor the main thread runs no event loop that could do it.
    connect(m_service.get(), &Service::ended, &m_thread, &QThread::quit, Qt::DirectConnection);
    connect(&m_thread, &QThread::finished, this, &ServiceThread::finished);
}

ServiceThread::~ServiceThread()
{
    if (m_thread.isRunning())
        end();
    m_thread.wait();
}

void ServiceThread::start()
{
    m_thread.start();
}

void ServiceThread::end()
{
    call(&Service::end);
    m_isEnding = true;
}
