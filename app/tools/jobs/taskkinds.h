#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// What kind of task this is, of a job or a run: "notebook", "for each"; of one that is not known the API's own name.
QString taskKind(const QJsonObject &task);

/// What it runs: the notebook's path, the query's id, "1 == 2" of a condition.
QString taskSubject(const QJsonObject &task);

/// What it is given, whatever its kind calls that: "day=2026-11-27, full=false"; of a loop what each iteration is
/// given. Cut where it is long, and then says so.
QString taskParameters(const QJsonObject &task);

/// Parameters as the API takes them, an object or an array, in the same form.
QString parametersText(const QJsonValue &parameters);

/// Whatever else a task of a job has that is not as it would be by itself: "max_retries=3, timeout_seconds=600".
QString taskSettings(const QJsonObject &task);

/// What a task of a run has to tell beside its state: how its condition came out, how its iterations stand.
QString taskDetail(const QJsonObject &task);

} // namespace Tools
