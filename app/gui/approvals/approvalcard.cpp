#include "gui/approvals/approvalcard.h"

#include "common/visible.h"
#include "gui/approvals/effects.h"
#include "gui/approvals/passageview.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/fittingarea.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/symbol.h"
#include "gui/widgets/text.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QResizeEvent>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using Calls::Reach;

namespace Gui {

namespace {

/// The longest answer to a model.
constexpr int LongestNote = 500;
/// The part of the window that a text may take.
constexpr qreal TextShare = 0.4;
/// The longest fact, and the longest name in the heading.
constexpr qsizetype LongestFact = 600;

/// Foreign words in one line: what they are a part of is Bricktray's own, and must not be imitated by them.
QString lineOf(QString foreign, qsizetype atMost = LongestFact)
{
    foreign = foreign.left(atMost + 1);
    foreign.replace(u"\r\n"_s, u" "_s).replace(u'\n', u' ').replace(u'\t', u' ').replace(u'\r', u"«U+000D»"_s);
    return foreign.size() > atMost ? QString(Text::revealed(foreign.left(atMost)) + u'…') : Text::revealed(foreign);
}

QString clientText(const Calls::ApprovalRequest &request)
{
    return request.client.isEmpty() ? ApprovalCard::tr("A client") : displayText(request.client, 100);
}

QString titleText(const Calls::ApprovalRequest &request)
{
    const QString verb = lineOf(request.verb, 160);
    return request.target.isEmpty() ? verb : QString(verb + u"  "_s + lineOf(request.target, 200));
}

/// "Destroys or interrupts · Changes access", the worst first and in its colour.
ToneLabel *effectLabel(Calls::Effects effects)
{
    QStringList names;
    for (const Calls::Effect effect : Calls::listOf(effects))
        names.append(effectText(effect));
    auto *label = new ToneLabel(effectTone(Calls::worstOf(effects)), names.join(u" · "_s));
    label->setObjectName(u"approvalEffect"_s);
    setWeight(label, QFont::Bold);
    return label;
}

QString consequenceText(const Calls::ApprovalRequest &request)
{
    if (!request.isConsequenceKnown)
        return ApprovalCard::tr("Finding out what this would change…");
    if (request.consequence.isEmpty())
        return ApprovalCard::tr("What else this would change is not known.");
    QStringList lines;
    for (const QString &fact : request.consequence.facts)
        lines.append(u"• "_s + lineOf(fact));
    return lines.join(u'\n');
}

} // namespace

ApprovalCard::ApprovalCard(const Calls::ApprovalRequest &request, QWidget *parent)
    : Card(effectTone(Calls::worstOf(request.effects)) == Tone::Bad ? Tone::Bad : Tone::Caution, parent)
    , m_request(request)
    , m_note(new ToneLabel(Tone::Quiet))
    , m_passages(new PassageView(request.passages))
    , m_below(new ToneLabel(Tone::Caution))
    , m_consequence(new NoteLabel(Tone::Quiet, u"approvalConsequence"_s))
    , m_count(new QWidget)
    , m_countRows(pushButton(u"approvalCount"_s, tr("Count the rows")))
    , m_countNote(new ToneLabel(Tone::Quiet))
    , m_diff(new QPlainTextEdit)
    , m_words(new QLineEdit)
    , m_deny(pushButton(u"approvalDeny"_s, tr("Deny")))
    , m_allow(pushButton(u"approvalApprove"_s, tr("Allow")))
    , m_guard(new QTimer(this))
{
    setObjectName(u"approvalCard"_s);
    setAccessibleName(tr("%1 asks for your approval: %2").arg(clientText(request), titleText(request)));
    m_passages->setAccessibleName(tr("What will run"));
    m_below->setObjectName(u"approvalBelow"_s);
    m_diff->setObjectName(u"approvalDiff"_s);
    m_diff->setAccessibleName(tr("What is overwritten, line by line"));
    m_diff->setReadOnly(true);
    m_diff->setTabChangesFocus(true);
    m_diff->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(5);
    column->addWidget(heading());
    column->addWidget(m_passages);
    column->addWidget(m_below);
    column->addWidget(details());
    column->addWidget(counting());
    column->addWidget(answers());

    connect(m_passages, &PassageView::looked, this, &ApprovalCard::showAnswers);
    m_guard->setSingleShot(true);
    m_guard->setInterval(GuardTime);
    connect(m_guard, &QTimer::timeout, this, &ApprovalCard::showAnswers);
    showConsequence();
    tick();
    guard();
}

QWidget *ApprovalCard::heading()
{
    auto *heading = new QWidget;
    auto *grid = new QGridLayout(heading);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    auto *title = new TextLabel(titleText(m_request));
    title->setObjectName(u"approvalTitle"_s);
    title->setSelectable();
    setWeight(title, QFont::Bold);
    m_note->setObjectName(u"approvalNote"_s);
    grid->addWidget(new SymbolWidget(u"waiting"_s, effectTone(Calls::worstOf(m_request.effects))), 0, 0);
    grid->addWidget(effectLabel(m_request.effects), 0, 1);
    grid->addWidget(title, 1, 1);
    grid->addWidget(m_note, 2, 1);
    grid->setColumnStretch(1, 1);
    return heading;
}

QWidget *ApprovalCard::details()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    column->addWidget(m_consequence);
    column->addWidget(m_diff);
    auto *area = new FittingArea(content);
    area->setObjectName(u"approvalDetails"_s);
    area->setAccessibleName(tr("What this would change"));
    return area;
}

QWidget *ApprovalCard::counting()
{
    auto *row = new QHBoxLayout(m_count);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_countNote->setObjectName(u"approvalCountNote"_s);
    connect(m_countRows, &QPushButton::clicked, this, &ApprovalCard::countRows);
    row->addWidget(m_countRows);
    row->addWidget(m_countNote, 1);
    m_count->hide();
    return m_count;
}

QWidget *ApprovalCard::answers()
{
    auto *answers = new QWidget;
    auto *row = new QHBoxLayout(answers);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_words->setObjectName(u"approvalWords"_s);
    m_words->setPlaceholderText(tr("A word to the model, when you deny"));
    m_words->setAccessibleName(m_words->placeholderText());
    m_words->setMaxLength(LongestNote);
    connect(m_deny, &QPushButton::clicked, this, [this] {
        answer({false, Reach::ThisCall, m_words->text().trimmed()});
    });
    connect(m_allow, &QPushButton::clicked, this, [this] { answer({true, Reach::ThisCall, {}}); });
    m_wider =
        toolButton(u"approvalWider"_s, u"menu"_s, {}, tr("Allow for %1 minutes…").arg(Calls::GrantValidity.count()));
    m_wider->setMenu(widerAnswers());
    m_wider->setPopupMode(QToolButton::InstantPopup);
    row->addWidget(m_words, 1);
    row->addWidget(m_deny);
    row->addWidget(m_allow);
    row->addWidget(m_wider);
    return answers;
}

/// Narrow first; what reaches further is the second choice, and in red.
QMenu *ApprovalCard::widerAnswers()
{
    auto *menu = new QMenu(this);
    const QString verb = lineOf(m_request.verb, 60);
    const QString target = lineOf(m_request.target.isEmpty() ? m_request.object : m_request.target, 60);
    const auto add = [&](const QString &name, const QString &symbol, const QString &text, Reach reach) {
        QAction *action = menu->addAction(symbolIcon(symbol), QString(text).replace(u'&', u"&&"_s));
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, [this, reach] { answer({true, reach, {}}); });
    };
    // All at once: a name may hold what looks like a place for the next one.
    const QString minutes = QString::number(Calls::GrantValidity.count());
    // What nobody can name cannot be allowed by its name.
    if (!m_request.object.isEmpty()) {
        add(u"approvalSameTarget"_s, u"lock"_s, tr("Allow “%1” on %2 for %3 minutes").arg(verb, target, minutes),
            Reach::SameTarget);
        menu->addSeparator();
    }
    add(u"approvalAnyTarget"_s, u"warning"_s, tr("Allow “%1” on ANYTHING for %2 minutes").arg(verb, minutes),
        Reach::AnyTarget);
    return menu;
}

void ApprovalCard::answer(const Calls::ApprovalAnswer &answer)
{
    showAnswers();
    if (m_isAnswered || (answer.approved && !m_allow->isEnabled()))
        return;
    m_isAnswered = true;
    showAnswers();
    Q_EMIT answered(m_request.callId, answer);
}

void ApprovalCard::resizeEvent(QResizeEvent *event)
{
    Card::resizeEvent(event);
    // When the layout is done.
    QMetaObject::invokeMethod(this, &ApprovalCard::showAnswers, Qt::QueuedConnection);
}

void ApprovalCard::countRows()
{
    m_request.isCounting = true;
    showCount();
    Q_EMIT countWanted(m_request.callId);
}

void ApprovalCard::update(const Calls::ApprovalRequest &request)
{
    m_request.isLate = request.isLate;
    m_request.isConsequenceKnown = request.isConsequenceKnown;
    m_request.consequence = request.consequence;
    m_request.isCounting = m_request.isCounting || request.isCounting;
    showConsequence();
    tick();
}

void ApprovalCard::showConsequence()
{
    const QString text = consequenceText(m_request);
    const bool isDiffOnly = m_request.consequence.facts.isEmpty() && !m_request.consequence.diff.isEmpty();
    m_consequence->say(m_request.consequence.facts.isEmpty() ? Tone::Quiet : Tone::Caution,
                       isDiffOnly ? QString() : text);
    m_diff->setVisible(!m_request.consequence.diff.isEmpty());
    if (m_diff->toPlainText().isEmpty())
        m_diff->setPlainText(Text::revealed(m_request.consequence.diff));
    const int lines = qBound(1, m_diff->blockCount(), 8);
    m_diff->setFixedHeight(lines * m_diff->fontMetrics().lineSpacing() + 12);
    showCount();
}

void ApprovalCard::showCount()
{
    const std::optional<Calls::RowCount> &count = m_request.consequence.rowCount;
    // The answers move with this row, and may come under the pointer.
    if (count.has_value() == m_count->isHidden()) {
        m_count->setVisible(count.has_value());
        guard();
    }
    if (m_request.isCounting)
        m_countRows->setText(tr("Counting…"));
    if (count)
        m_countNote->setText(tr("This starts the warehouse %1, which may take minutes and costs money.")
                                 .arg(displayText(count->warehouse, 60)));
    showAnswers();
}

void ApprovalCard::tick()
{
    const QString where =
        tr("%1 in %2, by %3").arg(displayText(m_request.tool), displayText(m_request.workspace), clientText(m_request));
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(m_request.clientWaitsUntil);
    const QString wait = m_request.isLate ? tr("Its client stopped waiting; a yes lets it through when it asks again.")
                         : left > 0       ? tr("Its client waits for %1 s.").arg(left)
                                          : QString();
    m_note->setText(where + u". "_s + wait);
    showAnswers();
}

void ApprovalCard::guard()
{
    m_guard->start();
    showAnswers();
}

void ApprovalCard::setRoom(int height)
{
    m_passages->setMostLines(int(TextShare * height / m_passages->fontMetrics().lineSpacing()));
}

void ApprovalCard::showAnswers()
{
    const int below = m_passages->linesBelow();
    const bool isCovered = m_passages->isCovered();
    const bool isRead = m_passages->isEndSeen() && !m_request.isTooLarge;
    m_below->setVisible(m_request.isTooLarge || below > 0 || isCovered);
    if (m_request.isTooLarge)
        m_below->setText(
            tr("This is longer than %1 characters or %2 lines. It cannot be shown whole, so it cannot be allowed.")
                .arg(Calls::ApprovalRequest::MostShown)
                .arg(Calls::ApprovalRequest::MostLines));
    else if (isCovered)
        m_below->setText(tr("A part of this is covered. Make the window larger to allow it."));
    else if (isRead)
        m_below->setText(tr("More lines below: %1").arg(below));
    else
        m_below->setText(tr("More lines below: %1. Scroll to the end to allow it.").arg(below));
    const bool canAllow = isRead && !isCovered && !m_guard->isActive() && !m_isAnswered;
    m_allow->setEnabled(canAllow);
    if (m_wider)
        m_wider->setEnabled(canAllow);
    m_deny->setEnabled(!m_isAnswered);
    m_countRows->setEnabled(!m_request.isCounting && !m_guard->isActive() && !m_isAnswered);
    m_allow->setToolTip(isRead || m_isAnswered ? QString() : plainToolTip(m_below->text()));
}

} // namespace Gui
