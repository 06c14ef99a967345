#include "tools/admin/permissions.h"

using namespace Qt::StringLiterals;

namespace Tools {

const QStringList &principalKeys()
{
    static const QStringList keys{u"user_name"_s, u"group_name"_s, u"service_principal_name"_s};
    return keys;
}

QString permissionsPath(const ToolCall &call)
{
    return u"/api/2.0/permissions/%1/"_s.arg(Databricks::pathSegment(call.text(u"object_type"_s))) +
           Databricks::pathSegment(call.text(u"object_id"_s));
}

} // namespace Tools
