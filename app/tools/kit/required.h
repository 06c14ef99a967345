#pragma once

#include "databricks/apierror.h"

#include <QJsonObject>
#include <QStringList>

namespace Tools {

/// What a request was for: after one that changes something nobody knows whether it did.
enum class Purpose { Reading, Changing };

/// Members without which the workspace's answer says nothing: a text that is not empty, a number that is not 0,
/// anything else. Throws ApiError BadAnswer where one is missing, in doubt after a request that changes something.
void mustHave(const QJsonObject &answer, const QStringList &members, Purpose purpose = Purpose::Reading);

/// Whether an error would meet every other part of a question as well: the call was cancelled, or nothing is reached at
/// all. Any other is one part's own.
bool isEndOfAll(const Databricks::ApiError &error);

} // namespace Tools
