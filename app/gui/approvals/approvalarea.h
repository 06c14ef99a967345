#pragma once

#include "calls/approvalrequest.h"

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace Gui {

class ApprovalCard;

/// The calls that wait for a person, one card in one place: first those whose client still waits, the one that runs out
/// first before the others, and behind them the late ones. "1 of 5" and the way to the others stand above.
class ApprovalArea : public QWidget
{
    Q_OBJECT

public:
    explicit ApprovalArea(QWidget *parent = nullptr);

    /// A call that is to be answered, or more about one that is shown.
    void put(const Calls::ApprovalRequest &request);
    /// It needs no answer any more.
    void settle(qint64 callId);
    int count() const { return int(m_cards.size()); }
    /// The height of the window.
    void setRoom(int height);
    /// Once a second.
    void tick();

Q_SIGNALS:
    void answered(qint64 callId, const Calls::ApprovalAnswer &answer);
    /// The person wants the rows counted that the call matches.
    void countWanted(qint64 callId);
    /// A call that was not there yet waits now.
    void asked(const Calls::ApprovalRequest &request);
    void countChanged(int count);

private:
    void arrange();
    void show(ApprovalCard *card);
    void go(int steps);
    ApprovalCard *card(qint64 callId) const;

    QList<ApprovalCard *> m_cards; ///< in their order
    ApprovalCard *m_shown = nullptr;
    QVBoxLayout *m_layout;
    QWidget *m_head;
    QLabel *m_place;
    QToolButton *m_previous;
    QToolButton *m_next;
    int m_room = 0;
};

} // namespace Gui
