#pragma once

#include "calls/policy.h"

#include <QComboBox>

namespace Gui {

/// "Allow", "Ask me", "Deny".
QString decisionText(Calls::Decision decision);

/// A choice among the three.
class DecisionBox : public QComboBox
{
    Q_OBJECT

public:
    DecisionBox(const QString &name, const QString &description, Calls::Decision decision, QWidget *parent = nullptr);
    Calls::Decision decision() const;
};

} // namespace Gui
