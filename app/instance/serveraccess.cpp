#include "instance/serveraccess.h"

#include "common/enumnames.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Instance {

using namespace Qt::StringLiterals;

namespace {

constexpr auto StateNames = enumNames<ServerAccess::State>({
    {ServerAccess::State::Stopped, "stopped"_L1},
    {ServerAccess::State::Starting, "starting"_L1},
    {ServerAccess::State::Running, "running"_L1},
    {ServerAccess::State::Failed, "failed"_L1},
});

} // namespace

QString stateName(ServerAccess::State state)
{
    return StateNames.of(state);
}

std::optional<ServerAccess::State> stateCalled(const QString &name)
{
    return StateNames.find(name);
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
