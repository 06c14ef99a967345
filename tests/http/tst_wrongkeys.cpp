#include "http/accessrules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Http::Refusal;
using Http::WrongKeys;

namespace {

Refusal refusalOf(int status)
{
    return Refusal{.status = status, .reason = u"no"_s};
}

} // namespace

class TestWrongKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tooManyAreToldToWait();
    void whoIsLetInIsNotHeldUp();
    void otherRefusalsDoNotCount();
};

void TestWrongKeys::tooManyAreToldToWait()
{
    WrongKeys wrongKeys;
    for (int i = 0; i < WrongKeys::MostInAMinute; ++i)
        QCOMPARE(wrongKeys.judge(refusalOf(401))->status, 401);
    const std::optional<Refusal> last = wrongKeys.judge(refusalOf(401));
    QCOMPARE(last->status, 429);
    QCOMPARE(last->headers.first().first, QByteArray("Retry-After"));
    const int wait = last->headers.first().second.toInt();
    QVERIFY(wait > 0 && wait <= 60);
}

void TestWrongKeys::whoIsLetInIsNotHeldUp()
{
    WrongKeys wrongKeys;
    for (int i = 0; i <= WrongKeys::MostInAMinute; ++i)
        wrongKeys.judge(refusalOf(401));
    QVERIFY(!wrongKeys.judge(std::nullopt));
}

void TestWrongKeys::otherRefusalsDoNotCount()
{
    WrongKeys wrongKeys;
    for (int i = 0; i <= WrongKeys::MostInAMinute; ++i)
        QCOMPARE(wrongKeys.judge(refusalOf(403))->status, 403);
    QCOMPARE(wrongKeys.judge(refusalOf(401))->status, 401);
}

QTEST_GUILESS_MAIN(TestWrongKeys)
#include "tst_wrongkeys.moc"
