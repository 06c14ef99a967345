#pragma once

#include "calls/record.h"

#include <QAbstractTableModel>

namespace Gui {

/// The newest calls, the newest first, bounded; older ones are asked for when a view reaches the end.
class CallModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Outcome, Time, Tool, Target, Client, Took, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole + 1,
        OutcomeRole,
        ProgressRole, ///< of a call that runs: 0 to 1, or below 0 where nobody knows
    };

    static constexpr int Bound = 5000;
    static constexpr int PageSize = 200;
    /// Answers of older calls are forgotten beyond this many characters in all.
    static constexpr qsizetype AnswerBudget = 32 * 1024 * 1024;

    explicit CallModel(int bound = Bound, QObject *parent = nullptr);

    /// A call was opened, or one that was opened changed. What is older than all that is shown is left for fetchMore().
    void put(const Calls::Record &record);
    /// A page that was asked for with pageNeeded().
    void append(const QList<Calls::Record> &records);
    /// Time went by: the calls in flight took longer.
    void refreshTimes();

    const Calls::Record &record(int row) const { return m_records.at(row); }
    /// -1 when it is not among them.
    int rowOf(qint64 id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// Older records than this one (0: the newest) are wanted.
    void pageNeeded(qint64 before, int count);

private:
    int placeFor(qint64 id) const;
    void insert(int row, const Calls::Record &record);
    void dropOldest();
    void forgetAnswers();
    QString text(const Calls::Record &record, int column) const;

    QList<Calls::Record> m_records; ///< by id, descending
    const int m_bound;
    qsizetype m_answerSize = 0;
    bool m_asked = false;
    bool m_complete = false; ///< the journal has no older ones
};

} // namespace Gui
