#include "workspacefinder.h"

WorkspaceFinder::WorkspaceFinder(QNetworkAccessManager *network, QObject *parent)
    : QObject(parent)
    , m_network(network)
{}

WorkspaceFinder::~WorkspaceFinder()
{
    stop();
}

std::optional<Credentials::WorkspaceAddress> WorkspaceFinder::find(const QUrl &host)
{
    if (m_known.contains(host) || Credentials::saysItsWorkspace(host)) {
        stop();
        Credentials::WorkspaceAddress itself;
        itself.host = host;
        return m_known.value(host, itself);
    }
    if (m_asked != host) {
        stop();
        m_asked = host;
        m_stop = std::stop_source();
        ask(this, host);
    }
    return {};
}

void WorkspaceFinder::forgetSilent()
{
    m_known.removeIf([](const auto &known) { return !known.value().isFinal; });
}

void WorkspaceFinder::stop()
{
    m_stop.request_stop();
    m_asked.clear();
}

/// The finder may be gone when the host has answered.
QCoro::Task<> WorkspaceFinder::ask(WorkspaceFinder *finder, QUrl host)
{
    const std::stop_token stop = finder->m_stop.get_token();
    const Credentials::WorkspaceAddress address = co_await Credentials::findWorkspace(host, finder->m_network, stop);
    if (stop.stop_requested())
        co_return;
    finder->m_known.insert(host, address);
    finder->m_asked.clear();
    // Queued: who asks is not to be told before find() has returned.
    QMetaObject::invokeMethod(finder, &WorkspaceFinder::found, Qt::QueuedConnection);
}
