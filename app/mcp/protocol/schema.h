#pragma once

#include <QJsonObject>
#include <QString>

#include <memory>

namespace Mcp {

/// A tool's input schema, compiled once. `format` is a note for the reader, as JSON Schema 2020-12 has it by default.
class InputSchema
{
public:
    explicit InputSchema(const QJsonObject &schema);

    /// Empty, or why nothing can be validated against this schema. That is a mistake in the tool, not in a call.
    QString problem() const;
    /// See Mcp::coerced().
    QJsonObject coerce(const QJsonObject &arguments) const;
    /// Empty, or what is wrong with the arguments, for a model that will try again: "cluster_id: expected a string, got
    /// a number".
    QString validate(const QJsonObject &arguments) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> d;
};

} // namespace Mcp
