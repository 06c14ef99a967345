#include "databricks/useragent.h"

#include <QLibraryInfo>
#include <QRegularExpression>
#include <QSysInfo>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace Databricks {

namespace {

QString word(QString text)
{
    static const QRegularExpression others(u"[^A-Za-z0-9_.+-]+"_s);
    text.replace(others, u"-"_s);
    return text.isEmpty() ? u"unknown"_s : text.left(64);
}

} // namespace

QByteArray userAgent(const QString &version, const QString &authType)
{
    const QString qt = QLibraryInfo::version().toString();
    return u"bricktray/%1 qt/%2 os/%3 auth/%4"_s
        .arg(word(version), word(qt), word(QSysInfo::kernelType()), word(authType))
        .toLatin1();
}

} // namespace Databricks
