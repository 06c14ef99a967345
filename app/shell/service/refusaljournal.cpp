#include "refusaljournal.h"

#include "tools/host/catalogue.h"

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A page that hammers the port must not fill the journal.
constexpr int MostInAMinute = 30;
constexpr std::chrono::milliseconds Window = 1min;

/// What every MCP client asks for as a matter of course; a row for each would bury what matters.
bool isRoutine(const Http::Refusal &refusal)
{
    return refusal.status == 404 || refusal.status == 405;
}

} // namespace

RefusalJournal::RefusalJournal(Calls::CallLog *log)
    : m_log(log)
{}

void RefusalJournal::addRequest(const Http::RequestHead &head, const Http::Refusal &refusal)
{
    if (isRoutine(refusal))
        return;
    if (!m_minute.isValid() || m_minute.hasExpired(Window.count())) {
        m_minute.start();
        m_count = 0;
    }
    if (++m_count > MostInAMinute)
        return;
    Mcp::ToolRequest request;
    request.client.name = QString::fromUtf8(head.header("user-agent"));
    m_log->refuse(request, {}, {}, u"%1 (HTTP %2)"_s.arg(refusal.reason).arg(refusal.status));
}

void RefusalJournal::addCall(const Mcp::ToolRequest &request, const QString &reason, const Tools::Session *session)
{
    // A tool that is not on offer has secret arguments all the same.
    const Tools::Tool *tool = Tools::findTool(request.tool, Tools::resolveToolsets({u"all"_s}));
    m_log->refuse(request, session ? session->profile : QString(),
                  session ? session->workspace.host().host() : QString(), reason,
                  tool ? tool->secretArguments : QStringList());
}
