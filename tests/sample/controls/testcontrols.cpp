#include "sample/controls/testcontrols.h"

#include "sample/server/apianswers.h"
#include "sample/server/parameters.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qsizetype mostRequests = 2000;
constexpr qsizetype mostBodyBytes = 16'384;
constexpr qint64 mostItems = 100'000;

QJsonValue readable(const QByteArray &body)
{
    const QJsonDocument document = body.size() > mostBodyBytes ? QJsonDocument() : QJsonDocument::fromJson(body);
    if (document.isObject())
        return document.object();
    return QString::fromUtf8(body.left(mostBodyBytes));
}

void grow(const Levers &levers, const QJsonObject &wish)
{
    for (auto one = wish.begin(); one != wish.end(); ++one) {
        if (!levers.grow.contains(one.key()))
            throw ApiRefusal::invalidParameter(
                u"Only these can grow: %1."_s.arg(QStringList(levers.grow.keys()).join(", "_L1)));
        levers.grow.value(one.key())(number(one.value(), one.key(), 0, mostItems, 0));
    }
}

void changeStatements(const Levers &levers, const QJsonObject &wish)
{
    if (wish.value("refuse_csv"_L1).toBool())
        levers.refuseCsv();
    if (wish.value("expire_links"_L1).toBool())
        levers.expireLinks();
}

} // namespace

QList<Route> TestControls::routes(const Levers &levers)
{
    // Each answers with an empty object once it is done.
    const auto done = [](auto action) {
        return [action](const ApiRequest &ask) {
            action(ask.json);
            return answer({});
        };
    };
    return {
        {"POST", u"/sample/faults"_s, done([this](const QJsonObject &wish) { m_faults.add(wish); })},
        {"DELETE", u"/sample/faults"_s, done([this](const QJsonObject &) { m_faults.clear(); })},
        {"GET", u"/sample/requests"_s,
         [this](const ApiRequest &) {
             return answer({{u"requests"_s, m_requests}});
         }},
        {"DELETE", u"/sample/requests"_s, done([this](const QJsonObject &) { m_requests = {}; })},
        {"POST", u"/sample/scale"_s, done([levers](const QJsonObject &wish) { grow(levers, wish); })},
        {"POST", u"/sample/statements"_s, done([levers](const QJsonObject &wish) { changeStatements(levers, wish); })},
    };
}

void TestControls::note(const Http::Request &request)
{
    if (m_requests.size() >= mostRequests)
        m_requests.removeFirst();
    m_requests.append(QJsonObject{{u"method"_s, QString::fromLatin1(request.head.method)},
                                  {u"path"_s, request.head.path()},
                                  {u"query"_s, request.head.query().toString(QUrl::FullyDecoded)},
                                  {u"body"_s, readable(request.body)}});
}

bool TestControls::takesOver(const Http::ExchangePtr &exchange, const Work &work, const Respond &respond)
{
    const std::optional<Fault> fault = m_faults.take(exchange->request().head);
    if (fault)
        m_faults.befall(*fault, exchange, work, respond);
    return fault.has_value();
}

} // namespace Sample
