#include "common/enumnames.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

enum class Light { Red, Green };
constexpr auto Names = enumNames<Light>({{Light::Red, "red"_L1}, {Light::Green, "green"_L1}});

} // namespace

class TestEnumNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothWays();
};

void TestEnumNames::bothWays()
{
    static_assert(Names.rows().size() == 2);
    for (const auto &[light, name] : Names.rows()) {
        QCOMPARE(Names.of(light), name);
        QCOMPARE(Names.find(QString(name)), light);
    }
    QCOMPARE(Names.find(u"blue"), std::nullopt);
    QCOMPARE(Names.find(u""), std::nullopt);
}

QTEST_GUILESS_MAIN(TestEnumNames)
#include "tst_enumnames.moc"
