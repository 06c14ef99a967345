#pragma once

#include "mcp/types/toolresult.h"
#include "tools/kit/schema.h"

#include <QByteArray>
#include <QString>

namespace Tools {

/// Bytes of a file, and where in it they lie.
struct FilePart
{
    QString path;
    QByteArray bytes;
    qint64 offset = 0;
    qint64 total = -1; ///< of the whole file; -1: not known
};

/// A part of a file for a model: as text where it is UTF-8, else as base64 (an image as an image), with an exact
/// statement of what was left out. Bytes beyond the budget of an answer are left out, too.
Mcp::ToolResult fileAnswer(const FilePart &part);

Schema filePartSchema();

} // namespace Tools
