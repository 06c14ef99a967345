#include "gui/window/bannerarea.h"

#include "gui/widgets/card.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/symbol.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

struct Wording
{
    QString name;
    QString text;
};

Wording wording(BannerAction action)
{
    switch (action) {
    case BannerAction::OpenSettings:
        return {u"bannerSettings"_s, BannerArea::tr("Open settings")};
    case BannerAction::StartServer:
        return {u"bannerStart"_s, BannerArea::tr("Try again")};
    case BannerAction::ReadKeychain:
        return {u"bannerReadKeychain"_s, BannerArea::tr("Try again")};
    case BannerAction::Retry:
        break;
    }
    return {u"bannerRetry"_s, BannerArea::tr("Try again")};
}

} // namespace

BannerArea::BannerArea(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(10, 8, 10, 0);
    m_layout->setSpacing(6);
    hide();
}

void BannerArea::setBanners(const QList<Banner> &banners)
{
    // Only what differs is made anew: a button somebody is about to press stays where it is.
    if (banners == m_banners)
        return;
    m_banners = banners;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->setObjectName({});
        for (QWidget *child : item->widget()->findChildren<QWidget *>())
            child->setObjectName({});
        item->widget()->deleteLater();
        delete item;
    }
    for (const Banner &banner : banners)
        m_layout->addWidget(widgetFor(banner));
    setVisible(!banners.isEmpty());
}

QWidget *BannerArea::widgetFor(const Banner &banner)
{
    auto *card = new Card(banner.tone, this);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(10, 6, 6, 6);
    row->setSpacing(8);
    row->addWidget(new SymbolWidget(banner.symbol, banner.tone));

    auto *text = new QLabel(banner.text);
    text->setObjectName(u"bannerText"_s);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setMinimumHeight(fontMetrics().height() + 6);
    row->addWidget(text, 1);
    for (const BannerAction action : banner.actions) {
        const Wording words = wording(action);
        auto *button = new QPushButton(words.text);
        button->setObjectName(words.name);
        button->setAutoDefault(false);
        widen(button);
        connect(button, &QPushButton::clicked, this, [this, action] { Q_EMIT triggered(action); });
        row->addWidget(button, 0, Qt::AlignTop);
    }
    return card;
}

} // namespace Gui
