#pragma once

#include "calls/record.h"

#include <QWidget>

class QVBoxLayout;
class QLabel;

namespace Gui {

class ApprovalCard;

/// The calls that wait for a person, the oldest first; as many as there is room for, and how many more there are.
class ApprovalArea : public QWidget
{
    Q_OBJECT

public:
    static constexpr int AtOnce = 2;

    explicit ApprovalArea(QWidget *parent = nullptr);

    /// A call as it is now: shown while it waits.
    void put(const Calls::Record &record);
    int count() const { return int(m_cards.size()); }

Q_SIGNALS:
    void answered(qint64 callId, bool approved);
    /// A call that was not there yet waits now.
    void asked(const Calls::Record &record);

private:
    void arrange();

    QList<ApprovalCard *> m_cards;
    QVBoxLayout *m_layout;
    QLabel *m_more;
};

} // namespace Gui
