#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonObject>

#include <chrono>

namespace Tools {

/// The warehouse that a statement runs on, and why that one.
class WarehouseChoice
{
public:
    QString id;
    QString name;             ///< empty where nobody asked for it
    QString state;            ///< empty where nobody asked for it
    QString why;              ///< "it is the profile's default"; empty where the caller named it
    QStringList refused = {}; ///< those that were tried before and refused, with their words

    /// "warehouse Shared Serverless (8f3b2c1d90e47a65), because it is running already"
    QString inWords() const;
};

/// A statement that was sent, and the warehouse that took it.
class SentStatement
{
public:
    QJsonObject answer;
    WarehouseChoice warehouse;
};

/// Sends a statement (see runStatement()) to the chosen warehouse. Where nobody named one, and it refuses, to the next
/// that suits. Throws ApiError.
QCoro::Task<SentStatement> runOnWarehouse(ToolCall call, QJsonObject body, std::chrono::milliseconds wait);

/// Throws ApiError where nothing may be started and the warehouse does not run: what is sent to it would start it.
QCoro::Task<> mustNotBeStarted(ToolCall call, WarehouseChoice chosen);

/// The argument warehouse_id; else the profile's default; else the user's own default in Databricks; else one that
/// runs; else one that is starting; else the smallest that may start. Where nothing may be started it must be
/// running. Throws ApiError where there is none.
QCoro::Task<WarehouseChoice> chooseWarehouse(ToolCall call);

/// The id of the warehouse that is meant by its id or by its name. Throws ApiError, with the names that are near, where
/// there is none.
QCoro::Task<QString> warehouseMeant(ToolCall call, QString given);

} // namespace Tools
