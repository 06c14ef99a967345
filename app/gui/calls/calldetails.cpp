#include "gui/calls/calldetails.h"

#include "gui/calls/calldelegates.h"
#include "gui/calls/outcomes.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/symbol.h"
#include "gui/widgets/table.h"
#include "gui/widgets/text.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedLayout>
#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

QPlainTextEdit *textView(const QString &name, const QString &description)
{
    auto *view = new QPlainTextEdit;
    view->setObjectName(name);
    view->setAccessibleName(description);
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setFrameShape(QFrame::NoFrame);
    view->document()->setDocumentMargin(8);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    return view;
}

/// A call that changes is shown again: where the reader is in the text must not move for nothing.
void setTextOnce(QPlainTextEdit *view, const QString &text)
{
    if (view->toPlainText() != text)
        view->setPlainText(text);
}

} // namespace

CallDetails::CallDetails(QWidget *parent)
    : QWidget(parent)
    , m_symbol(new SymbolWidget)
    , m_title(new ElidedLabel)
    , m_facts(new ElidedLabel)
    , m_message(new TextLabel)
    , m_progress(new QProgressBar)
    , m_cancel(pushButton(u"callCancel"_s, tr("&Cancel call")))
    , m_tabs(new QTabWidget)
    , m_arguments(textView(u"callArguments"_s, tr("Arguments of the call")))
    , m_answer(textView(u"callAnswer"_s, tr("Answer to the model")))
    , m_table(new Table(u"exchangeTable"_s, tr("Exchanges of the call with the workspace")))
    , m_stack(new QStackedLayout(this))
{
    m_table->setModel(&m_exchanges);
    m_table->setItemDelegateForColumn(ExchangeModel::Timeline, new TimelineDelegate(m_table));
    m_table->setStretchColumn(ExchangeModel::Timeline);
    m_table->setSampleText(ExchangeModel::Request, u"GET /api/2.1/clusters"_s);
    m_table->setSampleText(ExchangeModel::Status, u"Status"_s, 8);

    m_tabs->setDocumentMode(true);
    // In a low window the texts give way, not what is said of the call.
    m_tabs->setMinimumHeight(1);
    m_tabs->setObjectName(u"callTabs"_s);
    m_tabs->setAccessibleName(tr("Details of the call"));
    m_tabs->addTab(m_arguments, tr("Arguments"));
    m_tabs->addTab(m_answer, tr("Answer"));
    m_tabs->addTab(m_table, tr("Exchanges"));

    auto *details = new QWidget;
    auto *column = new QVBoxLayout(details);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(summary());
    column->addWidget(m_tabs, 1);

    auto *nothing = new ToneLabel(Tone::Quiet, tr("Select a call to see its arguments, its answer and its exchanges."));
    nothing->setAlignment(Qt::AlignCenter);
    nothing->setMargin(fontMetrics().height());
    m_stack->addWidget(nothing);
    m_stack->addWidget(details);
}

QWidget *CallDetails::summary()
{
    setWeight(m_title, QFont::DemiBold);
    m_title->setObjectName(u"callTitle"_s);
    m_facts->setQuiet();
    m_message->setObjectName(u"callMessage"_s);
    m_message->setSelectable();

    m_progress->setObjectName(u"callProgress"_s);
    m_progress->setAccessibleName(tr("How far the call is"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        Q_EMIT cancelWanted(m_callId);
    });

    auto *summary = new QWidget;
    auto *grid = new QGridLayout(summary);
    grid->setContentsMargins(10, 6, 10, 8);
    grid->setHorizontalSpacing(6);
    grid->setVerticalSpacing(3);
    grid->addWidget(m_symbol, 0, 0);
    grid->addWidget(m_title, 0, 1, 1, 2);
    grid->addWidget(m_facts, 1, 1, 1, 2);
    grid->addWidget(m_message, 2, 1, 1, 2);
    grid->addWidget(m_progress, 3, 1);
    grid->addWidget(m_cancel, 3, 2, Qt::AlignRight);
    grid->setColumnStretch(1, 1);
    return summary;
}

void CallDetails::showNothing()
{
    m_stack->setCurrentIndex(0);
}

void CallDetails::showRecord(const Calls::Record &record)
{
    const QString tool = record.tool.isEmpty() ? tr("No tool was named") : toolTitle(record.tool);
    const OutcomeLook look = lookOf(record.outcome);
    m_symbol->setSymbol(look.symbol, look.tone);
    m_title->setText(record.target.isEmpty() ? tool : tr("%1: %2").arg(tool, displayText(record.target)));
    m_title->setToolTip(plainToolTip(m_title->text()));

    QStringList facts{look.text, formatDateTime(record.started)};
    if (Calls::isOver(record.outcome))
        facts << formatDuration(std::chrono::milliseconds(record.durationMs));
    if (record.answerBytes > 0)
        facts << formatSize(record.answerBytes);
    if (!record.client.isEmpty())
        facts << displayText(record.client);
    m_facts->setText(facts.join(u" · "_s));
    m_facts->setToolTip(plainToolTip(m_facts->text()));
    // What it ran under belongs beside what became of it.
    QStringList words{record.permission, record.message};
    words.removeAll(QString());
    m_message->setText(displayText(words.join(u". "_s), 400));
    m_message->setVisible(!words.isEmpty());

    showProgress(record);
    setTextOnce(m_arguments, prettyJson(record.arguments));
    showAnswer(record);
    m_exchanges.setRecord(record);
    m_tabs->setTabText(2, record.exchanges.isEmpty() ? tr("Exchanges")
                                                     : tr("Exchanges (%1)").arg(record.exchanges.size()));
    m_table->setEmptyText(Calls::isOver(record.outcome) ? tr("The call needed nothing from the workspace.")
                                                        : tr("Nothing was asked of the workspace yet."));
    m_stack->setCurrentIndex(1);
}

void CallDetails::showProgress(const Calls::Record &record)
{
    const bool runs = record.outcome == Calls::Outcome::Running;
    m_progress->setVisible(runs && record.progress >= 0);
    m_progress->setValue(qRound(record.progress * m_progress->maximum()));
    m_cancel->setVisible(!Calls::isOver(record.outcome));
    // Asked to end once is enough; the next call starts afresh.
    if (m_callId != record.id)
        m_cancel->setEnabled(true);
    m_callId = record.id;
}

void CallDetails::showAnswer(const Calls::Record &record)
{
    setTextOnce(m_answer, record.answer);
    m_answer->setPlaceholderText(!Calls::isOver(record.outcome) ? tr("No answer yet.")
                                 : record.answerBytes == 0      ? tr("The call gave no answer.")
                                                                : tr("Answers are kept only while Bricktray runs."));
}

void CallDetails::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.fillRect(0, 0, 1, height(), lineColour(palette()));
}

} // namespace Gui
