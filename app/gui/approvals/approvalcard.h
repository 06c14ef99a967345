#pragma once

#include "calls/approvalrequest.h"
#include "gui/widgets/card.h"

#include <chrono>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTimer;
class QToolButton;

namespace Gui {

class NoteLabel;
class PassageView;

/// A call that waits for a person: what it does and to what, exactly what will run, what that would change, and the
/// answers. It can be allowed only after its end was shown, and not while it has just come under the pointer.
class ApprovalCard : public Card
{
    Q_OBJECT

public:
    /// A card that appears or moves under the pointer takes no yes for this long.
    static constexpr std::chrono::milliseconds GuardTime{1000};

    explicit ApprovalCard(const Calls::ApprovalRequest &request, QWidget *parent = nullptr);

    qint64 callId() const { return m_request.callId; }
    const Calls::ApprovalRequest &request() const { return m_request; }
    /// The same call, of which more is known now, or whose client waits no longer. What was read stays read.
    void update(const Calls::ApprovalRequest &request);
    bool isLate() const { return m_request.isLate; }
    /// Takes no yes for a moment.
    void guard();
    /// How long the client still waits; once a second.
    void tick();
    /// The height of the window, of which a text takes a part.
    void setRoom(int height);

Q_SIGNALS:
    void answered(qint64 callId, const Calls::ApprovalAnswer &answer);
    /// The person wants the rows counted that the call matches.
    void countWanted(qint64 callId);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *heading();
    QWidget *details();
    QWidget *counting();
    QWidget *answers();
    QMenu *widerAnswers();
    void answer(const Calls::ApprovalAnswer &answer);
    void countRows();
    void showConsequence();
    void showCount();
    void showAnswers();

    Calls::ApprovalRequest m_request;
    bool m_isAnswered = false;
    QLabel *m_note;
    PassageView *m_passages;
    QLabel *m_below;
    NoteLabel *m_consequence;
    QWidget *m_count;
    QPushButton *m_countRows;
    QLabel *m_countNote;
    QPlainTextEdit *m_diff;
    QLineEdit *m_words;
    QPushButton *m_deny;
    QPushButton *m_allow;
    QToolButton *m_wider = nullptr;
    QTimer *m_guard;
};

} // namespace Gui
