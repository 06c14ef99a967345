#pragma once

#include "credentials/workspaceaddress.h"

#include <QHash>
#include <QObject>

#include <optional>

/// Finds out which workspace an address leads to, and remembers it for the run: what clients use must not change while
/// they use it. Only the last question counts.
class WorkspaceFinder : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WorkspaceFinder)

public:
    explicit WorkspaceFinder(QNetworkAccessManager *network, QObject *parent = nullptr);
    ~WorkspaceFinder() override;

    /// Nothing while the host is asked: found() follows.
    std::optional<Credentials::WorkspaceAddress> find(const QUrl &host);
    /// Hosts that gave no answer are asked again.
    void forgetSilent();
    void stop();

Q_SIGNALS:
    void found();

private:
    static QCoro::Task<> ask(WorkspaceFinder *finder, QUrl host);

    QNetworkAccessManager *m_network;
    QHash<QUrl, Credentials::WorkspaceAddress> m_known;
    QUrl m_asked; ///< empty: nobody
    std::stop_source m_stop;
};
