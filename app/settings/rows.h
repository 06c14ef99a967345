#pragma once

#include "settings/settings.h"

#include <QString>
#include <QVariant>

namespace Settings {

/// One row of the table of settings.
struct Row
{
    Key key;
    QString name;                                                    ///< "Group/Name" in the file
    QVariant standard;                                               ///< the default; its type is the value's type
    QVariant (*check)(const QVariant &value, const Row &) = nullptr; ///< mends what a hand wrote into the file

    /// What is in the file, as a value of the right type; the default where that is nothing or nonsense.
    QVariant accepted(const QVariant &stored) const;
};

const Row &rowOf(Key key);

} // namespace Settings
