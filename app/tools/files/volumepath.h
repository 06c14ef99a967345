#pragma once

#include "tools/kit/toolcall.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Tools {

/// A path of a volume in plain words: without a leading "dbfs:" and trailing slashes. Throws ApiError for what is none.
QString volumePath(const QString &path);

/// The same as it stands in the Files API's addresses: "/Volumes/main/default/raw/a b.txt" becomes
/// "/Volumes/main/default/raw/a%20b.txt".
QString volumeAddress(const QString &path);

/// The bytes that write_volume_file is to write, from its arguments content and encoding; nothing where what should be
/// base64 is none.
std::optional<QByteArray> contentToWrite(const ToolCall &call);

} // namespace Tools
