#include "mcp/methods/toolbox.h"

#include <algorithm>

namespace Mcp {

bool Toolbox::replace(const QList<RegisteredTool> &tools)
{
    const bool same = std::equal(
        tools.begin(), tools.end(), m_entries.begin(), m_entries.end(),
        [](const RegisteredTool &left, const Entry &right) { return left.description == right.offer.description; });
    m_entries.clear();
    m_index.clear();
    for (const RegisteredTool &tool : tools) {
        m_index[tool.description.name] = m_entries.size();
        m_entries << Entry{.offer = tool, .schema = InputSchema(tool.description.inputSchema)};
        const QString problem = m_entries.last().schema.problem();
        if (!problem.isEmpty())
            qCritical("The input schema of %s is not usable: %s", qUtf8Printable(tool.description.name),
                      qUtf8Printable(problem));
    }
    return !same;
}

const Toolbox::Entry *Toolbox::find(const QString &name) const
{
    const auto index = m_index.find(name);
    return index == m_index.end() ? nullptr : &m_entries.at(*index);
}

} // namespace Mcp
