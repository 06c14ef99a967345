#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>

namespace Tools {

/// The warehouse that a statement runs on, and why that one.
class WarehouseChoice
{
public:
    QString id;
    QString name;  ///< empty where nobody asked for it
    QString state; ///< empty where nobody asked for it
    QString why;   ///< "it is the profile's default"; empty where the caller named it

    /// "warehouse Shared Serverless (8f3b2c1d90e47a65), because it is running already"
    QString inWords() const;
};

/// The argument warehouse_id; else the profile's default; else the user's own default in Databricks; else one that
/// runs; else the smallest that may start. Where the workspace is read-only it must be running. Throws
/// ApiError where there is none.
QCoro::Task<WarehouseChoice> chooseWarehouse(ToolCall call);

} // namespace Tools
