#pragma once

#include "databricks/apierror.h"
#include "databricks/transport.h"

#include <QJsonObject>

namespace Databricks {

/// Whether a web page came: what logins and proxies answer with.
bool isPage(const Answer &answer);
ApiError pageInsteadOfData();

/// The JSON object of a 2xx answer; an empty body is {}. Throws ApiError BadAnswer.
QJsonObject readAnswer(const Answer &answer);

/// What is not a 2xx answer, as an error.
ApiError errorOf(const Answer &answer, bool isRead);

} // namespace Databricks
