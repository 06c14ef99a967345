#pragma once

#include "gui/widgets/appearance.h"

#include <QLabel>

namespace Gui {

/// A wrapped line of plain text in a tone's colour; takes no room while it is empty.
class ToneLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ToneLabel(Tone tone, const QString &name, const QString &text = {}, QWidget *parent = nullptr);
    void setTone(Tone tone);
    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void recolour();

    Tone m_tone;
};

/// Sets tone and text of a ToneLabel.
void say(QLabel *label, Tone tone, const QString &text);

} // namespace Gui
