#include "instance/serveraccess.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace Instance {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<std::pair<ServerAccess::State, QLatin1StringView>, 4> StateNames{{
    {ServerAccess::State::Stopped, QLatin1StringView("stopped")},
    {ServerAccess::State::Starting, QLatin1StringView("starting")},
    {ServerAccess::State::Running, QLatin1StringView("running")},
    {ServerAccess::State::Failed, QLatin1StringView("failed")},
}};

} // namespace

QString stateName(ServerAccess::State state)
{
    const auto found =
        std::find_if(StateNames.begin(), StateNames.end(), [state](const auto &row) { return row.first == state; });
    return found->second;
}

std::optional<ServerAccess::State> stateCalled(const QString &name)
{
    const auto found =
        std::find_if(StateNames.begin(), StateNames.end(), [&name](const auto &row) { return row.second == name; });
    return found == StateNames.end() ? std::nullopt : std::optional(found->first);
}

QString ServerAccess::toLine() const
{
    const QJsonObject line{{u"state"_s, stateName(state)},
                           {u"url"_s, url.toString()},
                           {u"access_key"_s, QString::fromLatin1(accessKey)},
                           {u"message"_s, message}};
    return QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact));
}

std::optional<ServerAccess> ServerAccess::fromLine(const QString &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
    const std::optional<State> state = stateCalled(object.value("state"_L1).toString());
    const QUrl url(object.value("url"_L1).toString(), QUrl::StrictMode);
    const bool isServed = url.scheme() == "http"_L1 && !url.host().isEmpty() && url.port() > 0;
    if (!state || (*state == State::Running && !isServed))
        return std::nullopt;
    return ServerAccess{.state = *state,
                        .url = url,
                        .accessKey = object.value("access_key"_L1).toString().toLatin1(),
                        .message = object.value("message"_L1).toString()};
}

} // namespace Instance
