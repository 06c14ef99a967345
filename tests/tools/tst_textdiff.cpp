#include "tools/kit/text/textdiff.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// What a reader of the unified format makes of it: the text that the difference leads to.
QString applied(const QString &before, const QString &diff)
{
    const bool wasEnded = before.endsWith(u'\n');
    QStringList lines = before.split(u'\n');
    if (wasEnded || before.isEmpty())
        lines.removeLast();
    QStringList made;
    qsizetype at = 0;
    bool isEnded = true;
    qsizetype hunkEnd = 0;
    const QStringList steps = diff.split(u'\n');
    for (qsizetype i = 0; i < steps.size() && !diff.isEmpty(); ++i) {
        const QString &step = steps.at(i);
        if (step.startsWith("@@"_L1)) {
            const QString range = step.section(u' ', 1, 1).mid(1);
            const qsizetype count = range.section(u',', 1).toLongLong();
            const qsizetype begin = range.section(u',', 0, 0).toLongLong() - (count > 0 ? 1 : 0);
            while (at < begin)
                made.append(lines.at(at++));
            hunkEnd = begin + count;
        } else if (step.startsWith(u'\\')) {
            isEnded = isEnded && steps.at(i - 1).startsWith(u'-');
        } else if (step.startsWith(u'+')) {
            made.append(step.mid(1));
        } else {
            if (step.startsWith(u' '))
                made.append(lines.value(at));
            if (lines.value(at++) != step.mid(1))
                return u"the difference speaks of another text: "_s + step;
        }
    }
    if (at < hunkEnd)
        return u"a hunk is too short"_s;
    const bool reachesEnd = at == lines.size() && !diff.isEmpty();
    while (at < lines.size())
        made.append(lines.at(at++));
    const bool ends = reachesEnd ? isEnded : wasEnded || before.isEmpty();
    return made.isEmpty() ? QString() : made.join(u'\n') + (ends ? u"\n"_s : QString());
}

QString numbered(int lines, int changedEvery = 0)
{
    QString text;
    for (int i = 0; i < lines; ++i)
        text += changedEvery > 0 && i % changedEvery == 0 ? u"changed %1\n"_s.arg(i) : u"line %1\n"_s.arg(i);
    return text;
}

} // namespace

/// The difference of two texts as a person sees it before something is overwritten.
class TestTextDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isInTheUnifiedFormat();
    void leadsFromOneTextToTheOther_data();
    void leadsFromOneTextToTheOther();
    void isShort();
    void saysHowMuchIsNotShown();
    void lineEndsAreShownWhereTheyChange();
    void takesNoTimeForTextsThatHaveNothingInCommon();
};

void TestTextDiff::isInTheUnifiedFormat()
{
    const Tools::TextDiff diff = Tools::textDiff(numbered(20), numbered(20).replace("line 9\n"_L1, "nine\n"_L1));
    QCOMPARE(diff.text, u"@@ -7,7 +7,7 @@\n line 6\n line 7\n line 8\n-line 9\n+nine\n line 10\n line 11\n line 12"_s);
    QCOMPARE(diff.removed, 1);
    QCOMPARE(diff.added, 1);
    QVERIFY(Tools::textDiff(u"same"_s, u"same"_s).text.isEmpty());
    QCOMPARE(Tools::textDiff({}, u"a\nb\n"_s).text, u"@@ -0,0 +1,2 @@\n+a\n+b"_s);
    QCOMPARE(Tools::textDiff(u"a\n"_s, {}).text, u"@@ -1,1 +0,0 @@\n-a"_s);
    QCOMPARE(Tools::textDiff(u"a\n"_s, u"a"_s).text, u"@@ -1,1 +1,1 @@\n-a\n+a\n\\ No newline at end of file"_s);
}

void TestTextDiff::leadsFromOneTextToTheOther_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("from nothing") << QString() << u"a\nb\n"_s;
    QTest::newRow("to nothing") << u"a\nb\n"_s << QString();
    QTest::newRow("at the beginning") << numbered(30) << u"first\n"_s + numbered(30);
    QTest::newRow("at the end") << numbered(30) << numbered(30) + u"last"_s;
    QTest::newRow("the last line ends now") << u"a\nb"_s << u"a\nb\n"_s;
    QTest::newRow("far apart") << numbered(100) << numbered(100, 20);
    QTest::newRow("close together") << numbered(100) << numbered(100, 5);
    QTest::newRow("turned around") << u"a\nb\nc\nd\n"_s << u"d\nc\nb\na\n"_s;
    QTest::newRow("repeated lines") << u"x\nx\nx\ny\nx\n"_s << u"x\ny\nx\nx\n"_s;
    QTest::newRow("empty lines") << u"\n\n\na\n"_s << u"\na\n\n\n"_s;
    QTest::newRow("moved") << numbered(40) << numbered(40).mid(70) + numbered(40).left(70);
    QTest::newRow("nothing in common") << numbered(3000) << numbered(3000, 1);
    unsigned seed = 1;
    const auto next = [&seed](unsigned below) { return (seed = seed * 1'103'515'245U + 12'345U) / 65'536U % below; };
    for (int i = 0; i < 60; ++i) {
        QString before;
        QString after;
        for (unsigned line = next(40); line > 0; --line) {
            const QString text = u"%1\n"_s.arg(next(6));
            before += next(4) > 0 ? text : QString();
            after += next(4) > 0 ? text : QString();
        }
        QTest::addRow("random %d", i) << before << after;
    }
}

void TestTextDiff::leadsFromOneTextToTheOther()
{
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    const Tools::TextDiff diff = Tools::textDiff(before, after, 1'000'000);
    QCOMPARE(applied(before, diff.text), after);
    QCOMPARE(diff.text.isEmpty(), before == after);
}

void TestTextDiff::isShort()
{
    const Tools::TextDiff diff = Tools::textDiff(numbered(1000), numbered(1000, 100));
    QCOMPARE(diff.removed, 10);
    QCOMPARE(diff.added, 10);
    QVERIFY(diff.text.count(u'\n') < 100);
}

void TestTextDiff::saysHowMuchIsNotShown()
{
    const Tools::TextDiff diff = Tools::textDiff({}, numbered(1000), 100);
    QCOMPARE(diff.added, 1000);
    QVERIFY2(diff.text.endsWith(u"+line 98\n… 901 more lines of the difference are not shown."_s),
             qPrintable(diff.text.right(200)));
    const QString longLine(5000, u'x');
    QVERIFY(Tools::textDiff({}, longLine).text.contains(u"… (5000 characters in all)"_s));
}

void TestTextDiff::lineEndsAreShownWhereTheyChange()
{
    QCOMPARE(Tools::textDiff(u"a\nb\n"_s, u"a\r\nb\n"_s).text, u"@@ -1,2 +1,2 @@\n-a\n+a«U+000D»\n b"_s);
    QCOMPARE(Tools::textDiff(u"a\r\nb\r\n"_s, u"a\r\nc\r\n"_s).text, u"@@ -1,2 +1,2 @@\n a\n-b\n+c"_s);
}

void TestTextDiff::takesNoTimeForTextsThatHaveNothingInCommon()
{
    const QString before = numbered(20'000);
    const QString after = numbered(20'000, 1);
    QElapsedTimer timer;
    timer.start();
    const Tools::TextDiff diff = Tools::textDiff(before, after);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(diff.removed, 20'000);
    QCOMPARE(diff.added, 20'000);
}

QTEST_GUILESS_MAIN(TestTextDiff)
#include "tst_textdiff.moc"
