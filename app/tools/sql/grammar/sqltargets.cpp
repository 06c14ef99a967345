#include "tools/sql/grammar/sqltargets.h"

#include "tools/sql/grammar/sqlverbs.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Tools {

qsizetype SqlTargets::nameBehind(qsizetype verb) const
{
    constexpr qsizetype Most = 20;
    qsizetype place = verb + 1;
    while (place - verb < Most) {
        if (is(place, "WITH"_L1) && is(place + 1, "SCHEMA"_L1) && is(place + 2, "EVOLUTION"_L1))
            place += 3;
        else if (isOf(place, fillers()) || isOf(place, objects()) || (is(place, "ON"_L1) && is(verb, "COMMENT"_L1)))
            ++place;
        else
            break;
    }
    return place;
}

QString SqlTargets::targetAt(qsizetype place) const
{
    qsizetype behind = place;
    while (isNamed(behind) && isSymbol(behind + 1, u'.'))
        behind += 2;
    if (is(place, "ON"_L1) || isOf(place, behindNames()) || (is(behind, "IDENTIFIER"_L1) && isSymbol(behind + 1, u'(')))
        return {};
    const auto isEnd = [this](qsizetype i) {
        return i >= size() || isSymbol(i, u'(') || isSymbol(i, u',') || isSymbol(i, u'@') || isOf(i, behindNames());
    };
    const bool hasAlias = isWord(behind + 1) && isEnd(behind + 2);
    return isEnd(behind + 1) || hasAlias ? nameAt(place) : QString();
}

QString SqlTargets::nameAt(qsizetype place) const
{
    QString name;
    while (isNamed(place)) {
        const SqlWord &word = at(place);
        const bool isPlain = word.kind == SqlWord::Kind::Word || !word.raw.contains(u'.');
        name += isPlain ? word.raw : QString(u'`' + word.raw + u'`');
        if (!isSymbol(place + 1, u'.'))
            break;
        name += u'.';
        place += 2;
    }
    return name;
}

bool SqlTargets::isMadeAtRunTime(qsizetype from) const
{
    for (qsizetype i = from; i < size(); ++i) {
        if (isSymbol(i, u':') || isSymbol(i, u'?') || (is(i, "IDENTIFIER"_L1) && isSymbol(i + 1, u'(')))
            return true;
    }
    return false;
}

QString SqlTargets::rest(qsizetype place) const
{
    QStringList words;
    for (; place < size() && words.size() < 20; ++place)
        words.append(at(place).raw.isEmpty() ? at(place).text : at(place).raw);
    // What is cut is no target that a yes could be for.
    if (place < size())
        words.append(u"…"_s);
    return words.join(u' ');
}

} // namespace Tools
