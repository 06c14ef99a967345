#pragma once

#include "calls/effect.h"

#include <QString>
#include <QStringList>

namespace Tools {

/// What a text of Databricks SQL does, from the text alone.
struct SqlDeed
{
    Calls::Effects effects;
    QString verb;   ///< "DROP TABLE"; of several statements all that change something: "DELETE FROM + DROP TABLE"
    QString target; ///< what they work on, as written: "main.sales.orders"; empty where the text does not say
    bool isTargetWhole = true; ///< every statement that changes something has its part in target
    QStringList reasons;       ///< why it is more than its statements say: "calls main.default.f(), which …"
    bool readsSecret = false;  ///< its answer may hold the value of a secret: no approval lets it through

    bool reads() const { return !effects; }
};

/// An allow-list: it reads only if every statement, every table function and every name that is called is known to
/// read, wherever it stands. trusted are functions of people's own that they know to read: "main.default.clean".
/// Where the text could be read in two ways (an open quote, a backslash at the end of a comment, a ${variable}), its
/// effect is unknown. Grammar: Apache Spark's SqlBaseLexer and SqlBaseParser, which Databricks SQL extends.
SqlDeed sqlDeed(const QString &sql, const QStringList &trusted = {});

} // namespace Tools
