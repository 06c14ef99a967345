#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QStringList>

namespace Tools {

/// What is about to become of a table.
enum class TableFate {
    Dropped,
    Emptied, ///< rows go or change; the table stays
    Changed  ///< its definition changes
};

/// What a person should know of a table before that, by reads alone: its kind and owner, how large it is, who reads it
/// as lineage recorded, and whether it can be brought back.
QCoro::Task<QStringList> tableFacts(ToolCall call, QString fullName, TableFate fate);

} // namespace Tools
