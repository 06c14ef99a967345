#include "tools/sql/export/exportname.h"

#include "common/visible.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

constexpr qsizetype LongestBaseName = 100;
constexpr qsizetype MostNameBytes = 220;

} // namespace

QString safeFileName(const QString &wanted, const QString &fallback)
{
    static const QRegularExpression path(u"^.*[/\\\\]"_s, QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression forbidden(u"[<>:\"|?*\\n\\t]"_s);
    static const QRegularExpression ending(u"\\.csv$"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression edges(u"^[. ]+|[. ]+$"_s);
    static const QRegularExpression reserved(u"^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    QString name = Text::visible(wanted).remove(path).remove(ending).replace(forbidden, u"_"_s);
    name = name.left(LongestBaseName);
    // File systems count bytes: 255 with number and endings.
    while (name.toUtf8().size() > MostNameBytes || (!name.isEmpty() && name.back().isHighSurrogate()))
        name.chop(1);
    name.remove(edges);
    if (name.isEmpty())
        name = fallback;
    if (reserved.match(name).hasMatch())
        name.prepend(u'_');
    return name + u".csv"_s;
}

} // namespace Tools
