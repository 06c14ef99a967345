#pragma once

#include "calls/policy.h"

#include <QHash>
#include <QWidget>

namespace Gui {

class DecisionBox;

/// A decision for each effect that a call can have.
class EffectList : public QWidget
{
    Q_OBJECT

public:
    explicit EffectList(const QHash<Calls::Effect, Calls::Decision> &decisions, QWidget *parent = nullptr);
    /// Those that are not the standard ones.
    QHash<Calls::Effect, Calls::Decision> decisions() const;

private:
    QHash<Calls::Effect, DecisionBox *> m_boxes;
};

} // namespace Gui
