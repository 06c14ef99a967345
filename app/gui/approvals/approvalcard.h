#pragma once

#include "calls/approvalrequest.h"
#include "gui/widgets/card.h"

#include <chrono>

class QGridLayout;
class QLabel;
class QPushButton;
class QTimer;

namespace Gui {

/// A call that waits for a person: who wants what, on what, with which arguments, and the answers.
class ApprovalCard : public Card
{
    Q_OBJECT

public:
    /// A card that appears or moves under the pointer takes no click for this long.
    static constexpr std::chrono::milliseconds GuardTime{400};

    explicit ApprovalCard(const Calls::ApprovalRequest &request, QWidget *parent = nullptr);

    qint64 callId() const { return m_callId; }
    /// The client waits no longer: an approval counts for the repeated call.
    void setLate();
    bool isLate() const { return m_late; }
    /// Takes no answer for a moment.
    void guard();

Q_SIGNALS:
    void answered(qint64 callId, const Calls::ApprovalAnswer &answer);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QPushButton *button(const QString &name, const QString &text, const Calls::ApprovalAnswer &answer);

    qint64 m_callId;
    bool m_answered = false;
    bool m_late = false;
    QGridLayout *m_grid;
    QWidget *m_buttons;
    QLabel *m_note;
    QPushButton *m_approve;
    QPushButton *m_approveForAWhile;
    QPushButton *m_deny;
    QTimer *m_guard;
};

} // namespace Gui
