#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonObject>
#include <QString>

namespace Tools {

/// What a change left behind, read after it succeeded.
struct AfterChange
{
    QJsonObject object; ///< empty where it could not be read
    QString note;       ///< then why, and that the change was made all the same; empty, or a sentence after a space
};

/// Reads how things stand after a change. What goes wrong here must not hide that the change was made, so only a call
/// that is cancelled throws.
QCoro::Task<AfterChange> readAfterChange(ToolCall call, QString path);

/// The id under key of what a creation made. Throws ApiError BadAnswer, in doubt, where the answer has none.
QString madeId(const QJsonObject &answer, const QString &key);

/// A change with a verb or a query that Workspace has no function for: PUT, PATCH with a mask. Throws ApiError
/// BadAnswer, in doubt, where the answer is neither empty nor a JSON object: a sign-in page, say.
QCoro::Task<> sendChange(ToolCall call, QByteArray verb, QString path, QUrlQuery query, QJsonObject body);

} // namespace Tools
