#pragma once

#include "calls/approvalrequest.h"

#include <QWidget>

class QVBoxLayout;
class QLabel;

namespace Gui {

class ApprovalCard;

/// The calls that wait for a person, the newest at the bottom; as many as there is room for, first those whose client
/// still waits, and how many more there are.
class ApprovalArea : public QWidget
{
    Q_OBJECT

public:
    static constexpr int AtOnce = 2;

    explicit ApprovalArea(QWidget *parent = nullptr);

    void put(const Calls::ApprovalRequest &request);
    void settle(qint64 callId);
    int count() const { return int(m_cards.size()); }
    /// The height of the window: in a low one there is room for one card only.
    void setRoom(int height);

Q_SIGNALS:
    void answered(qint64 callId, const Calls::ApprovalAnswer &answer);
    /// A call that was not there yet waits now.
    void asked(const Calls::ApprovalRequest &request);
    void countChanged(int count);

private:
    void arrange();
    ApprovalCard *card(qint64 callId) const;

    QList<ApprovalCard *> m_cards;
    QList<ApprovalCard *> m_shown;
    QVBoxLayout *m_layout;
    QLabel *m_more;
    int m_atOnce = AtOnce;
};

} // namespace Gui
