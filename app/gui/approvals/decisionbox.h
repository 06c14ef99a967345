#pragma once

#include "calls/policy.h"

#include <QComboBox>

namespace Gui {

/// "Allow", "Ask me", "Deny".
QString decisionWords(Calls::Decision decision);

/// A choice among the three.
QComboBox *decisionBox(const QString &name, const QString &description, Calls::Decision decision);
Calls::Decision chosenDecision(const QComboBox *box);

} // namespace Gui
