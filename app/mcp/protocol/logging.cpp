#include "mcp/protocol/logging.h"

#include "mcp/protocol/message.h"

using namespace Qt::StringLiterals;

namespace Mcp {

RequestContext::Log logTo(const AnswerPtr &answer, LogLevel from)
{
    return [answer, from](LogLevel level, const QJsonValue &data, const QString &logger) {
        if (level < from)
            return;
        QJsonObject params{{u"level"_s, logLevelName(level)}, {u"data"_s, data}};
        if (!logger.isEmpty())
            params["logger"_L1] = logger;
        answer->notify(notificationMessage(u"notifications/message"_s, params));
    };
}

} // namespace Mcp
