#pragma once

#include "gui/window/banners.h"

#include <QWidget>

class QVBoxLayout;

namespace Gui {

/// The banners, one below the other; takes no room when there are none.
class BannerArea : public QWidget
{
    Q_OBJECT

public:
    explicit BannerArea(QWidget *parent = nullptr);
    void setBanners(const QList<Banner> &banners);

Q_SIGNALS:
    void triggered(Gui::BannerAction action);

private:
    QWidget *widgetFor(const Banner &banner);

    QVBoxLayout *m_layout;
    QList<Banner> m_banners;
};

} // namespace Gui
