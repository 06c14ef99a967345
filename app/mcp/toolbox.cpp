#include "mcp/toolbox.h"

namespace Mcp {

void Toolbox::replace(const QList<OfferedTool> &tools)
{
    m_entries.clear();
    m_index.clear();
    for (const OfferedTool &tool : tools) {
        m_index[tool.description.name] = m_entries.size();
        m_entries << Entry{.offer = tool, .schema = InputSchema(tool.description.inputSchema)};
        const QString problem = m_entries.last().schema.problem();
        if (!problem.isEmpty())
            qCritical("The input schema of %s is not usable: %s", qUtf8Printable(tool.description.name),
                      qUtf8Printable(problem));
    }
}

const Toolbox::Entry *Toolbox::find(const QString &name) const
{
    const auto index = m_index.find(name);
    return index == m_index.end() ? nullptr : &m_entries.at(*index);
}

} // namespace Mcp
