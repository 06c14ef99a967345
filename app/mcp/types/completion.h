#pragma once

#include "mcp/types/requestcontext.h"

#include <QCoroTask>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace Mcp {

/// What a person is typing: an argument of a prompt or a variable of a resource template.
struct CompletionQuery
{
    QString argument;
    QString value;                      ///< what stands there so far
    QMap<QString, QString> others = {}; ///< the arguments that are filled in already
};

/// Values that may be meant, the likeliest first. A client gets the first 100 and is told that there are more.
struct Completion
{
    QStringList values = {};
    std::optional<qint64> total = {}; ///< where more exist than are in values
};

/// One completion/complete.
struct CompletionRequest
{
    CompletionQuery query;
    RequestContext context;
};

using Completer = std::function<QCoro::Task<Completion>(CompletionRequest)>;

} // namespace Mcp
