#pragma once

#include "settings/settings.h"

#include <QList>
#include <QString>
#include <QVariant>

namespace Settings {

/// Whose a setting is: one value for the program, or one for each workspace profile.
enum class Scope { Program, Profile };

/// One row of the table of settings.
struct Row
{
    Key key;
    Scope scope;
    QString name;                                                    ///< "Group/Name" in the file
    QVariant standard;                                               ///< the default; its type is the value's type
    QVariant (*check)(const QVariant &value, const Row &) = nullptr; ///< mends what a hand wrote into the file

    /// What is in the file, as a value of the right type; the default where that is nothing or nonsense.
    QVariant accepted(const QVariant &stored) const;
};

const Row &rowOf(Key key);
const QList<Row> &allRows();

} // namespace Settings
