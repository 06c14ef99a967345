#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

namespace Tools {

/// "/api/2.1/unity-catalog/tables", or "/api/2.1/unity-catalog/tables/main.default.orders"; the name may have SQL's
/// back quotes.
QString catalogPath(const QString &family, const QString &name = {});

/// What privileges can be granted on, as the grants API spells it.
const QStringList &securableTypes();

/// A table of the API as SQL has its name, in back quotes: "`main`.`default`.`orders`".
QString sqlNameOf(const QJsonObject &table);

/// max_results=0: pages of the size the workspace chooses, as the API recommends. They may be empty and not the last.
QUrlQuery catalogPages();

/// A comment as a row of a list shows it: its beginning, with "…" where there is more.
QString briefComment(const QJsonObject &object);

/// created_at, created_by, updated_at and updated_by of a securable, those that are there.
void addHistory(QJsonObject &facts, const QJsonObject &object);

/// "(day DATE, region STRING)" of a function's input_params.
QString parametersText(const QJsonObject &function);

/// "/Volumes/main/default/raw": where the files of a volume are read and written.
QString volumeRoot(const QJsonObject &volume);

} // namespace Tools
