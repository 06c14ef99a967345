#include "tools/host/catalogue.h"
#include "tools/sql/sqltools.h"

namespace Tools {

QList<Tool> sqlTools()
{
    return warehouseRows() + statementRows() + exportRows() + queryHistoryRows();
}

} // namespace Tools
