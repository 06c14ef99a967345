#include "gui/window/bannerarea.h"

#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/symbol.h"

#include <QHBoxLayout>
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

Wording wording(BannerArea::Action action)
{
    switch (action) {
    case BannerArea::Action::OpenSettings:
        return {u"bannerSettings"_s, BannerArea::tr("Open settings")};
    case BannerArea::Action::StartServer:
        return {u"bannerStart"_s, BannerArea::tr("Try again")};
    case BannerArea::Action::ReadKeychain:
        return {u"bannerReadKeychain"_s, BannerArea::tr("Try again")};
    case BannerArea::Action::Retry:
        break;
    }
    return {u"bannerRetry"_s, BannerArea::tr("Try again")};
}

QString either(const QString &message, const QString &otherwise)
{
    return message.isEmpty() ? otherwise : message;
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

void BannerArea::showStatus(const ServerStatus &server, const WorkspaceStatus &workspace, const QStringList &problems)
{
    const QList<Banner> banners = bannersFor(server, workspace, problems);
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

QList<BannerArea::Banner> BannerArea::bannersFor(const ServerStatus &server, const WorkspaceStatus &workspace,
                                                 const QStringList &problems)
{
    using enum Action;
    QList<Banner> banners;
    if (server.state == ServerStatus::State::Failed)
        banners << Banner{Tone::Bad,
                          u"error"_s,
                          either(server.message, tr("The server could not start.")),
                          {OpenSettings, StartServer}};
    switch (workspace.state) {
    case WorkspaceStatus::State::Unauthorized:
        banners << Banner{Tone::Bad,
                          u"key"_s,
                          either(workspace.message, tr("The workspace refused the token. Enter a new one.")),
                          {OpenSettings}};
        break;
    case WorkspaceStatus::State::Failed:
        banners << Banner{Tone::Caution,
                          u"warning"_s,
                          either(workspace.message, tr("The workspace can't be reached.")),
                          {OpenSettings, Retry}};
        break;
    case WorkspaceStatus::State::Waiting:
        banners << Banner{
            Tone::Active,
            u"waiting"_s,
            either(
                workspace.message,
                tr("Waiting for the keyring. If it asks for its password, unlock it to let Bricktray read the token.")),
            {}};
        break;
    default:
        break;
    }
    if (!server.accessKeyProblem.isEmpty())
        banners << Banner{
            Tone::Caution,
            u"key"_s,
            tr("The access key is a new one and holds until you quit, because the keychain gives none: %1 Clients that "
               "know another one are refused. Unlock the keychain and retry, or give them the new key.")
                .arg(server.accessKeyProblem),
            {OpenSettings, ReadKeychain}};
    if (workspace.sample)
        banners << Banner{Tone::Caution, u"info"_s, tr("Sample workspace: invented data"), {}};
    for (const QString &problem : problems)
        banners << Banner{Tone::Caution, u"warning"_s, problem, {}};
    return banners;
}

QWidget *BannerArea::widgetFor(const Banner &banner)
{
    auto *card = new Card(banner.tone, this);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(10, 6, 6, 6);
    row->setSpacing(8);
    row->addWidget(new SymbolWidget(banner.symbol, banner.tone));

    auto *text = new TextLabel(banner.text);
    text->setObjectName(u"bannerText"_s);
    text->setSelectable();
    text->setMinimumHeight(fontMetrics().height() + 6);
    row->addWidget(text, 1);
    for (const Action action : banner.actions) {
        const Wording words = wording(action);
        QPushButton *button = pushButton(words.name, words.text);
        connect(button, &QPushButton::clicked, this, [this, action] { Q_EMIT triggered(action); });
        row->addWidget(button, 0, Qt::AlignTop);
    }
    return card;
}

} // namespace Gui
