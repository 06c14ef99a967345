#pragma once

#include <QScrollArea>

namespace Gui {

/// A scroll area that is as high as its content where there is room, and scrolls where there is not: nothing in it is
/// ever drawn over what stands beside it.
class FittingArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit FittingArea(QWidget *content, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int contentHeight() const;
};

} // namespace Gui
