#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QString>

namespace Mcp {

/// One thing a handler asks of the client in the middle of a request: a person's input (elicitation/create), a model's
/// words (sampling/createMessage) or the client's folders (roots/list).
struct InputRequest
{
    QString method;
    QJsonObject params = {};

    /// A form. The schema is a flat object of strings, numbers, booleans and enums; never ask for a secret this way.
    static InputRequest elicitation(const QString &message, const QJsonObject &requestedSchema);
    static InputRequest sampling(const QString &prompt, int maxTokens);
    static InputRequest roots();

    /// The client capability this needs: "elicitation", "sampling", "roots".
    QString capability() const { return method.section(u'/', 0, 0); }
};

/// What a handler answers instead of a result when it cannot go on without the client (2026-07-28,
/// basic/patterns/mrtr). It is called again from the beginning, with the answers under the same keys and with the state
/// it gave; both may be missing again. The state travels through the client: signed, but readable.
struct InputRequired
{
    QMap<QString, InputRequest> requests;
    QJsonObject state = {};

    bool isEmpty() const { return requests.isEmpty() && state.isEmpty(); }
};

} // namespace Mcp
