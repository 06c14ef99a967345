#pragma once

#include "http/request.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

#include <functional>

namespace Sample {

/// A request as a handler sees it: matched, and its body parsed.
struct ApiRequest
{
    QUrlQuery query;
    QHash<QString, QString> captures; ///< what stood at the {names} of the route's path
    QJsonObject json;                 ///< the body of a route that takes JSON; an absent body is {}
    QByteArray body;
    QByteArray range = {}; ///< which bytes of a file are wanted: the header Range
};

/// What a route takes as its body: JSON, or a form that says the same; or anything.
enum class BodyKind { Json, Bytes };

/// Gives a request's answer, now or later, once.
using Respond = std::function<void(Http::Reply)>;

/// One endpoint: a row of a family's table. In the path "{id}" stands for one segment, "{path+}" for all that follow.
struct Route
{
    /// May throw ApiRefusal.
    using Handler = std::function<Http::Reply(const ApiRequest &)>;

    QByteArray method;
    QString path;
    Handler handler;
    BodyKind body = BodyKind::Json;
    /// Instead of handler, for an answer that takes its time. May throw ApiRefusal as long as it has not answered.
    std::function<void(const ApiRequest &, const Respond &)> late = {};
};

/// Finds a request's route in the tables of the API families. What no route wants gets ENDPOINT_NOT_FOUND, as from a
/// workspace, also when only the method is wrong.
class Router
{
public:
    void add(const QList<Route> &routes);
    void answer(const Http::Request &request, const Respond &respond) const;

private:
    struct Entry
    {
        QStringList segments;
        Route route;
    };
    QList<Entry> m_entries;
};

} // namespace Sample
