#pragma once

#include "databricks/apierror.h"
#include "databricks/transport.h"

#include <QJsonObject>

namespace Databricks {

/// The JSON object of a 2xx answer; an empty body is {}. Throws ApiError BadAnswer.
QJsonObject readAnswer(const Answer &answer);

/// What is not a 2xx answer, as an error.
ApiError errorOf(const Answer &answer, bool isRead);

} // namespace Databricks
