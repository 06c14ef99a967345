#include "gui/approvalarea.h"

#include "gui/approvalcard.h"
#include "gui/labels.h"

#include <QVBoxLayout>

#include <algorithm>

namespace Gui {

ApprovalArea::ApprovalArea(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_more(new QuietLabel)
{
    m_layout->setContentsMargins(10, 8, 10, 0);
    m_layout->setSpacing(6);
    m_layout->addWidget(m_more);
    hide();
}

void ApprovalArea::put(const Calls::Record &record)
{
    const auto place = std::find_if(m_cards.cbegin(), m_cards.cend(),
                                    [&record](const ApprovalCard *card) { return card->callId() == record.id; });
    const bool known = place != m_cards.cend();
    const bool waits = record.outcome == Calls::Outcome::Waiting;
    if (known == waits)
        return;
    if (known) {
        ApprovalCard *card = *place;
        m_cards.removeOne(card);
        card->hide();
        card->setParent(nullptr);
        card->deleteLater();
        for (ApprovalCard *moved : std::as_const(m_cards))
            moved->guard();
    } else {
        auto *card = new ApprovalCard(record, this);
        connect(card, &ApprovalCard::answered, this, &ApprovalArea::answered);
        m_layout->insertWidget(m_layout->count() - 1, card);
        m_cards << card;
    }
    arrange();
    if (!known)
        Q_EMIT asked(record);
}

void ApprovalArea::arrange()
{
    for (qsizetype place = 0; place < m_cards.size(); ++place)
        m_cards.at(place)->setVisible(place < AtOnce);
    const int more = count() - AtOnce;
    m_more->setVisible(more > 0);
    m_more->setText(tr("More calls that wait for an answer: %1").arg(more));
    setVisible(!m_cards.isEmpty());
}

} // namespace Gui
