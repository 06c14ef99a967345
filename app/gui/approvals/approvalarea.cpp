#include "gui/approvals/approvalarea.h"

#include "gui/approvals/approvalcard.h"
#include "gui/widgets/labels.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

QToolButton *arrow(const QString &name, Qt::ArrowType type, const QString &toolTip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setArrowType(type);
    button->setAutoRaise(true);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

bool comesBefore(const ApprovalCard *a, const ApprovalCard *b)
{
    if (a->isLate() != b->isLate())
        return b->isLate();
    return a->isLate() ? a->callId() > b->callId() : a->request().clientWaitsUntil < b->request().clientWaitsUntil;
}

} // namespace

ApprovalArea::ApprovalArea(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_head(new QWidget)
    , m_place(new ToneLabel(Tone::Quiet))
    , m_previous(arrow(u"approvalPrevious"_s, Qt::LeftArrow, tr("The call before")))
    , m_next(arrow(u"approvalNext"_s, Qt::RightArrow, tr("The next call")))
{
    m_place->setObjectName(u"approvalPlace"_s);
    auto *head = new QHBoxLayout(m_head);
    head->setContentsMargins(2, 0, 2, 0);
    head->addWidget(m_place, 1);
    head->addWidget(m_previous);
    head->addWidget(m_next);
    connect(m_previous, &QToolButton::clicked, this, [this] { go(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { go(1); });
    m_layout->setContentsMargins(10, 8, 10, 0);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_head);
    hide();
}

ApprovalCard *ApprovalArea::card(qint64 callId) const
{
    const auto place = std::ranges::find(m_cards, callId, &ApprovalCard::callId);
    return place == m_cards.cend() ? nullptr : *place;
}

void ApprovalArea::put(const Calls::ApprovalRequest &request)
{
    if (ApprovalCard *known = card(request.callId)) {
        known->update(request);
        arrange();
        return;
    }
    auto *card = new ApprovalCard(request, this);
    card->hide();
    card->setRoom(m_room);
    connect(card, &ApprovalCard::answered, this, &ApprovalArea::answered);
    connect(card, &ApprovalCard::countWanted, this, &ApprovalArea::countWanted);
    m_layout->addWidget(card);
    m_cards.append(card);
    arrange();
    Q_EMIT countChanged(count());
    if (!request.isLate)
        Q_EMIT asked(request);
}

void ApprovalArea::settle(qint64 callId)
{
    ApprovalCard *known = card(callId);
    if (!known)
        return;
    m_cards.removeOne(known);
    if (m_shown == known)
        m_shown = nullptr;
    known->hide();
    known->setParent(nullptr);
    known->deleteLater();
    arrange();
    Q_EMIT countChanged(count());
}

void ApprovalArea::setRoom(int height)
{
    m_room = height;
    for (ApprovalCard *card : std::as_const(m_cards))
        card->setRoom(height);
}

void ApprovalArea::tick()
{
    if (m_shown)
        m_shown->tick();
}

void ApprovalArea::arrange()
{
    std::ranges::stable_sort(m_cards, comesBefore);
    // Who reads one that is waited for is not interrupted; anything else gives way to what has only seconds left.
    const bool mayStay = m_shown && (!m_shown->isLate() || m_cards.constFirst()->isLate());
    if (!m_cards.isEmpty())
        show(mayStay ? m_shown : m_cards.constFirst());
    setVisible(!m_cards.isEmpty());
}

void ApprovalArea::show(ApprovalCard *card)
{
    if (m_shown != card) {
        if (m_shown)
            m_shown->hide();
        m_shown = card;
        card->tick();
        card->show();
        // What has come under the pointer just now takes no yes that was meant for another.
        card->guard();
    }
    const qsizetype place = m_cards.indexOf(card);
    m_head->setVisible(m_cards.size() > 1);
    m_place->setText(tr("%1 of %2 calls that wait for you").arg(place + 1).arg(m_cards.size()));
    m_previous->setEnabled(place > 0);
    m_next->setEnabled(place + 1 < m_cards.size());
}

void ApprovalArea::go(int steps)
{
    const qsizetype place = m_cards.indexOf(m_shown) + steps;
    if (place >= 0 && place < m_cards.size())
        show(m_cards.at(place));
}

} // namespace Gui
