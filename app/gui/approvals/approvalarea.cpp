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

void ApprovalArea::put(const Calls::Record &record)
{
    ApprovalCard *known = card(record.id);
    const bool waits = record.outcome == Calls::Outcome::Waiting;
    const bool stands = waits || record.canApproveLate;
    if (known && stands) {
        // Between the end of the wait and the answer to the client it may still say that it waits.
        if (record.canApproveLate && !known->isLate()) {
            known->setLate();
            arrange();
        }
        return;
    }
    if (!known && !stands)
        return;
    if (known) {
        m_cards.removeOne(known);
        m_shown.removeOne(known);
        known->hide();
        known->setParent(nullptr);
        known->deleteLater();
    } else {
        auto *card = new ApprovalCard(record, this);
        connect(card, &ApprovalCard::answered, this, &ApprovalArea::answered);
        m_layout->insertWidget(m_layout->count() - 1, card);
        m_cards << card;
        if (!waits)
            card->setLate();
    }
    arrange();
    Q_EMIT countChanged(count());
    if (waits)
        Q_EMIT asked(record);
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
