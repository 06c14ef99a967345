#include "mcp/displaytext.h"

#include "text/visible.h"

namespace Mcp {

QString displayText(const QString &text, qsizetype longest)
{
    return Text::line(text, longest);
}

} // namespace Mcp
