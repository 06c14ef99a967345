#pragma once

#include <QJsonObject>
#include <QString>

namespace Tools {

/// What kind of task this is, of a job or a run: "notebook", "for each"; of one that is not known the API's own name.
QString taskKind(const QJsonObject &task);

/// What it runs: the notebook's path, the query's id, "1 == 2" of a condition.
QString taskSubject(const QJsonObject &task);

/// What a task of a run has to tell beside its state: how its condition came out, how its iterations stand.
QString taskDetail(const QJsonObject &task);

} // namespace Tools
