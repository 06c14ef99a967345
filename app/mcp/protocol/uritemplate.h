#pragma once

#include <QMap>
#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace Mcp {

/// A URI template with {name} and {+name} (RFC 6570, levels 1 and 2), matched against URIs.
class UriTemplate
{
public:
    explicit UriTemplate(const QString &text = {});

    const QString &text() const { return m_text; }
    const QStringList &variables() const { return m_variables; }
    /// The variables' values, percent-decoded; nothing for a URI that does not fit.
    std::optional<QMap<QString, QString>> match(const QString &uri) const;

private:
    QString m_text;
    QStringList m_variables;
    QRegularExpression m_pattern;
};

} // namespace Mcp
