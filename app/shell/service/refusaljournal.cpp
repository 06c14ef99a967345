#include "refusaljournal.h"

#include "calls/masking.h"
#include "common/secrets.h"
#include "common/visible.h"
#include "tools/host/catalogue.h"

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds Minute = 1min;
constexpr std::chrono::milliseconds Hour = 1h;
constexpr std::chrono::milliseconds Day = 24h;

constexpr qsizetype MostNames = 20;      ///< of a refused call's arguments
constexpr qsizetype LongestName = 40;    ///< of them, in characters
constexpr qsizetype LongestReason = 300; ///< in characters

/// What every MCP client asks for as a matter of course; a row for each would bury what matters.
bool isRoutine(const Http::Refusal &refusal)
{
    return refusal.status == 404 || refusal.status == 405;
}

/// Which arguments there were. What was in them ran nowhere, and may be anything of any size.
QJsonObject namesOf(const QJsonObject &arguments)
{
    QJsonObject names;
    for (auto argument = arguments.begin(); argument != arguments.end() && names.size() < MostNames; ++argument)
        names.insert(Text::line(argument.key(), LongestName), u"(not kept)"_s);
    return names;
}

} // namespace

RefusalRate::RefusalRate(std::function<void(int leftOut)> summarise)
    : m_summarise(std::move(summarise))
{
    m_summary.setSingleShot(true);
    QObject::connect(&m_summary, &QTimer::timeout, &m_summary, [this] { tell(); });
}

void RefusalRate::tell()
{
    m_summary.stop();
    if (const int leftOut = std::exchange(m_leftOut, 0))
        m_summarise(leftOut);
}

bool RefusalRate::take()
{
    if (m_minute.hasExpired()) {
        m_minute.setRemainingTime(Minute);
        m_inMinute = 0;
    }
    if (m_day.hasExpired()) {
        m_day.setRemainingTime(Day);
        m_inDay = 0;
    }
    if (m_inMinute < MostInAMinute && m_inDay < MostInADay) {
        ++m_inMinute;
        ++m_inDay;
        return true;
    }
    ++m_leftOut;
    if (!m_summary.isActive())
        m_summary.start(m_inDay < MostInADay ? Minute : Hour);
    return false;
}

RefusalJournal::RefusalJournal(Calls::CallLog *log)
    : m_log(log)
    , m_requests(
          [log](int leftOut) { log->refuse({}, {}, {}, u"And %1 more requests that were refused."_s.arg(leftOut)); })
    , m_calls([log](int leftOut) { log->refuse({}, {}, {}, u"And %1 more calls that were refused."_s.arg(leftOut)); })
{}

void RefusalJournal::addRequest(const Http::RequestHead &head, const Http::Refusal &refusal)
{
    if (isRoutine(refusal) || !m_requests.take())
        return;
    Mcp::ToolRequest request;
    request.client.name = QString::fromUtf8(head.header("user-agent"));
    request.client.key = head.keyName;
    m_log->refuse(request, {}, {}, u"%1 (HTTP %2)"_s.arg(refusal.reason).arg(refusal.status));
}

void RefusalJournal::addCall(const Mcp::ToolRequest &request, const QString &reason, const Tools::Session *session)
{
    if (!m_calls.take())
        return;
    Mcp::ToolRequest kept = request;
    kept.arguments = namesOf(request.arguments);
    // A tool that is not on offer has secret arguments all the same.
    const Tools::Tool *tool = Tools::findTool(request.tool, Tools::resolveToolsets({u"all"_s}));
    const QStringList secrets =
        Calls::secretValues(request.arguments, tool ? tool->secretArguments : QStringList()) + m_log->secrets();
    m_log->refuse(kept, session ? session->profile : QString(), session ? session->workspace.name() : QString(),
                  Text::shownLine(reason, LongestReason, secrets));
}
