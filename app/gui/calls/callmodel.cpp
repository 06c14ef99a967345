#include "gui/calls/callmodel.h"

#include "gui/calls/outcomes.h"
#include "gui/widgets/text.h"

#include <algorithm>

namespace Gui {

CallModel::CallModel(int bound, QObject *parent)
    : QAbstractTableModel(parent)
    , m_bound(bound)
{}

int CallModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int CallModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

int CallModel::placeFor(qint64 id) const
{
    const auto place = std::lower_bound(m_records.cbegin(), m_records.cend(), id,
                                        [](const Calls::Record &record, qint64 wanted) { return record.id > wanted; });
    return int(place - m_records.cbegin());
}

int CallModel::rowOf(qint64 id) const
{
    const int row = placeFor(id);
    return row < m_records.size() && m_records.at(row).id == id ? row : -1;
}

void CallModel::put(const Calls::Record &record)
{
    const int row = placeFor(record.id);
    if (row < m_records.size() && m_records.at(row).id == record.id) {
        m_answerSize += record.answer.size() - m_records.at(row).answer.size();
        m_records[row] = record;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    } else if (row < m_records.size() || m_records.isEmpty()) {
        // The oldest goes before the new one comes: a view never sees more rows than the bound.
        if (m_records.size() >= m_bound)
            dropOldest();
        insert(row, record);
    }
    forgetAnswers();
}

void CallModel::append(const QList<Calls::Record> &records)
{
    m_complete = records.size() < PageSize;
    QList<Calls::Record> older;
    for (const Calls::Record &record : records) {
        // A known record has its answer, which the journal does not keep.
        if (rowOf(record.id) >= 0)
            continue;
        if (m_records.isEmpty() || record.id < m_records.constLast().id)
            older << record;
        else if (m_records.size() < m_bound)
            insert(placeFor(record.id), record);
    }
    older.resize(qMin(older.size(), m_bound - m_records.size()));
    if (!older.isEmpty()) {
        beginInsertRows({}, int(m_records.size()), int(m_records.size() + older.size()) - 1);
        m_records += older;
        endInsertRows();
    }
    // Not before: a view that is told of rows asks for the next page at once.
    m_asked = false;
}

void CallModel::insert(int row, const Calls::Record &record)
{
    beginInsertRows({}, row, row);
    m_records.insert(row, record);
    m_answerSize += record.answer.size();
    endInsertRows();
}

void CallModel::dropOldest()
{
    const int last = int(m_records.size()) - 1;
    beginRemoveRows({}, last, last);
    m_answerSize -= m_records.at(last).answer.size();
    m_records.removeLast();
    endRemoveRows();
}

void CallModel::forgetAnswers()
{
    for (auto row = m_records.size() - 1; m_answerSize > AnswerBudget && row > 0; --row) {
        m_answerSize -= m_records.at(row).answer.size();
        m_records[row].answer.clear();
    }
}

void CallModel::refreshTimes()
{
    for (int row = 0; row < m_records.size(); ++row) {
        if (!Calls::isOver(m_records.at(row).outcome))
            Q_EMIT dataChanged(index(row, Took), index(row, Took), {Qt::DisplayRole});
    }
}

bool CallModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_asked && !m_complete && m_records.size() < m_bound;
}

void CallModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_asked = true;
    Q_EMIT pageNeeded(m_records.isEmpty() ? 0 : m_records.constLast().id, PageSize);
}

QVariant CallModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Calls::Record &record = m_records.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(record, index.column());
    case Qt::ToolTipRole:
        return record.message.isEmpty() ? QString() : plainToolTip(displayText(record.message, 500));
    case Qt::TextAlignmentRole:
        return index.column() == Took ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case IdRole:
        return record.id;
    case OutcomeRole:
        return int(record.outcome);
    case ProgressRole:
        return record.outcome == Calls::Outcome::Running ? record.progress : -1.0;
    default:
        return {};
    }
}

QString CallModel::text(const Calls::Record &record, int column) const
{
    switch (column) {
    case Outcome:
        return lookOf(record.outcome).text;
    case Time:
        return formatTime(record.started);
    case Tool:
        return record.tool.isEmpty() ? tr("(no tool)") : displayText(record.tool);
    case Target:
        return displayText(record.target.isEmpty() ? record.message : record.target);
    case Client:
        return displayText(record.client);
    default:
        return formatDuration(Calls::isOver(record.outcome) ? std::chrono::milliseconds(record.durationMs)
                                                            : timeSince(record.started));
    }
}

QVariant CallModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Took)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Outcome"), tr("Time"), tr("Tool"), tr("Target"), tr("Client"), tr("Took")};
    return titles.value(section);
}

} // namespace Gui
