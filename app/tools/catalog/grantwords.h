#pragma once

#include "tools/kit/toolcall.h"

#include <QCoroTask>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Tools {

/// The names of what an assignment of the grants API grants, directly or in effect: "SELECT".
QStringList privilegesIn(const QJsonObject &assignment);

/// Who owns a securable, or that it could not be read; empty where its kind has no owner to read.
QCoro::Task<QString> ownerOf(ToolCall call, QString securableType, QString fullName);

/// What a principal with these privileges in effect lacks to reach something within a catalog, as a sentence; empty
/// where it lacks nothing, or where the securable lies in no catalog.
QString missingUse(const QString &securableType, const QString &fullName, const QString &principal,
                   const QStringList &held);

/// What is said where that could not be read.
inline constexpr QLatin1StringView UseNotRead =
    QLatin1StringView("Whether they can reach it (USE_CATALOG, USE_SCHEMA) could not be read.");

/// "analysts (SELECT), account users (BROWSE)": who holds what by these assignments.
QString holdersIn(const QJsonArray &assignments);

} // namespace Tools
