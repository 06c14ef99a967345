#include "gui/calls/callproxy.h"

#include "gui/calls/callmodel.h"

namespace Gui {

void CallProxy::setShow(Show show)
{
    m_show = show;
    invalidateFilter();
}

void CallProxy::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

int CallProxy::hiddenCount() const
{
    return sourceModel() ? sourceModel()->rowCount() - rowCount() : 0;
}

bool CallProxy::matches(Calls::Outcome outcome) const
{
    switch (m_show) {
    case Show::Failed:
        return outcome == Calls::Outcome::Failed;
    case Show::Refused:
        return outcome == Calls::Outcome::Refused;
    case Show::Running:
        return outcome == Calls::Outcome::Running || outcome == Calls::Outcome::Waiting;
    case Show::All:
        break;
    }
    return true;
}

bool CallProxy::filterAcceptsRow(int row, const QModelIndex &) const
{
    const Calls::Record &record = static_cast<const CallModel *>(sourceModel())->record(row);
    if (!matches(record.outcome))
        return false;
    if (m_text.isEmpty())
        return true;
    for (const QString &field : {record.tool, record.target, record.client, record.message}) {
        if (field.contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace Gui
