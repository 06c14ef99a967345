#pragma once

#include <QString>

namespace Tools {

/// A REST path that a model wrote, checked: it begins with /api/ and can lead nowhere else, read as it stands or
/// decoded as often as a proxy may do. Throws ApiError BadRequest that says what is wrong with it.
QString checkedApiPath(const QString &path);

/// Endpoints whose answer is a secret, which no tool gives to a model.
bool answersASecret(const QString &path);

} // namespace Tools
