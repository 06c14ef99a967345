#pragma once

#include "calls/calllog.h"
#include "http/request.h"
#include "tools/host/session.h"

#include <QElapsedTimer>

/// Journals what never became a call, so that the person sees who tried what.
class RefusalJournal
{
public:
    explicit RefusalJournal(Calls::CallLog *log);

    /// A request that was not let in; the routine ones, and more than so many a minute, are left out.
    void addRequest(const Http::RequestHead &head, const Http::Refusal &refusal);
    /// A call of a tool that is not on offer, or whose arguments do not fit. The session may be null.
    void addCall(const Mcp::ToolRequest &request, const QString &reason, const Tools::Session *session);

private:
    Calls::CallLog *m_log;
    QElapsedTimer m_minute;
    int m_count = 0; ///< in that minute
};
