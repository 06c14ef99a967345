#include "tools/kit/text/nearnames.h"

#include "common/visible.h"

#include <QList>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

/// How many letters have to be put in, taken out or changed (Levenshtein).
qsizetype distance(const QString &left, const QString &right)
{
    QList<qsizetype> row(right.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= left.size(); ++i) {
        qsizetype diagonal = row.at(0);
        row[0] = i;
        for (qsizetype j = 1; j <= right.size(); ++j) {
            const qsizetype change = diagonal + (left.at(i - 1) == right.at(j - 1) ? 0 : 1);
            diagonal = row.at(j);
            row[j] = std::min({row.at(j) + 1, row.at(j - 1) + 1, change});
        }
    }
    return row.last();
}

} // namespace

QStringList nearNames(const QString &wanted, const QStringList &names, qsizetype most)
{
    constexpr qsizetype LongestName = 200;
    const QString plain = wanted.toLower();
    if (plain.isEmpty() || plain.size() > LongestName)
        return {};
    QList<std::pair<qsizetype, QString>> near;
    for (const QString &name : names) {
        const QString other = name.toLower();
        if (other.size() > LongestName || other.isEmpty())
            continue;
        const qsizetype apart = distance(plain, other);
        const bool holds = other.contains(plain) || (other.size() > 3 && plain.contains(other));
        if (apart <= std::max<qsizetype>(1, plain.size() / 4) || holds)
            near.append({apart, name});
    }
    std::ranges::stable_sort(near, {}, &std::pair<qsizetype, QString>::first);
    QStringList found;
    for (const auto &[apart, name] : near.first(qMin(near.size(), most)))
        found.append(name);
    return found;
}

QString didYouMean(const QString &wanted, const QStringList &names)
{
    const QStringList near = nearNames(wanted, names);
    return near.isEmpty() ? QString() : u" Did you mean %1?"_s.arg(Text::visible(near.join(" or "_L1)));
}

} // namespace Tools
