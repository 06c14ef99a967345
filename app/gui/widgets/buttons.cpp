#include "gui/widgets/buttons.h"

#include "gui/widgets/symbol.h"

#include <QPushButton>
#include <QToolButton>

namespace Gui {

QPushButton *pushButton(const QString &name, const QString &text)
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    button->setAutoDefault(false);
    button->setMinimumWidth(button->sizeHint().width() + 20);
    return button;
}

QToolButton *toolButton(const QString &name, const QString &symbol, const QString &text, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(symbolIcon(symbol));
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAccessibleName(text.isEmpty() ? toolTip : text);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace Gui
