#pragma once

#include "calls/approvalrequest.h"
#include "calls/record.h"
#include "clients/cursor.h"
#include "credentials/accesskey.h"
#include "gui/window/status.h"
#include "monitor/cluster.h"

#include <QObject>

namespace Gui {

/// Everything the window knows and asks of the application behind it. Requests return at once; what comes of them
/// arrives as signals with values, in the window's thread.
class Controller : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual ServerStatus serverStatus() const = 0;
    virtual WorkspaceStatus workspaceStatus() const = 0;
    /// The default access key; empty when none is required.
    virtual QByteArray accessKey() const = 0;
    /// Those that clients may show, the default one first; empty when none is required.
    virtual Credentials::AccessKeys accessKeys() const = 0;
    /// False where none is required, or the one that is was given by the command line.
    virtual bool canEditAccessKeys() const = 0;
    /// How a client without HTTP reaches the application.
    virtual Clients::Relay relay() const = 0;
    /// What is wrong with the program itself, or dangerous in how it was set up, the most urgent first; for a person.
    virtual QStringList problems() const = 0;
    /// Every toolset there is, in the order in which they are shown.
    virtual QList<ToolsetInfo> toolsets() const = 0;
    virtual ModeStatus mode() const = 0;
    /// The yeses that hold for a while.
    virtual QList<Calls::Grant> grants() const = 0;

    virtual void startServer() = 0;
    virtual void stopServer() = 0;
    virtual void refreshClusters() = 0;
    /// Older records than the given one (0: the newest); they arrive with callsLoaded().
    virtual void loadCalls(qint64 before, int count) = 0;
    virtual void answerApproval(qint64 callId, const Calls::ApprovalAnswer &answer) = 0;
    /// Starts the warehouse that a card's count needs, and counts; the card comes again with what was found.
    virtual void countRows(qint64 callId) = 0;
    virtual void revokeGrant(qint64 grantId) = 0;
    /// Trust holds for so long; for 0 minutes: until the program ends.
    virtual void setMode(Calls::Mode mode, std::chrono::minutes trustFor = {}) = 0;
    virtual void cancelCall(qint64 callId) = 0;
    /// Whether a person can see the clusters now; sets the pace of the polls.
    virtual void setWindowVisible(bool visible) = 0;
    /// The settings or the active profile's token changed: read them again. Not needed for what clients may do
    /// (read-only, policy, toolsets): that follows the settings by itself.
    virtual void reloadSettings() = 0;
    /// Another default key in the place of the present one.
    virtual void replaceAccessKey() = 0;
    /// A new key for the client of this name. Empty where there can be none: the name is taken, or there are too many.
    virtual QByteArray makeAccessKey(const QString &name) = 0;
    /// Shuts out who shows this key, at once.
    virtual void revokeAccessKey(const QString &name) = 0;
    virtual void quit() = 0;

Q_SIGNALS:
    void serverStatusChanged(const Gui::ServerStatus &status);
    void workspaceStatusChanged(const Gui::WorkspaceStatus &status);
    /// Of the accessKeys(), or whether there are any.
    void accessKeyChanged();
    void problemsChanged();
    void modeChanged(const Gui::ModeStatus &mode);
    /// A card is to be shown, or another one of the same call.
    void approvalRequested(const Calls::ApprovalRequest &request);
    /// The call needs no answer any more.
    void approvalSettled(qint64 callId);
    void grantsChanged(const QList<Calls::Grant> &grants);
    void callOpened(const Calls::Record &record);
    void callChanged(const Calls::Record &record);
    /// Newest first.
    void callsLoaded(const QList<Calls::Record> &records);
    void runningCallsChanged(int running);
    void clustersUpdated(const QList<Monitor::Cluster> &clusters);
    /// The clusters could not be read; what is shown is as old as it was.
    void clustersFailed(const QString &message);
    void clusterSettled(const Monitor::Cluster &cluster, bool running);
    /// A second start of the application: raise the window.
    void showRequested();
};

} // namespace Gui
