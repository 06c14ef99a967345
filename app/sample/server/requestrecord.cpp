#include "sample/server/requestrecord.h"

#include "sample/server/apianswers.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr qsizetype mostRequests = 2000;
constexpr qsizetype mostBodyBytes = 16'384;

QJsonValue readable(const QByteArray &body)
{
    const QJsonDocument document = body.size() > mostBodyBytes ? QJsonDocument() : QJsonDocument::fromJson(body);
    if (document.isObject())
        return document.object();
    return QString::fromUtf8(body.left(mostBodyBytes));
}

} // namespace

void RequestRecord::add(const Http::Request &request)
{
    if (m_requests.size() >= mostRequests)
        m_requests.removeFirst();
    m_requests.append(QJsonObject{{u"method"_s, QString::fromLatin1(request.head.method)},
                                  {u"path"_s, request.head.path()},
                                  {u"query"_s, request.head.query().toString(QUrl::FullyDecoded)},
                                  {u"body"_s, readable(request.body)}});
}

QList<Route> RequestRecord::routes()
{
    const auto all = [this](const ApiRequest &) { return answer({{u"requests"_s, m_requests}}); };
    const auto forget = [this](const ApiRequest &) {
        m_requests = {};
        return answer({});
    };
    return {{"GET", u"/sample/requests"_s, all}, {"DELETE", u"/sample/requests"_s, forget}};
}

} // namespace Sample
