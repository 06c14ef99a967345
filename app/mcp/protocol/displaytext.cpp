#include "mcp/protocol/displaytext.h"

#include "common/visible.h"

namespace Mcp {

QString displayText(const QString &text, qsizetype longest)
{
    return Text::line(text, longest);
}

} // namespace Mcp
