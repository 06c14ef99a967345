#include "tools/catalogue.h"
#include "tools/sqltools.h"

namespace Tools {

QList<Tool> sqlTools()
{
    return warehouseRows() + statementRows() + exportRows() + queryHistoryRows();
}

} // namespace Tools
