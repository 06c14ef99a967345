#pragma once

#include <QCollator>
#include <QSortFilterProxyModel>

namespace Gui {

/// Which clusters are shown, and in which order: what runs or is about to first, then by name.
class ClusterProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Show { All, Running, Mine };

    explicit ClusterProxy(QObject *parent = nullptr);

    void setShow(Show show);
    void setText(const QString &text);
    /// Whose clusters are "mine": the name the workspace knows the person by.
    void setUser(const QString &user);
    /// How many clusters the filter keeps out of sight.
    int hiddenCount() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    Show m_show = Show::All;
    QString m_text;
    QString m_user;
    QCollator m_collator;
};

} // namespace Gui
