#pragma once

#include "calls/calllog.h"
#include "http/request.h"
#include "tools/host/session.h"

#include <QDeadlineTimer>
#include <QTimer>

#include <functional>

/// How many rows of one kind there may be, so that they do not push out of the journal what matters: few in a minute,
/// and in a day less than the journal keeps of one. What is left out is counted, and told in one row.
class RefusalRate
{
    Q_DISABLE_COPY_MOVE(RefusalRate)

public:
    static constexpr int MostInAMinute = 30;
    static constexpr int MostInADay = 300;

    /// summarise is told how many were left out, a while after the first of them.
    explicit RefusalRate(std::function<void(int leftOut)> summarise);

    /// Whether there may be a row for one more.
    bool take();
    /// Tells what was left out so far, where there is anything.
    void tell();

private:
    QDeadlineTimer m_minute;
    QDeadlineTimer m_day;
    int m_inMinute = 0;
    int m_inDay = 0;
    int m_leftOut = 0;
    const std::function<void(int)> m_summarise;
    QTimer m_summary;
};

/// Journals what never became a call, so that the person sees who tried what.
class RefusalJournal
{
    Q_DISABLE_COPY_MOVE(RefusalJournal)

public:
    explicit RefusalJournal(Calls::CallLog *log);

    /// A request that was not let in; the routine ones are left out.
    void addRequest(const Http::RequestHead &head, const Http::Refusal &refusal);
    /// A call of a tool that is not on offer, or whose arguments do not fit. Of those the names are kept. The session
    /// may be null.
    void addCall(const Mcp::ToolRequest &request, const QString &reason, const Tools::Session *session);

private:
    Calls::CallLog *m_log;
    RefusalRate m_requests; ///< of anybody
    RefusalRate m_calls;    ///< of who has a key
};
