#pragma once

#include "calls/record.h"
#include "gui/card.h"

class QPushButton;
class QTimer;

namespace Gui {

/// A call that waits for a person: who wants what, on what, with which arguments, and the two answers.
class ApprovalCard : public Card
{
    Q_OBJECT

public:
    /// A card that appears or moves under the pointer takes no click for this long.
    static constexpr int GuardMs = 400;

    explicit ApprovalCard(const Calls::Record &record, QWidget *parent = nullptr);

    qint64 callId() const { return m_callId; }
    /// Takes no answer for a moment.
    void guard();

Q_SIGNALS:
    void answered(qint64 callId, bool approved);

private:
    void answer(bool approved);

    qint64 m_callId;
    bool m_answered = false;
    QPushButton *m_approve;
    QPushButton *m_deny;
    QTimer *m_guard;
};

} // namespace Gui
