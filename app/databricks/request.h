#pragma once

#include "databricks/callcontext.h"

namespace Databricks {

/// One REST request from end to end: token, attempts, redirects, waits, and the answer as JSON. Throws ApiError.
QCoro::Task<QJsonObject> request(std::shared_ptr<const CallContext> context, QByteArray verb, QString path,
                                 QUrlQuery query, QByteArray body);

/// Waits for so long; throws ApiError Cancelled when the call is stopped before.
QCoro::Task<> pause(std::shared_ptr<const CallContext> context, std::chrono::milliseconds time);

} // namespace Databricks
