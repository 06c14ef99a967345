#include "mcp/methods/registries.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Mcp {

namespace {

constexpr qsizetype LongestUri = 8192;

} // namespace

bool ToolRegistry::replace(const QList<RegisteredTool> &tools)
{
    const bool same = std::equal(tools.begin(), tools.end(), m_entries.begin(), m_entries.end(),
                                 [](const RegisteredTool &left, const Entry &right) {
                                     return left.description == right.registered.description &&
                                            left.isListed == right.registered.isListed;
                                 });
    m_entries.clear();
    m_index.clear();
    for (const RegisteredTool &tool : tools) {
        m_index[tool.description.name] = m_entries.size();
        m_entries << Entry{.registered = tool, .schema = InputSchema(tool.description.inputSchema)};
        const QString problem = m_entries.last().schema.problem();
        if (!problem.isEmpty())
            qCritical("The input schema of %s is not usable: %s", qUtf8Printable(tool.description.name),
                      qUtf8Printable(problem));
    }
    return !same;
}

const ToolRegistry::Entry *ToolRegistry::find(const QString &name) const
{
    const auto index = m_index.find(name);
    return index == m_index.end() ? nullptr : &m_entries.at(*index);
}

bool PromptRegistry::replace(const QList<RegisteredPrompt> &prompts)
{
    const bool same = std::equal(prompts.begin(), prompts.end(), m_prompts.begin(), m_prompts.end(),
                                 [](const RegisteredPrompt &left, const RegisteredPrompt &right) {
                                     return left.description == right.description;
                                 });
    m_prompts = prompts;
    return !same;
}

const RegisteredPrompt *PromptRegistry::find(const QString &name) const
{
    const auto found = std::find_if(m_prompts.begin(), m_prompts.end(), [&name](const RegisteredPrompt &prompt) {
        return prompt.description.name == name;
    });
    return found == m_prompts.end() ? nullptr : &*found;
}

UriTemplate::UriTemplate(const QString &text)
    : m_text(text)
{
    static const QRegularExpression expression(u"\\{(\\+?)([A-Za-z0-9_.]+)\\}"_s);
    QString pattern;
    qsizetype done = 0;
    for (auto match = expression.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch variable = match.next();
        pattern += QRegularExpression::escape(text.mid(done, variable.capturedStart() - done));
        pattern += variable.captured(1).isEmpty() ? u"([^/?#]+)"_s : u"(.+)"_s;
        m_variables << variable.captured(2);
        done = variable.capturedEnd();
    }
    pattern += QRegularExpression::escape(text.mid(done));
    m_pattern = QRegularExpression(QRegularExpression::anchoredPattern(pattern),
                                   QRegularExpression::DotMatchesEverythingOption);
}

std::optional<QMap<QString, QString>> UriTemplate::match(const QString &uri) const
{
    if (uri.size() > LongestUri)
        return std::nullopt;
    const QRegularExpressionMatch match = m_pattern.match(uri);
    if (!match.hasMatch())
        return std::nullopt;
    QMap<QString, QString> values;
    for (qsizetype i = 0; i < m_variables.size(); ++i)
        values[m_variables.at(i)] = QUrl::fromPercentEncoding(match.captured(int(i) + 1).toUtf8());
    return values;
}

bool ResourceRegistry::replace(const QList<RegisteredResource> &resources)
{
    const bool same = std::equal(resources.begin(), resources.end(), m_entries.begin(), m_entries.end(),
                                 [](const RegisteredResource &left, const Entry &right) {
                                     return left.description == right.registered.description;
                                 });
    m_entries.clear();
    for (const RegisteredResource &resource : resources)
        m_entries << Entry{.registered = resource, .uriTemplate = UriTemplate(resource.description.uriTemplate)};
    return !same;
}

std::optional<ResourceRegistry::Match> ResourceRegistry::match(const QString &uri) const
{
    for (const Entry &entry : m_entries) {
        if (const auto variables = entry.uriTemplate.match(uri))
            return Match{.registered = entry.registered, .variables = *variables};
    }
    return std::nullopt;
}

const ResourceRegistry::Entry *ResourceRegistry::find(const QString &uriTemplate) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&uriTemplate](const Entry &entry) {
        return entry.uriTemplate.text() == uriTemplate;
    });
    return found == m_entries.end() ? nullptr : &*found;
}

bool ResourceRegistry::isSubscribable(const QString &uri, Era era) const
{
    const std::optional<Match> found = match(uri);
    return found && found->registered.subscribable.testFlag(era);
}

bool ResourceRegistry::canSubscribe(Era era) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [era](const Entry &entry) { return entry.registered.subscribable.testFlag(era); });
}

} // namespace Mcp
