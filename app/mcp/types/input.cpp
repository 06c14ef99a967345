#include "mcp/types/input.h"

using namespace Qt::StringLiterals;

namespace Mcp {

InputRequest InputRequest::elicitation(const QString &message, const QJsonObject &requestedSchema)
{
    return {.method = u"elicitation/create"_s,
            .params = {{u"message"_s, message}, {u"requestedSchema"_s, requestedSchema}}};
}

InputRequest InputRequest::sampling(const QString &prompt, int maxTokens)
{
    const QJsonObject text{{u"type"_s, u"text"_s}, {u"text"_s, prompt}};
    QJsonArray messages;
    messages << QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, text}};
    return {.method = u"sampling/createMessage"_s, .params = {{u"messages"_s, messages}, {u"maxTokens"_s, maxTokens}}};
}

InputRequest InputRequest::roots()
{
    return {.method = u"roots/list"_s};
}

} // namespace Mcp
