#include "tools/kit/text/identifiers.h"

#include "common/credentialnames.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

QString found(const QRegularExpression &pattern, const QString &given)
{
    const QString text = given.trimmed();
    const QRegularExpressionMatch match = pattern.match(text);
    return match.hasMatch() ? match.captured(1) : text;
}

} // namespace

QString warehouseIdIn(const QString &given)
{
    static const QRegularExpression path(u"/?sql/(?:1\\.0/)?(?:warehouses|endpoints)/([A-Za-z0-9]+)"_s);
    return found(path, given);
}

QString clusterIdIn(const QString &given)
{
    static const QRegularExpression path(u"/?sql/protocolv1/o/[0-9]+/([A-Za-z0-9-]+)"_s);
    return found(path, given);
}

QStringList nameParts(const QString &name)
{
    QStringList parts{QString()};
    bool isQuoted = false;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const QChar c = name.at(i);
        const bool isDoubled = isQuoted && c == u'`' && i + 1 < name.size() && name.at(i + 1) == u'`';
        if (isDoubled)
            ++i;
        else if (c == u'`')
            isQuoted = !isQuoted;
        if (c == u'.' && !isQuoted)
            parts.append(QString());
        else if (c != u'`' || isDoubled)
            parts.last().append(c);
    }
    return parts;
}

QString quotedName(const QStringList &parts)
{
    QStringList quoted;
    for (QString part : parts)
        quoted.append(u'`' + part.replace(u'`', u"``"_s) + u'`');
    return quoted.join(u'.');
}

QString plainName(const QString &name)
{
    return name.contains(u'`') ? nameParts(name).join(u'.') : name;
}

bool nameHolds(const QString &name, const QString &part)
{
    if (name.contains(part, Qt::CaseInsensitive))
        return true;
    const QString wanted = Text::foldedName(part);
    return !wanted.isEmpty() && Text::foldedName(name).contains(wanted);
}

bool isSameUser(const QString &one, const QString &other)
{
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

} // namespace Tools
