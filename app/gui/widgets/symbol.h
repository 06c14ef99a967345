#pragma once

#include "gui/widgets/appearance.h"

#include <QColor>
#include <QIcon>
#include <QString>
#include <QWidget>

namespace Gui {

/// Makes ":/bricktray/icons" available; without the call a linker drops the resources of a static library.
void loadIcons();

/// Draws one of resources/icons' one-coloured symbols in any colour, sharp at every size.
void paintSymbol(QPainter *painter, const QRectF &rect, const QString &name, const QColor &colour);

/// A symbol as an icon in the palette's text colour, following changes of the palette.
QIcon symbolIcon(const QString &name);

/// A symbol as a widget of the size of the text beside it. Decoration: whatever it says stands in words beside it.
class SymbolWidget : public QWidget
{
    Q_OBJECT

public:
    explicit SymbolWidget(const QString &name = {}, Tone tone = Tone::Quiet, QWidget *parent = nullptr);
    void setSymbol(const QString &name, Tone tone);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name;
    Tone m_tone;
};

} // namespace Gui
