#include "mcp/protocol/progress.h"

#include "mcp/protocol/message.h"

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

class Reporter
{
public:
    Reporter(AnswerPtr answer, QJsonValue token)
        : m_answer(std::move(answer))
        , m_token(std::move(token))
    {}

    void operator()(double done, double total, const QString &message)
    {
        if (!std::isfinite(done) || done <= m_last)
            return;
        m_last = done;
        QJsonObject params{{u"progressToken"_s, m_token}, {u"progress"_s, done}};
        if (std::isfinite(total) && total > 0)
            params[u"total"_s] = total;
        if (!message.isEmpty())
            params[u"message"_s] = message;
        m_answer->notify(notificationMessage(u"notifications/progress"_s, params));
    }

private:
    AnswerPtr m_answer;
    QJsonValue m_token;
    double m_last = -std::numeric_limits<double>::infinity();
};

} // namespace

RequestContext::Progress progressTo(const AnswerPtr &answer, const QJsonValue &token)
{
    if (!isRequestId(token))
        return {};
    // Shared: the copies of an invocation must agree on the last value.
    const auto reporter = std::make_shared<Reporter>(answer, token);
    return [reporter](double done, double total, const QString &message) { (*reporter)(done, total, message); };
}

} // namespace Mcp
