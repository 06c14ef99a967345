#include "sample/server/scale.h"

#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qint64 mostItems = 100'000;

Http::Reply grow(const QMap<QString, Grow> &families, const QJsonObject &wish)
{
    for (auto one = wish.begin(); one != wish.end(); ++one) {
        if (!families.contains(one.key()))
            throw ApiRefusal::invalidParameter(
                u"Only these can grow: %1."_s.arg(QStringList(families.keys()).join(", "_L1)));
        families.value(one.key())(number(one.value(), one.key(), 0, mostItems, 0));
    }
    return answer({});
}

} // namespace

QList<Route> scaleRoutes(const QMap<QString, Grow> &families)
{
    return {{"POST", u"/sample/scale"_s, [families](const ApiRequest &ask) { return grow(families, ask.json); }}};
}

} // namespace Sample
