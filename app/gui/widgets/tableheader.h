#pragma once

#include <QHeaderView>

namespace Gui {

/// A flat head of a table: quiet words, a hairline below, an arrow where it is sorted.
class TableHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit TableHeader(QWidget *parent = nullptr);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

} // namespace Gui
