#include "gui/approvalcard.h"

#include "calls/calllog.h"
#include "gui/labels.h"
#include "gui/symbol.h"
#include "gui/words.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Gui {

ApprovalCard::ApprovalCard(const Calls::Record &record, QWidget *parent)
    : Card(Tone::Caution, parent)
    , m_callId(record.id)
    , m_approve(new QPushButton(tr("&Approve")))
    , m_deny(new QPushButton(tr("&Deny")))
    , m_guard(new QTimer(this))
{
    setObjectName(u"approvalCard"_s);
    const QString client = record.client.isEmpty() ? tr("A client") : shown(record.client, 60);
    setAccessibleName(tr("%1 asks for your approval: %2").arg(client, toolWords(record.tool)));

    auto *title = new QLabel(record.target.isEmpty()
                                 ? tr("%1: %2?").arg(client, toolWords(record.tool))
                                 : tr("%1: %2 “%3”?").arg(client, toolWords(record.tool), shown(record.target)));
    title->setObjectName(u"approvalTitle"_s);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);

    auto *note = new QuietLabel(tr("Tool %1 in %2. No answer within %3 s means no.")
                                    .arg(shown(record.tool), shown(record.workspace))
                                    .arg(Calls::CallLog::ApprovalTimeoutMs / 1000));

    auto *arguments = new QPlainTextEdit(prettyJson(record.arguments));
    arguments->setObjectName(u"approvalArguments"_s);
    arguments->setAccessibleName(tr("Arguments of the call"));
    arguments->setReadOnly(true);
    arguments->setTabChangesFocus(true);
    arguments->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    const int lines = qBound(2, int(arguments->document()->blockCount()), 6);
    arguments->setFixedHeight(lines * arguments->fontMetrics().lineSpacing() + 12);

    m_approve->setObjectName(u"approvalApprove"_s);
    m_deny->setObjectName(u"approvalDeny"_s);
    for (QPushButton *button : {m_approve, m_deny})
        button->setAutoDefault(false);
    m_guard->setSingleShot(true);
    m_guard->setInterval(GuardMs);
    connect(m_guard, &QTimer::timeout, this, [this] { m_approve->setEnabled(!m_answered); });
    connect(m_approve, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_deny, &QPushButton::clicked, this, [this] { answer(false); });

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(10, 8, 8, 8);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->addWidget(new SymbolWidget(u"waiting"_s, Tone::Caution), 0, 0);
    grid->addWidget(title, 0, 1);
    grid->addWidget(m_deny, 0, 2);
    grid->addWidget(m_approve, 0, 3);
    grid->addWidget(note, 1, 1, 1, 3);
    grid->addWidget(arguments, 2, 1, 1, 3);
    grid->setColumnStretch(1, 1);
    guard();
}

void ApprovalCard::guard()
{
    if (m_answered)
        return;
    m_approve->setEnabled(false);
    m_guard->start();
}

void ApprovalCard::answer(bool approved)
{
    m_answered = true;
    m_approve->setEnabled(false);
    m_deny->setEnabled(false);
    Q_EMIT answered(m_callId, approved);
}

} // namespace Gui
