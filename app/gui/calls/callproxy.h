#pragma once

#include "calls/record.h"

#include <QSortFilterProxyModel>

namespace Gui {

/// Which calls are shown. Keeps the model's order: the newest first.
class CallProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Show { All, Failed, Refused, Running };

    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setShow(Show show);
    void setText(const QString &text);
    int hiddenCount() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool matches(Calls::Outcome outcome) const;

    Show m_show = Show::All;
    QString m_text;
};

} // namespace Gui
