#include "gui/approvals/approvalcard.h"

#include "gui/widgets/buttons.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/symbol.h"
#include "gui/widgets/text.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

QString textOf(const Calls::ApprovalRequest &request)
{
    QStringList texts;
    for (const Calls::Passage &passage : request.passages)
        texts.append(passage.name + u": "_s + passage.text);
    return texts.join(u'\n');
}

} // namespace

ApprovalCard::ApprovalCard(const Calls::ApprovalRequest &request, QWidget *parent)
    : Card(Tone::Caution, parent)
    , m_callId(request.callId)
    , m_grid(new QGridLayout(this))
    , m_buttons(new QWidget)
    , m_note(new ToneLabel(Tone::Quiet, tr("Tool %1 in %2. The client waits %3 s for your answer.")
                                            .arg(displayText(request.tool), displayText(request.workspace))
                                            .arg(Calls::ApprovalTimes().answer.count() / 1000)))
    , m_approve(button(u"approvalApprove"_s, tr("&Approve"), Calls::ApprovalAnswer{true}))
    , m_approveForAWhile(button(u"approvalApproveForAWhile"_s,
                                tr("Approve for &%1 minutes").arg(Calls::GrantValidity.count()),
                                Calls::ApprovalAnswer{true, Calls::Reach::SameTarget}))
    , m_deny(button(u"approvalDeny"_s, tr("&Deny"), Calls::ApprovalAnswer{}))
    , m_guard(new QTimer(this))
{
    setObjectName(u"approvalCard"_s);
    const QString client = request.client.isEmpty() ? tr("A client") : displayText(request.client, 60);
    setAccessibleName(tr("%1 asks for your approval: %2").arg(client, toolTitle(request.tool)));

    auto *title =
        new TextLabel(request.target.isEmpty()
                          ? tr("%1: %2?").arg(client, toolTitle(request.tool))
                          : tr("%1: %2 “%3”?").arg(client, toolTitle(request.tool), displayText(request.target)));
    title->setObjectName(u"approvalTitle"_s);
    setWeight(title, QFont::Bold);

    m_note->setObjectName(u"approvalNote"_s);
    m_approveForAWhile->setToolTip(
        plainToolTip(tr("Until then %1 may make calls of %2 like this one in this workspace without asking: with other "
                        "arguments, but with no worse effect.")
                         .arg(client, displayText(request.tool))));

    auto *arguments = new QPlainTextEdit(textOf(request));
    arguments->setObjectName(u"approvalArguments"_s);
    arguments->setAccessibleName(tr("Arguments of the call"));
    arguments->setReadOnly(true);
    arguments->setTabChangesFocus(true);
    arguments->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const int lines = qBound(2, int(arguments->document()->blockCount()), 6);
    arguments->setFixedHeight(lines * arguments->fontMetrics().lineSpacing() + 12);

    m_guard->setSingleShot(true);
    m_guard->setInterval(GuardTime);
    connect(m_guard, &QTimer::timeout, this, [this] {
        for (QPushButton *button : {m_approve, m_approveForAWhile})
            button->setEnabled(!m_answered);
    });

    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->addStretch();
    for (QPushButton *button : {m_deny, m_approveForAWhile, m_approve})
        buttons->addWidget(button);

    m_grid->setContentsMargins(10, 8, 8, 8);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->addWidget(new SymbolWidget(u"waiting"_s, Tone::Caution), 0, 0);
    m_grid->addWidget(title, 0, 1);
    m_grid->addWidget(m_buttons, 0, 2);
    m_grid->addWidget(m_note, 1, 1, 1, 2);
    m_grid->addWidget(arguments, 2, 1, 1, 2);
    m_grid->setColumnStretch(1, 1);
    guard();
}

QPushButton *ApprovalCard::button(const QString &name, const QString &text, const Calls::ApprovalAnswer &answer)
{
    QPushButton *button = pushButton(name, text);
    connect(button, &QPushButton::clicked, this, [this, answer] {
        m_answered = true;
        for (QPushButton *each : {m_approve, m_approveForAWhile, m_deny})
            each->setEnabled(false);
        Q_EMIT answered(m_callId, answer);
    });
    return button;
}

void ApprovalCard::resizeEvent(QResizeEvent *event)
{
    // The words come first: beside them the answers stand only where both have room.
    const bool beside = width() > fontMetrics().averageCharWidth() * 100;
    m_grid->removeWidget(m_buttons);
    if (beside)
        m_grid->addWidget(m_buttons, 0, 2);
    else
        m_grid->addWidget(m_buttons, 3, 1, 1, 2);
    Card::resizeEvent(event);
}

void ApprovalCard::setLate()
{
    if (m_late)
        return;
    m_late = true;
    m_note->setText(tr("The client stopped waiting; approving lets it through when it asks again."));
}

void ApprovalCard::guard()
{
    if (m_answered)
        return;
    for (QPushButton *button : {m_approve, m_approveForAWhile})
        button->setEnabled(false);
    m_guard->start();
}

} // namespace Gui
