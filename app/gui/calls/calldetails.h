#pragma once

#include "calls/record.h"
#include "gui/calls/exchangemodel.h"

#include <QWidget>

class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedLayout;
class QTabWidget;

namespace Gui {

class ElidedLabel;
class SymbolWidget;
class Table;
class TextLabel;

/// One call: what was asked, what was answered, and what it took.
class CallDetails : public QWidget
{
    Q_OBJECT

public:
    explicit CallDetails(QWidget *parent = nullptr);

    void showRecord(const Calls::Record &record);
    void showNothing();

Q_SIGNALS:
    void cancelWanted(qint64 callId);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *summary();
    void showAnswer(const Calls::Record &record);
    void showProgress(const Calls::Record &record);

    qint64 m_callId = 0;
    ExchangeModel m_exchanges;
    SymbolWidget *m_symbol;
    ElidedLabel *m_title;
    ElidedLabel *m_facts;
    TextLabel *m_message;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    QTabWidget *m_tabs;
    QPlainTextEdit *m_arguments;
    QPlainTextEdit *m_answer;
    Table *m_table;
    QStackedLayout *m_stack;
};

} // namespace Gui
