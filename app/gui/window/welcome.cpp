#include "gui/window/welcome.h"

#include "gui/widgets/labels.h"

#include <QIcon>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

Welcome::Welcome(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"welcome"_s);

    auto *picture = new QLabel;
    picture->setPixmap(QIcon(u":/bricktray/icons/bricktray.svg"_s).pixmap(QSize(72, 72), devicePixelRatioF()));
    picture->setAlignment(Qt::AlignCenter);

    auto *title = new QLabel(tr("Connect your workspace"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setWeight(QFont::DemiBold);
    title->setFont(large);
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);

    auto *words = new ToneLabel(
        Tone::Quiet, tr("Enter the address of your Databricks workspace and a personal access token. The token is "
                        "kept in your system's keychain and sent to that workspace only; Cursor never sees it."));
    words->setAlignment(Qt::AlignHCenter);
    words->setMaximumWidth(fontMetrics().averageCharWidth() * 72);

    auto *settings = new QPushButton(tr("Enter workspace and token…"));
    settings->setObjectName(u"welcomeSettings"_s);
    settings->setDefault(true);
    settings->setMinimumSize(settings->sizeHint() + QSize(32, 8));
    connect(settings, &QPushButton::clicked, this, &Welcome::settingsWanted);

    auto *guide = new LinkLabel;
    guide->setObjectName(u"welcomeGuide"_s);
    guide->setLink(tr("How to create a token"), QUrl(u"https://docs.databricks.com/aws/en/dev-tools/auth/pat"_s));
    auto *sample = new ToneLabel(Tone::Quiet, tr("Only want to look around? Start Bricktray with --sample-workspace."));
    sample->setAlignment(Qt::AlignHCenter);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(12);
    column->addStretch(2);
    column->addWidget(picture);
    column->addWidget(title);
    auto *centred = new QHBoxLayout;
    centred->addStretch();
    centred->addWidget(words, 10);
    centred->addStretch();
    column->addLayout(centred);
    column->addSpacing(4);
    column->addWidget(settings, 0, Qt::AlignHCenter);
    column->addWidget(guide, 0, Qt::AlignHCenter);
    column->addStretch(3);
    column->addWidget(sample);
}

} // namespace Gui
