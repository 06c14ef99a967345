// The SQL classifier, on which the read-only switch rests: nothing that stands before or after a statement, nor how it
// is spelled, makes it look more harmless.

#include "fuzz.h"

#include "tools/sql/grammar/sqlclassifier.h"
#include "tools/sql/grammar/sqlwords.h"

#include <algorithm>

namespace {

using namespace Qt::StringLiterals;
using Calls::Effect;
using Calls::Effects;

Effects effectsOf(const QString &sql)
{
    return Tools::sqlDeed(sql).effects;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString sql = QString::fromUtf8(bytesOf(data, size));
    const Effects effects = effectsOf(sql);
    require(effectsOf(u"DROP TABLE t; "_s + sql).testFlag(Effect::Destroys), "what follows does not undo a DROP");
    // Nothing but comments counts as a change of its own, for lack of a statement, and as nothing beside one.
    const bool isSilent = Tools::readSql(sql).statements.isEmpty();
    require(!(effects & ~effectsOf(u"SELECT 1; "_s + sql)) || isSilent, "a query before changes nothing");
    require(effectsOf(u"\n \t"_s + sql) == effects, "space in front changes nothing");
    require(effectsOf(u"/* a comment */"_s + sql) == effects, "a comment in front changes nothing");
    const bool isAscii = std::all_of(sql.cbegin(), sql.cend(), [](QChar c) { return c.unicode() < 0x80; });
    if (isAscii) {
        require(effectsOf(sql.toLower()) == effects, "small letters change nothing");
        require(effectsOf(sql.toUpper()) == effects, "capital letters change nothing");
    }
    return 0;
}
