#include "common/visible.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestVisible : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hiddenCharactersGo_data();
    void hiddenCharactersGo();
    void whatDeceivesIsRevealed_data();
    void whatDeceivesIsRevealed();
    void linesAreOneLine_data();
    void linesAreOneLine();
    void cutsBetweenCharacters_data();
    void cutsBetweenCharacters();
};

void TestVisible::hiddenCharactersGo_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"a b"_s << u"a b"_s;
    QTest::newRow("line feed and tab stay") << u"a\n\tb"_s << u"a\n\tb"_s;
    QTest::newRow("escape sequence") << u"\x1b[31mred"_s << u"[31mred"_s;
    QTest::newRow("right-to-left override") << u"exe\u202Egpj"_s << u"exegpj"_s;
    QTest::newRow("zero width space") << u"pay\u200Bpal"_s << u"paypal"_s;
    QTest::newRow("joiner of an emoji stays") << u"\U0001F469\u200D\U0001F52C"_s << u"\U0001F469\u200D\U0001F52C"_s;
    QTest::newRow("variation selectors") << u"a\uFE01\U000E0101b"_s << u"ab"_s;
    QTest::newRow("emoji's own selector stays") << u"\u2601\uFE0F"_s << u"\u2601\uFE0F"_s;
    QTest::newRow("fillers and blanks") << u"a\u3164\u2800\u034F\uFFFCb"_s << u"ab"_s;
    QTest::newRow("tag characters") << u"a\U000E0041b"_s << u"ab"_s;
}

void TestVisible::hiddenCharactersGo()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(Text::visible(text), shown);
}

void TestVisible::whatDeceivesIsRevealed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("override") << u"a\u202Eb"_s << u"a«U+202E»b"_s;
    QTest::newRow("Cyrillic in a Latin word") << u"s\u0430les.x"_s << u"s«U+0430»les.x"_s;
    QTest::newRow("Greek in a Latin word") << u"\u03BFrders"_s << u"«U+03BF»rders"_s;
    QTest::newRow("bold letters of mathematics") << u"dro\U0001D429"_s << u"dro«U+1D429»"_s;
    QTest::newRow("a word that could be Latin") << u"сору"_s << u"«U+0441»«U+043E»«U+0440»«U+0443»"_s;
    QTest::newRow("letters of phoneticians") << u"lo\u0261 \u1D04at"_s << u"lo«U+0261» «U+1D04»at"_s;
    QTest::newRow("signs that look like quotes and slashes")
        << u"'a\u02C8 \u2018b\u2019 *\u2215 \u2010\u2212 \u2024\u037E \U0001D7D8 \u2014"_s
        << u"'a«U+02C8» «U+2018»b«U+2019» *«U+2215» «U+2010»«U+2212» «U+2024»«U+037E» «U+1D7D8» \u2014"_s;
    QTest::newRow("object replacement") << u"ho\uFFFCur"_s << u"ho«U+FFFC»ur"_s;
    QTest::newRow("short Russian words stay") << u"отчёт о продажах с мая"_s << u"отчёт о продажах с мая"_s;
    QTest::newRow("Greek stays") << u"πωλήσεις και έσοδα"_s << u"πωλήσεις και έσοδα"_s;
    QTest::newRow("what follows Arabic digits stays behind them")
        << u"'\u0660\u0661', '\u0662'"_s << u"'\u0660\u0661\u200E', '\u0662\u200E'"_s;
    QTest::newRow("Russian stays") << u"'заказы' AS x"_s << u"'заказы' AS x"_s;
    QTest::newRow("Japanese stays") << u"iPhone版"_s << u"iPhone版"_s;
    QTest::newRow("accents stay") << u"e\u0301te\u0301"_s << u"e\u0301te\u0301"_s;
    QTest::newRow("strikes") << u"a\u0336b\u20E0"_s << u"a«U+0336»b«U+20E0»"_s;
    QTest::newRow("buried under marks") << u"a\u0300\u0301\u0302\u0303\u0304"_s
                                        << u"a\u0300\u0301\u0302«U+0303»«U+0304»"_s;
    QTest::newRow("what follows Hebrew stays behind it")
        << u"'אב גד' > 1 -- 'ה'"_s << u"'אב גד\u200E' > 1 -- 'ה\u200E'"_s;
}

void TestVisible::whatDeceivesIsRevealed()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(Text::revealed(text), shown);
}

void TestVisible::linesAreOneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("longest");
    QTest::addColumn<QString>("line");
    QTest::newRow("fits") << u"abcde"_s << 5 << u"abcde"_s;
    QTest::newRow("cut") << u"abcdef"_s << 5 << u"abcd…"_s;
    QTest::newRow("breaks are spaces") << u" a\r\n\u2028b "_s << 5 << u"a b"_s;
    QTest::newRow("cut behind an emoji") << u"ab\U0001F9F1\U0001F9F1\U0001F9F1"_s << 4 << u"ab\U0001F9F1…"_s;
}

void TestVisible::linesAreOneLine()
{
    QFETCH(QString, text);
    QFETCH(int, longest);
    QTEST(Text::line(text, longest), "line");
}

void TestVisible::cutsBetweenCharacters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("beginning");
    QTest::newRow("fits") << u"Größe"_s << 7 << u"Größe"_s;
    QTest::newRow("cut") << u"Größen"_s << 7 << u"Gr…"_s.insert(2, u'ö');
    QTest::newRow("no half emoji") << u"a\U0001F9F1\U0001F9F1"_s << 8 << u"a\U0001F9F1…"_s;
}

void TestVisible::cutsBetweenCharacters()
{
    QFETCH(QString, text);
    QFETCH(int, bytes);
    const QString cut = Text::cut(text, bytes);
    QTEST(cut, "beginning");
    QVERIFY(cut.toUtf8().size() <= bytes);
}

QTEST_GUILESS_MAIN(TestVisible)
#include "tst_visible.moc"
