#pragma once

#include "databricks/apierror.h"

namespace Databricks {

/// The kind of an error answer: by error_code first, then by HTTP status, with the known quirks.
ApiError::Kind kindOfAnswer(int status, const QString &code, const QString &message);

/// What to do about an error; empty where nobody knows.
QString adviceFor(ApiError::Kind kind, const QString &code);

} // namespace Databricks
