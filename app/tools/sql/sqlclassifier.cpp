#include "tools/sql/sqlclassifier.h"

#include "tools/sql/sqlwords.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Calls::Effect;

namespace Tools {

namespace {

using Words = QStringList;

// Beginnings of statements.
const Words Queries{u"SELECT"_s, u"WITH"_s, u"VALUES"_s, u"TABLE"_s, u"FROM"_s};
const Words Inspections{u"SHOW"_s, u"DESCRIBE"_s, u"DESC"_s, u"EXPLAIN"_s, u"LIST"_s};
// Remove or replace what is there, wherever they stand: ALTER TABLE … DROP COLUMN, MERGE … THEN DELETE.
const Words Destroyers{u"DROP"_s, u"TRUNCATE"_s, u"DELETE"_s, u"VACUUM"_s, u"RESTORE"_s, u"OVERWRITE"_s, u"PURGE"_s};
// Beginnings of statements that remove or replace: REMOVE a file, REPLACE a table.
const Words DestroyingBeginnings{u"REMOVE"_s, u"REPLACE"_s};
// A text that is run as SQL may be any: EXECUTE IMMEDIATE, also inside of a script.
const Words Runners{u"EXECUTE"_s};
// Functions that reach beyond the query: they send requests or run any code, and so may remove what they like.
const Words FarReaching{u"HTTP_REQUEST"_s, u"REFLECT"_s, u"TRY_REFLECT"_s, u"JAVA_METHOD"_s};
// Functions that give the value of a secret.
const Words SecretReaders{u"SECRET"_s, u"TRY_SECRET"_s};
// What turns a query into something else: WITH … INSERT, FROM … INSERT, SELECT … INTO.
const Words Writers{u"INSERT"_s, u"UPDATE"_s, u"MERGE"_s, u"INTO"_s, u"CREATE"_s, u"ALTER"_s};

Effect worse(Effect a, Effect b)
{
    return std::max(a, b);
}

bool isWord(const SqlWords &words, qsizetype i, const Words &among)
{
    return i >= 0 && i < words.size() && words.at(i).kind == SqlWord::Kind::Word && among.contains(words.at(i).text);
}

bool isSymbol(const SqlWords &words, qsizetype i, QLatin1StringView symbol)
{
    return i >= 0 && i < words.size() && words.at(i).kind == SqlWord::Kind::Symbol && words.at(i).text == symbol;
}

/// Whether one of these stands there as a word of its own: not as the column of "t.delete".
bool holds(const SqlWords &words, const Words &among)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (isWord(words, i, among) && !isSymbol(words, i - 1, "."_L1))
            return true;
    }
    return false;
}

bool mentionsAny(const SqlReading &reading, const Words &words)
{
    return std::ranges::any_of(reading.rawWords, [&words](const QString &word) { return words.contains(word); });
}

/// Whether the statement calls one of these functions, which the text mentions: a quoted name may be any of them.
bool callsAny(const SqlWords &words, const Words &functions)
{
    for (qsizetype i = 0; i + 1 < words.size(); ++i) {
        const bool may = isWord(words, i, functions) || words.at(i).kind == SqlWord::Kind::Text;
        if (may && isSymbol(words, i + 1, "("_L1))
            return true;
    }
    return false;
}

/// CREATE OR REPLACE, INSERT … REPLACE WHERE; not the function replace(…).
bool replaces(const SqlWords &words)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (isWord(words, i, {u"REPLACE"_s}) && !isSymbol(words, i + 1, "("_L1) && !isSymbol(words, i - 1, "."_L1))
            return true;
    }
    return false;
}

/// SELECT TRANSFORM(…) USING 'script' runs a program; JOIN … USING (column) does not.
bool runsScript(const SqlWords &words)
{
    for (qsizetype i = 0; i + 1 < words.size(); ++i) {
        if (isWord(words, i, {u"USING"_s}) && words.at(i + 1).kind == SqlWord::Kind::Text)
            return true;
    }
    return false;
}

Effect ofChange(const SqlWords &words, qsizetype first)
{
    const bool emptiesFirst = isWord(words, first, {u"REFRESH"_s}) && holds(words, {u"FULL"_s});
    const bool destroys = isWord(words, first, DestroyingBeginnings) || holds(words, Runners) ||
                          holds(words, Destroyers) || replaces(words) || emptiesFirst;
    return destroys ? Effect::Destroys : Effect::Adds;
}

Effect ofStatement(const SqlWords &words, bool mayReachFar)
{
    qsizetype first = 0;
    while (isSymbol(words, first, "("_L1))
        ++first;
    if (isWord(words, first, Queries)) {
        if (mayReachFar && callsAny(words, FarReaching))
            return Effect::Destroys;
        const bool isQuery = !holds(words, Writers) && !holds(words, Destroyers) && !runsScript(words);
        return isQuery ? Effect::Reads : ofChange(words, first);
    }
    // Spark has no EXPLAIN ANALYZE; elsewhere it runs what it explains.
    const bool runs = isWord(words, first + 1, {u"ANALYZE"_s});
    if (first == 0 && isWord(words, first, Inspections) && !runs)
        return Effect::Reads;
    return ofChange(words, first);
}

} // namespace

Calls::Effects classify(const QString &sql)
{
    const SqlReading reading = readSql(sql);
    const bool mayReachFar = mentionsAny(reading, FarReaching);
    Effect effect = reading.statements.isEmpty() ? Effect::Adds : Effect::Reads;
    for (const SqlWords &words : reading.statements)
        effect = worse(effect, ofStatement(words, mayReachFar));
    if (reading.isDoubtful) {
        const bool mayDestroy = mayReachFar || mentionsAny(reading, Destroyers + DestroyingBeginnings + Runners);
        effect = worse(effect, mayDestroy ? Effect::Destroys : Effect::Adds);
    }
    return effect;
}

bool readsSecret(const QString &sql)
{
    const SqlReading reading = readSql(sql);
    if (!mentionsAny(reading, SecretReaders))
        return false;
    const auto reads = [](const SqlWords &words) { return callsAny(words, SecretReaders); };
    return reading.isDoubtful || std::ranges::any_of(reading.statements, reads);
}

} // namespace Tools
