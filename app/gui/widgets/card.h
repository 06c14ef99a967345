#pragma once

#include "gui/widgets/appearance.h"

#include <QFrame>

namespace Gui {

/// A rounded area with a tint that says what it is about.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(Tone tone, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone;
};

} // namespace Gui
