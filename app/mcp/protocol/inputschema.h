#pragma once

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Mcp {

/// A tool's input schema. What tools use of JSON Schema is checked in words that name the argument and what is wanted;
/// the combining keywords (anyOf, oneOf, allOf, not, if, $ref into the same schema) are followed too. `format` is a
/// note for the reader, as JSON Schema 2020-12 has it by default.
class InputSchema
{
public:
    explicit InputSchema(const QJsonObject &schema);

    /// Empty, or why nothing can be validated against this schema. That is a mistake in the tool, not in a call.
    const QString &problem() const { return m_problem; }
    /// Arguments under the names that the schema has for them, without those that clients add by themselves
    /// ("toolCallId", "random_string", …). Where the others are ignored, what the schema does not know goes too, and
    /// its names are in ignored.
    QJsonObject named(const QJsonObject &arguments, const QHash<QString, QString> &otherSpellings,
                      QStringList *ignored = nullptr) const;
    /// See Mcp::coerced().
    QJsonObject coerce(const QJsonObject &arguments) const;
    /// Empty, or what is wrong with the arguments, for a model that will try again: "cluster_id: expected a string, got
    /// a number". The first three problems at most.
    QString validate(const QJsonObject &arguments) const;

private:
    QJsonObject m_schema;
    QString m_problem;
};

} // namespace Mcp
