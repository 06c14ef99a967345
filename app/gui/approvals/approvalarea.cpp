#include "gui/approvals/approvalarea.h"

#include "gui/approvals/approvalcard.h"
#include "gui/widgets/labels.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Gui {

ApprovalArea::ApprovalArea(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_more(new ToneLabel(Tone::Quiet))
{
    m_layout->setContentsMargins(10, 8, 10, 0);
    m_layout->setSpacing(6);
    m_layout->addWidget(m_more);
    hide();
}

ApprovalCard *ApprovalArea::card(qint64 callId) const
{
    const auto place = std::find_if(m_cards.cbegin(), m_cards.cend(),
                                    [callId](const ApprovalCard *card) { return card->callId() == callId; });
    return place == m_cards.cend() ? nullptr : *place;
}

void ApprovalArea::put(const Calls::ApprovalRequest &request)
{
    if (ApprovalCard *known = card(request.callId)) {
        if (request.isLate && !known->isLate()) {
            known->setLate();
            arrange();
        }
        return;
    }
    auto *card = new ApprovalCard(request, this);
    connect(card, &ApprovalCard::answered, this, &ApprovalArea::answered);
    m_layout->insertWidget(m_layout->count() - 1, card);
    m_cards << card;
    if (request.isLate)
        card->setLate();
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
    m_shown.removeOne(known);
    known->hide();
    known->setParent(nullptr);
    known->deleteLater();
    arrange();
    Q_EMIT countChanged(count());
}

void ApprovalArea::setRoom(int height)
{
    const int atOnce = height < fontMetrics().height() * 32 ? 1 : AtOnce;
    if (std::exchange(m_atOnce, atOnce) != atOnce)
        arrange();
}

void ApprovalArea::arrange()
{
    QList<ApprovalCard *> first = m_cards; // those of which somebody still waits for the answer
    std::stable_sort(first.begin(), first.end(),
                     [](const ApprovalCard *a, const ApprovalCard *b) { return a->isLate() < b->isLate(); });
    first.resize(qMin<qsizetype>(first.size(), m_atOnce));
    QList<ApprovalCard *> visible;
    for (ApprovalCard *card : std::as_const(m_cards)) {
        const bool isShown = first.contains(card);
        card->setVisible(isShown);
        // A card that has come under the pointer just now takes no click meant for another.
        if (isShown && m_shown.value(visible.size()) != card)
            card->guard();
        if (isShown)
            visible << card;
    }
    m_shown = visible;
    const int more = count() - m_atOnce;
    m_more->setVisible(more > 0);
    m_more->setText(tr("More calls that wait for an answer: %1").arg(more));
    setVisible(!m_cards.isEmpty());
}

} // namespace Gui
