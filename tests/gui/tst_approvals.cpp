#include "fakecontroller.h"
#include "gui/approvals/approvalcard.h"
#include "gui/approvals/passageview.h"
#include "gui/widgets/appearance.h"
#include "gui/widgets/symbol.h"
#include "gui/window/mainwindow.h"

#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextCursor>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Calls::ApprovalRequest;
using Calls::Effect;
using Calls::Mode;
using Calls::Passage;
using Calls::Reach;

namespace {

ApprovalRequest request(qint64 id, const QString &text = u"DROP TABLE main.sales.orders"_s)
{
    ApprovalRequest request;
    request.callId = id;
    request.client = u"cursor-vscode 1.0.0 (work laptop)"_s;
    request.key = u"work laptop"_s;
    request.workspace = u"adb-1234567890123456.7.azuredatabricks.net"_s;
    request.tool = u"execute_sql"_s;
    request.effects = Effect::Destroys;
    request.verb = u"DROP TABLE"_s;
    request.object = u"main.sales.orders"_s;
    request.target = u"main.sales.orders on Starter Warehouse"_s;
    request.passages = {{u"statement"_s, text, Passage::Language::Sql}};
    request.clientWaitsUntil = QDateTime::currentDateTimeUtc().addSecs(40);
    return request;
}

/// Nobody has counted its rows, for the warehouse does not run.
ApprovalRequest uncounted(qint64 id, const QString &text = u"DELETE FROM main.sales.orders"_s)
{
    ApprovalRequest asked = request(id, text);
    asked.isConsequenceKnown = true;
    asked.consequence.facts = {u"How many rows it matches is not known."_s};
    asked.consequence.rowCount = Calls::RowCount{u"1a7de05c44b98f20"_s, u"Finance Reporting"_s};
    return asked;
}

} // namespace

/// What a person sees of a call that waits for them, and what they can answer, by clicks.
class TestApprovals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Gui::loadIcons(); }
    void init();
    void cleanup();

    void theHeadingSaysWhatAndToWhatAndWhoAsks();
    void allowAllowsThisCallOnly();
    void denyCarriesAWord();
    void aYesForAWhileIsNarrowFirst();
    void whatNobodyCanNameHasNoNarrowYes();
    void aCardTakesNoYesAtOnce();
    void aHiddenTailCannotBeAllowedUnseen();
    void aLongLineThatWrapsCountsAsLines();
    void whatIsTooLargeCanOnlyBeDenied();
    void invisibleCharactersAreShown_data();
    void invisibleCharactersAreShown();
    void lettersOfAnotherAlphabetAreShown();
    void codeIsReadFromTheLeft();
    void everyArgumentStandsOnTheCard();
    void nothingIsDrawnOverWhatRuns_data();
    void nothingIsDrawnOverWhatRuns();
    void whatIsCoveredIsNotSeen();
    void aFactIsOneLine();
    void theConsequenceComesWithoutLosingThePlace();
    void anOverwriteShowsWhatItReplaces();
    void aClickCountsTheRowsOnce();
    void anAnsweredCardCountsNothing();
    void noKeyAllowsByItself();
    void oneCardAtATimeTheMostUrgentFirst();
    void aLateCardGivesWayToOneThatIsWaitedFor();
    void aCardThatIsReadIsNotTakenAway();
    void whatIsSettledGoes();
    void anUnansweredOneStays();
    void answersStayInSight_data();
    void answersStayInSight();
    void modesAreSwitchedInTheHead();
    void startedReadOnlyStaysSo();
    void trustShowsTheTimeItHas();
    void grantsAreListedAndRevoked();

private:
    template<class T>
    T *child(const QString &name) const
    {
        for (T *each : m_window->findChildren<T *>(name)) {
            if (QWidget *widget = qobject_cast<QWidget *>(each); !widget || widget->isVisible())
                return each;
        }
        return nullptr;
    }
    QAbstractButton *button(const QString &name) const { return child<QAbstractButton>(name); }
    void click(const QString &name) { QTest::mouseClick(button(name), Qt::LeftButton); }
    void put(const ApprovalRequest &request) { Q_EMIT m_controller->approvalRequested(request); }
    Gui::PassageView *view() const { return child<Gui::PassageView>(u"approvalArguments"_s); }
    qint64 shown() const { return child<Gui::ApprovalCard>(u"approvalCard"_s)->callId(); }
    void scrollToEnd() { view()->verticalScrollBar()->setValue(view()->verticalScrollBar()->maximum()); }
    void waitForGuard() { QTest::qWait(int(std::chrono::milliseconds(Gui::ApprovalCard::GuardTime).count()) + 50); }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Settings::Store> m_settings;
    std::unique_ptr<FakeController> m_controller;
    std::unique_ptr<Gui::MainWindow> m_window;
};

void TestApprovals::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings::Store>(m_dir->path());
    m_controller = std::make_unique<FakeController>();
    m_window = std::make_unique<Gui::MainWindow>(m_settings.get(), m_controller.get());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestApprovals::cleanup()
{
    m_window.reset();
    m_controller.reset();
    m_settings.reset();
}

void TestApprovals::theHeadingSaysWhatAndToWhatAndWhoAsks()
{
    ApprovalRequest asked = request(7);
    asked.effects |= Effect::Grants;
    put(asked);
    QCOMPARE(child<QLabel>(u"approvalTitle"_s)->text(), u"DROP TABLE  main.sales.orders on Starter Warehouse"_s);
    QCOMPARE(child<QLabel>(u"approvalEffect"_s)->text(), u"Destroys or interrupts · Changes access"_s);
    const QString note = child<QLabel>(u"approvalNote"_s)->text();
    for (const QString &word : {u"cursor-vscode 1.0.0"_s, u"work laptop"_s, u"adb-1234567890123456"_s, u"waits for"_s})
        QVERIFY2(note.contains(word), qPrintable(note));
}

void TestApprovals::allowAllowsThisCallOnly()
{
    put(request(7));
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    click(u"approvalApprove"_s);
    QCOMPARE(m_controller->m_answers.size(), 1);
    QCOMPARE(m_controller->m_answers.constFirst().first, 7);
    QVERIFY(m_controller->m_answers.constFirst().second.approved);
    QCOMPARE(m_controller->m_answers.constFirst().second.reach, Reach::ThisCall);
    // Answered once.
    for (const QString &each : {u"approvalApprove"_s, u"approvalDeny"_s})
        click(each);
    QCOMPARE(m_controller->m_answers.size(), 1);
}

void TestApprovals::denyCarriesAWord()
{
    put(request(7));
    QTest::keyClicks(child<QLineEdit>(u"approvalWords"_s), u"use staging instead"_s);
    click(u"approvalDeny"_s);
    QVERIFY(!m_controller->m_answers.constFirst().second.approved);
    QCOMPARE(m_controller->m_answers.constFirst().second.note, u"use staging instead"_s);
}

void TestApprovals::aYesForAWhileIsNarrowFirst()
{
    put(request(7));
    QTRY_VERIFY(button(u"approvalWider"_s)->isEnabled());
    const QList<QAction *> actions = child<QToolButton>(u"approvalWider"_s)->menu()->actions();
    QCOMPARE(actions.constFirst()->objectName(), u"approvalSameTarget"_s);
    QVERIFY(actions.constFirst()->text().contains("main.sales.orders"_L1));
    QCOMPARE(actions.constLast()->objectName(), u"approvalAnyTarget"_s);
    actions.constFirst()->trigger();
    QCOMPARE(m_controller->m_answers.constFirst().second.reach, Reach::SameTarget);

    put(request(8));
    Q_EMIT m_controller->approvalSettled(7);
    QTRY_VERIFY(button(u"approvalWider"_s)->isEnabled());
    child<QToolButton>(u"approvalWider"_s)->menu()->actions().constLast()->trigger();
    QCOMPARE(m_controller->m_answers.constLast().second.reach, Reach::AnyTarget);
}

void TestApprovals::whatNobodyCanNameHasNoNarrowYes()
{
    ApprovalRequest asked = request(7);
    asked.object.clear();
    put(asked);
    for (const QAction *action : child<QToolButton>(u"approvalWider"_s)->menu()->actions())
        QVERIFY(action->objectName() != "approvalSameTarget"_L1);
}

void TestApprovals::aCardTakesNoYesAtOnce()
{
    put(request(7));
    click(u"approvalApprove"_s);
    child<QToolButton>(u"approvalWider"_s)->menu()->actions().constFirst()->trigger();
    QVERIFY(m_controller->m_answers.isEmpty());
    QTest::qWait(700);
    click(u"approvalApprove"_s);
    QVERIFY(m_controller->m_answers.isEmpty());
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
}

void TestApprovals::aHiddenTailCannotBeAllowedUnseen()
{
    put(request(7, u"SELECT 1;"_s + u"\n"_s.repeated(300) + u"DROP TABLE main.sales.orders"_s));
    waitForGuard();
    QVERIFY(!button(u"approvalApprove"_s)->isEnabled());
    QVERIFY(!button(u"approvalWider"_s)->isEnabled());
    QVERIFY(button(u"approvalDeny"_s)->isEnabled());
    const QString below = child<QLabel>(u"approvalBelow"_s)->text();
    QVERIFY2(below.contains("More lines"_L1) && below.contains("Scroll to the end"_L1), qPrintable(below));
    view()->verticalScrollBar()->setValue(view()->verticalScrollBar()->maximum() - 1);
    QTest::qWait(50);
    QVERIFY(!button(u"approvalApprove"_s)->isEnabled());
    scrollToEnd();
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    view()->verticalScrollBar()->setValue(0);
    QVERIFY(button(u"approvalApprove"_s)->isEnabled());
}

void TestApprovals::aLongLineThatWrapsCountsAsLines()
{
    put(request(7, u"SELECT 1 -- "_s + u"x "_s.repeated(4000) + u"; DROP TABLE main.sales.orders"_s));
    waitForGuard();
    QVERIFY(!button(u"approvalApprove"_s)->isEnabled());
    QVERIFY(view()->linesBelow() > 10);
    scrollToEnd();
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
}

void TestApprovals::whatIsTooLargeCanOnlyBeDenied()
{
    ApprovalRequest asked = request(7);
    asked.isTooLarge = true;
    asked.passages.clear();
    put(asked);
    waitForGuard();
    QVERIFY(!button(u"approvalApprove"_s)->isEnabled());
    QVERIFY(child<QLabel>(u"approvalBelow"_s)->text().contains("cannot be allowed"_L1));
    click(u"approvalDeny"_s);
    QCOMPARE(m_controller->m_answers.size(), 1);
}

void TestApprovals::invisibleCharactersAreShown_data()
{
    QTest::addColumn<char32_t>("character");
    for (const char32_t c :
         {U'\u202E', U'\u2066', U'\u200B', U'\u200D', U'\u2800', U'\u3164', U'\uFE0F', U'\U000E0101', U'\U000E0041',
          U'\u00AD', U'\u2028', U'\u0085', U'\u00A0', U'\u115F', U'\r', U'\u0007', U'\u0336'})
        QTest::newRow(qPrintable(QString::number(c, 16))) << c;
}

void TestApprovals::invisibleCharactersAreShown()
{
    QFETCH(char32_t, character);
    const QString hidden = QString::fromUcs4(&character, 1);
    ApprovalRequest asked = request(7, u"DROP"_s + hidden + u"TABLE"_s);
    asked.passages.append({u"name"_s + hidden, u"x"_s + hidden, Passage::Language::Plain});
    asked.isConsequenceKnown = true;
    asked.consequence = {{u"fact"_s + hidden}, u"+"_s + hidden};
    put(asked);
    const QString mark = u"U+"_s + QString::number(character, 16).toUpper().rightJustified(4, u'0');
    QCOMPARE(view()->toPlainText().count(mark), 3);
    QVERIFY(!view()->toPlainText().contains(hidden));
    QVERIFY(child<QLabel>(u"approvalConsequence"_s)->text().contains(mark));
    QVERIFY(child<QPlainTextEdit>(u"approvalDiff"_s)->toPlainText().contains(mark));
}

void TestApprovals::lettersOfAnotherAlphabetAreShown()
{
    put(request(7, u"DROP TABLE main.s\u0430les.orders"_s));
    QCOMPARE(view()->toPlainText(), u"DROP TABLE main.s«U+0430»les.orders"_s);
}

void TestApprovals::codeIsReadFromTheLeft()
{
    const QString text = u"אב = 1 OR גד > 2 -- ה"_s;
    put(request(7, text));
    const auto place = [this](const QString &word) {
        QTextCursor cursor = view()->document()->find(word);
        cursor.setPosition(cursor.selectionStart());
        return view()->cursorRect(cursor).left();
    };
    QList<int> places;
    for (const QString &word : {u"="_s, u"1"_s, u"OR"_s, u">"_s, u"2"_s, u"--"_s})
        places.append(place(word));
    QVERIFY(std::ranges::is_sorted(places));
}

void TestApprovals::everyArgumentStandsOnTheCard()
{
    ApprovalRequest asked = request(7);
    asked.passages.append({u"row_limit"_s, u"5"_s, Passage::Language::Plain});
    asked.passages.append({u"body"_s, u"{\n    \"some_secret\": \"DROP\"\n}"_s, Passage::Language::Json});
    put(asked);
    const QString text = view()->toPlainText();
    QVERIFY(text.startsWith("statement: DROP TABLE main.sales.orders\n"_L1));
    QVERIFY(text.contains("row_limit: 5"_L1));
    QVERIFY(text.contains("\"some_secret\": \"DROP\""_L1));
}

void TestApprovals::theConsequenceComesWithoutLosingThePlace()
{
    ApprovalRequest asked = request(7, u"DROP TABLE x;\n"_s.repeated(300));
    put(asked);
    const auto words = [this] { return child<QLabel>(u"approvalConsequence"_s)->text(); };
    QVERIFY(words().contains("Finding out"_L1));
    waitForGuard();
    scrollToEnd();
    const int place = view()->verticalScrollBar()->value();
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    asked.isConsequenceKnown = true;
    asked.consequence.facts = {u"Removes 1,200,000 rows for good."_s};
    put(asked);
    QVERIFY(words().contains("1,200,000 rows"_L1));
    QCOMPARE(view()->verticalScrollBar()->value(), place);
    QVERIFY(button(u"approvalApprove"_s)->isEnabled());
    asked.consequence.facts.clear();
    put(asked);
    QVERIFY(words().contains("not known"_L1));
}

void TestApprovals::nothingIsDrawnOverWhatRuns_data()
{
    QTest::addColumn<int>("height");
    for (const int height : {320, 400, 440, 640, 900})
        QTest::addRow("%d high", height) << height;
}

/// However many facts there are, and however low the window is.
void TestApprovals::nothingIsDrawnOverWhatRuns()
{
    QFETCH(int, height);
    ApprovalRequest asked = request(7, u"x = 1\n"_s.repeated(64));
    asked.passages.append({u"overwrite"_s, u"true"_s, Passage::Language::Plain});
    asked.isConsequenceKnown = true;
    asked.consequence.facts = QStringList(40, u"A fact that is told here. "_s.repeated(6));
    asked.consequence.diff = u"- a\n+ b\n"_s.repeated(40);
    put(asked);
    // Without a window manager a window may be lower than its contents need.
    m_window->setMinimumSize(0, 0);
    m_window->resize(960, height);
    QTest::qWait(50);
    scrollToEnd();
    waitForGuard();
    QCOMPARE(button(u"approvalApprove"_s)->isEnabled(), !view()->isCovered());
    QWidget *details = child<QWidget>(u"approvalDetails"_s);
    QVERIFY(details);
    if (!view()->isCovered())
        QVERIFY(!details->geometry().intersects(view()->geometry()));
    if (height >= 640)
        QVERIFY(button(u"approvalApprove"_s)->isEnabled());
}

void TestApprovals::whatIsCoveredIsNotSeen()
{
    put(request(7));
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    // Also what was seen already: the person may have forgotten it.
    QWidget cover(view()->parentWidget());
    cover.setGeometry(view()->geometry().adjusted(0, view()->height() - 4, 0, 0));
    cover.show();
    QVERIFY(view()->isCovered());
    click(u"approvalApprove"_s);
    QCOMPARE(m_controller->m_answers.size(), 0);
    QVERIFY(!button(u"approvalApprove"_s)->isEnabled());
    cover.hide();
    QVERIFY(!view()->isCovered());
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    click(u"approvalApprove"_s);
    QCOMPARE(m_controller->m_answers.size(), 1);
}

void TestApprovals::aFactIsOneLine()
{
    ApprovalRequest asked = request(7);
    asked.isConsequenceKnown = true;
    asked.consequence.facts = {u"It calls `f()\n• It only reads.\r\n`"_s, u"x"_s.repeated(5000)};
    put(asked);
    const QString said = child<QLabel>(u"approvalConsequence"_s)->text();
    QCOMPARE(said.count(u'\n'), 1);
    QVERIFY(said.size() < 1500);
}

void TestApprovals::anOverwriteShowsWhatItReplaces()
{
    ApprovalRequest asked = request(7);
    put(asked);
    QVERIFY(!child<QPlainTextEdit>(u"approvalDiff"_s));
    asked.isConsequenceKnown = true;
    asked.consequence.diff = u"-old\n+new"_s;
    put(asked);
    QCOMPARE(child<QPlainTextEdit>(u"approvalDiff"_s)->toPlainText(), u"-old\n+new"_s);
}

void TestApprovals::aClickCountsTheRowsOnce()
{
    put(request(7));
    QVERIFY(!button(u"approvalCount"_s));
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    ApprovalRequest asked = uncounted(7);
    put(asked);
    const QString note = child<QLabel>(u"approvalCountNote"_s)->text();
    QVERIFY2(note.contains("Finance Reporting"_L1) && note.contains("costs money"_L1), qPrintable(note));
    // The answers have moved: neither they nor this one take the click that was meant for another.
    QVERIFY(!button(u"approvalApprove"_s)->isEnabled());
    click(u"approvalCount"_s);
    QVERIFY(m_controller->m_counted.isEmpty());
    QTRY_VERIFY(button(u"approvalCount"_s)->isEnabled());
    for (int i = 0; i < 3; ++i)
        click(u"approvalCount"_s);
    QCOMPARE(m_controller->m_counted, QList<qint64>{7});
    QCOMPARE(button(u"approvalCount"_s)->text(), u"Counting…"_s);
    QVERIFY(m_controller->m_answers.isEmpty());
    QVERIFY(button(u"approvalApprove"_s)->isEnabled() && button(u"approvalDeny"_s)->isEnabled());
    QVERIFY(!button(u"approvalApprove"_s)->hasFocus() && !button(u"approvalDeny"_s)->hasFocus());
    // The same card from before the click changes nothing.
    put(asked);
    QVERIFY(!button(u"approvalCount"_s)->isEnabled());

    asked.consequence.facts = {u"It matches 1,204 rows now."_s};
    asked.consequence.rowCount.reset();
    asked.isCounting = true;
    put(asked);
    QVERIFY(child<QLabel>(u"approvalConsequence"_s)->text().contains("1,204 rows"_L1));
    QVERIFY(!button(u"approvalCount"_s));
    QVERIFY(!button(u"approvalApprove"_s)->isEnabled());
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
}

void TestApprovals::anAnsweredCardCountsNothing()
{
    put(uncounted(7));
    QTRY_VERIFY(button(u"approvalCount"_s)->isEnabled());
    click(u"approvalDeny"_s);
    click(u"approvalCount"_s);
    QCOMPARE(m_controller->m_answers.size(), 1);
    QVERIFY(m_controller->m_counted.isEmpty());
}

void TestApprovals::noKeyAllowsByItself()
{
    put(request(7));
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    QVERIFY(!button(u"approvalApprove"_s)->text().contains(u'&'));
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space, Qt::Key_A, Qt::Key_Y})
        QTest::keyClick(m_window.get(), key);
    QTest::keyClick(m_window.get(), Qt::Key_A, Qt::AltModifier);
    QVERIFY(m_controller->m_answers.isEmpty());
    // By keyboard all the same, once it has the focus.
    button(u"approvalApprove"_s)->setFocus();
    QTest::keyClick(button(u"approvalApprove"_s), Qt::Key_Space);
    QCOMPARE(m_controller->m_answers.size(), 1);
}

void TestApprovals::oneCardAtATimeTheMostUrgentFirst()
{
    for (qint64 id = 1; id <= 5; ++id) {
        ApprovalRequest asked = request(id);
        asked.isLate = id == 1;
        asked.clientWaitsUntil = QDateTime::currentDateTimeUtc().addSecs(id == 4 ? 5 : 30 + id);
        put(asked);
    }
    const QList<Gui::ApprovalCard *> cards = m_window->findChildren<Gui::ApprovalCard *>();
    QCOMPARE(std::ranges::count_if(cards, &QWidget::isVisible), 1);
    // The second came while the late one was shown; who reads it is not interrupted by more urgent ones.
    QCOMPARE(shown(), 2);
    QVERIFY(child<QLabel>(u"approvalPlace"_s)->text().startsWith("2 of 5"_L1));
    Q_EMIT m_controller->approvalSettled(2);
    QCOMPARE(shown(), 4);
    QVERIFY(child<QLabel>(u"approvalPlace"_s)->text().startsWith("1 of 4"_L1));
    QVERIFY(!button(u"approvalPrevious"_s)->isEnabled());
    QList<qint64> order{shown()};
    while (button(u"approvalNext"_s)->isEnabled()) {
        click(u"approvalNext"_s);
        order << shown();
    }
    QCOMPARE(order, QList<qint64>({4, 3, 5, 1}));
    QCOMPARE(m_window->waiting(), 4);
}

void TestApprovals::aLateCardGivesWayToOneThatIsWaitedFor()
{
    ApprovalRequest late = request(1);
    late.isLate = true;
    put(late);
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    put(request(2));
    QCOMPARE(shown(), 2);
    // It has come under the pointer just now.
    click(u"approvalApprove"_s);
    QVERIFY(m_controller->m_answers.isEmpty());
}

void TestApprovals::aCardThatIsReadIsNotTakenAway()
{
    ApprovalRequest first = request(1);
    put(first);
    ApprovalRequest urgent = request(2);
    urgent.clientWaitsUntil = QDateTime::currentDateTimeUtc().addSecs(3);
    put(urgent);
    QCOMPARE(shown(), 1);
}

void TestApprovals::whatIsSettledGoes()
{
    QSignalSpy waiting(m_window.get(), &Gui::MainWindow::waitingChanged);
    for (qint64 id = 1; id <= 3; ++id)
        put(request(id));
    QCOMPARE(waiting.count(), 3);
    for (qint64 id = 1; id <= 3; ++id)
        Q_EMIT m_controller->approvalSettled(id);
    QVERIFY(!child<QWidget>(u"approvalCard"_s));
    QCOMPARE(m_window->waiting(), 0);
}

void TestApprovals::anUnansweredOneStays()
{
    QSignalSpy asked(m_window.get(), &Gui::MainWindow::approvalAsked);
    ApprovalRequest late = request(7);
    put(late);
    late.isLate = true;
    put(late);
    QVERIFY(child<QLabel>(u"approvalNote"_s)->text().contains("stopped waiting"_L1));
    QCOMPARE(m_window->waiting(), 1);
    QCOMPARE(asked.count(), 1);
    QTRY_VERIFY(button(u"approvalApprove"_s)->isEnabled());
    click(u"approvalApprove"_s);
    QCOMPARE(m_controller->m_answers.size(), 1);
}

void TestApprovals::answersStayInSight_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("lines");
    for (const int lines : {1, 300}) {
        QTest::addRow("usual, %d lines", lines) << QSize(960, 640) << lines;
        QTest::addRow("narrow, %d lines", lines) << QSize(480, 640) << lines;
        QTest::addRow("smallest, %d lines", lines) << QSize(460, 360) << lines;
    }
}

void TestApprovals::answersStayInSight()
{
    QFETCH(QSize, size);
    QFETCH(int, lines);
    m_window->resize(size);
    QTRY_COMPARE(m_window->size(), size);
    for (qint64 id = 1; id <= 3; ++id)
        put(uncounted(id, u"DROP TABLE main.sales.orders;\n"_s.repeated(lines)));
    for (const QAbstractButton *each : m_window->findChildren<QAbstractButton *>()) {
        if (!each->objectName().startsWith(u"approval"_s) || !each->isVisible())
            continue;
        QTRY_VERIFY2(!each->visibleRegion().isEmpty() && each->visibleRegion().boundingRect() == each->rect() &&
                         each->width() >= each->minimumSizeHint().width(),
                     qPrintable(each->objectName()));
    }
}

void TestApprovals::modesAreSwitchedInTheHead()
{
    const auto *mode = child<QToolButton>(u"modeSwitch"_s);
    QCOMPARE(mode->text(), u"Ask"_s);
    m_window->findChild<QAction *>(u"modeReadOnly"_s)->trigger();
    QCOMPARE(m_controller->m_mode.mode, Mode::ReadOnly);
    QCOMPARE(mode->text(), u"Read-only"_s);
    QVERIFY(m_window->findChild<QAction *>(u"modeReadOnly"_s)->isChecked());
    // A second click on what holds already changes nothing.
    m_window->findChild<QAction *>(u"modeReadOnly"_s)->trigger();
    QVERIFY(m_window->findChild<QAction *>(u"modeReadOnly"_s)->isChecked());
    m_window->findChild<QAction *>(u"modeTrust15"_s)->trigger();
    QCOMPARE(m_controller->m_trustFor, 15min);
    QVERIFY(!m_window->findChild<QAction *>(u"modeReadOnly"_s)->isChecked());
}

void TestApprovals::startedReadOnlyStaysSo()
{
    m_controller->m_mode = {Mode::ReadOnly, {}, true};
    m_window = std::make_unique<Gui::MainWindow>(m_settings.get(), m_controller.get());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QCOMPARE(child<QToolButton>(u"modeSwitch"_s)->text(), u"Read-only"_s);
    QVERIFY(!child<QToolButton>(u"modeSwitch"_s)->menu()->isEnabled());
}

void TestApprovals::trustShowsTheTimeItHas()
{
    auto *mode = child<QToolButton>(u"modeSwitch"_s);
    const QColor usual = mode->palette().color(QPalette::Button);
    m_window->findChild<QAction *>(u"modeTrust60"_s)->trigger();
    QVERIFY2(mode->text().contains("59 min"_L1) || mode->text().contains("1 h 0 min"_L1), qPrintable(mode->text()));
    QVERIFY(mode->palette().color(QPalette::Button) != usual);
    m_window->findChild<QAction *>(u"modeTrustUntilQuit"_s)->trigger();
    QCOMPARE(mode->text(), u"Trust until you quit"_s);
    m_window->findChild<QAction *>(u"modeAsk"_s)->trigger();
    QCOMPARE(mode->palette().color(QPalette::Button), usual);
}

void TestApprovals::grantsAreListedAndRevoked()
{
    QVERIFY(!child<QToolButton>(u"grantList"_s));
    Calls::Grant one;
    one.id = 3;
    one.client = u"cursor 1.0 (work laptop)"_s;
    one.verb = u"DROP TABLE"_s;
    one.target = u"main.sales.orders"_s;
    one.until = QDateTime::currentDateTimeUtc().addSecs(600);
    Calls::Grant any = one;
    any.id = 4;
    any.isAnyTarget = true;
    m_controller->m_grants = {one, any};
    Q_EMIT m_controller->grantsChanged(m_controller->m_grants);
    auto *list = child<QToolButton>(u"grantList"_s);
    QVERIFY2(list->text().startsWith("Allowed: 2"_L1), qPrintable(list->text()));
    const auto action = [list](const QString &name) { return list->menu()->findChild<QAction *>(name); };
    QVERIFY(action(u"grant3"_s)->text().contains("main.sales.orders"_L1));
    QVERIFY(action(u"grant4"_s)->text().contains("ANYTHING"_L1));
    action(u"grant3"_s)->trigger();
    QCOMPARE(m_controller->m_revoked, QList<qint64>{3});
    action(u"grantsRevokeAll"_s)->trigger();
    QCOMPARE(m_controller->m_revoked, QList<qint64>({3, 3, 4}));
}

QTEST_MAIN(TestApprovals)
#include "tst_approvals.moc"
