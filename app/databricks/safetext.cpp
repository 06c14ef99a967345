#include "databricks/safetext.h"

#include "common/secrets.h"
#include "common/visible.h"

namespace Databricks {

QString safeText(const QString &text, qsizetype maxBytes)
{
    // Far more than can stay, so that a huge text costs little and no token is cut in two before it is masked.
    return Text::cut(Text::masked(Text::visible(text.left(4 * maxBytes)).trimmed()), maxBytes);
}

} // namespace Databricks
