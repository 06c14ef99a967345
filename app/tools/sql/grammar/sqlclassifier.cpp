#include "tools/sql/grammar/sqlclassifier.h"

#include "tools/sql/grammar/sqlcalls.h"
#include "tools/sql/grammar/sqlfunctions.h"
#include "tools/sql/grammar/sqlplaces.h"
#include "tools/sql/grammar/sqltargets.h"
#include "tools/sql/grammar/sqlverbs.h"
#include "tools/sql/grammar/sqlwords.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using Calls::Effect;
using Calls::Effects;

namespace Tools {

namespace {

using Words = QSet<QString>;

class Statement : private SqlTargets
{
public:
    /// isInScript: it stands, or may stand, within BEGIN and END.
    Statement(const SqlWords &words, bool isInScript, const QSet<QString> &trusted, SqlDeed *deed)
        : SqlTargets(words)
        , m_words(words)
        , m_trusted(trusted)
        , m_deed(deed)
        , m_places(words)
        , m_isInScript(isInScript)
    {
        for (qsizetype i = 0; i < size(); ++i) {
            if (!isWord(i) || isSymbol(i - 1, u'.'))
                continue;
            m_last.insert(at(i).text, i);
            if (is(i, "OVERWRITE"_L1) || (is(i, "REPLACE"_L1) && !isSymbol(i + 1, u'(')))
                m_lastReplacing = i;
            m_hasRowFilter = m_hasRowFilter || (is(i, "FILTER"_L1) && is(i - 1, "ROW"_L1));
        }
    }

    void read()
    {
        qsizetype first = 0;
        while (isSymbol(first, u'('))
            ++first;
        m_deed->effects |= m_isInScript ? ofScript() : ofStatement(first);
        for (const SqlCall &call : callsIn(m_words))
            judge(call);
        if (m_places.readsBeyond())
            blame(Effect::ReachesOut, u"reads from an address beyond the workspace"_s);
    }

private:
    /// The word stands there or later as one of its own: not as the column of "t.delete".
    bool holds(const QString &word, qsizetype from) const { return m_last.value(word, -1) >= from; }
    bool replaces(qsizetype from) const { return m_lastReplacing >= from; }

    bool isVerb(qsizetype i) const { return isWord(i) && verbs().contains(at(i).text); }

    Effects ofStatement(qsizetype first)
    {
        if (isOf(first, inspections()) && first == 0)
            // Elsewhere EXPLAIN ANALYZE runs what it explains.
            return is(first, "EXPLAIN"_L1) && is(first + 1, "ANALYZE"_L1) ? Effect::Unknown : Effects();
        if (isOf(first, queries()))
            return ofQuery(first);
        return isVerb(first) ? ofVerb(first) : Effects(Effect::Unknown);
    }

    /// A part of a script, in which statements follow each other without a semicolon: at every place where one may
    /// begin stands what is known, and a verb counts wherever it is.
    Effects ofScript()
    {
        Effects effects = Effect::Adds | ofAllVerbs(0);
        if (runsScript())
            effects |= Effect::RunsCode;
        bool begins = true;
        for (qsizetype i = 0; i < size(); ++i) {
            if (!begins) {
                begins = isOf(i, openings());
                continue;
            }
            if (isLabel(i)) {
                ++i;
                continue;
            }
            if (is(i, "DECLARE"_L1) && holds(u"HANDLER"_s, i)) {
                i = conditionsEnd(i);
                continue;
            }
            begins = isOf(i, openings());
            const bool isKnown = begins || isSymbol(i, u'(') || isOf(i, controls()) || isOf(i, queries()) ||
                                 isOf(i, inspections()) || isVerb(i);
            if (!isKnown)
                effects |= Effect::Unknown;
        }
        return effects;
    }

    /// The last word of what a handler is for: "… HANDLER FOR SQLSTATE '22012', NOT FOUND".
    qsizetype conditionsEnd(qsizetype place) const
    {
        while (place < size() && !is(place, "FOR"_L1))
            ++place;
        do {
            ++place;
            while (is(place, "SQLSTATE"_L1) || is(place, "VALUE"_L1) || is(place, "NOT"_L1))
                ++place;
        } while (isSymbol(++place, u','));
        return place - 1;
    }

    Effects ofQuery(qsizetype first)
    {
        Effects effects = runsScript() ? Effect::RunsCode : Effects();
        for (qsizetype i = first; i < size(); ++i) {
            if (!isOf(i, turningVerbs()) || isSymbol(i - 1, u'.'))
                continue;
            if (isVerb(i))
                effects |= ofVerb(i);
            else if (is(i, "INTO"_L1) && !isVerb(i - 1))
                effects |= Effect::Adds;
        }
        return effects;
    }

    Effects ofAllVerbs(qsizetype first)
    {
        Effects effects;
        for (qsizetype i = first; i < size(); ++i) {
            if (isVerb(i) && !isSymbol(i - 1, u'.') && !isSymbol(i + 1, u'('))
                effects |= ofVerb(i);
        }
        return effects;
    }

    /// SELECT TRANSFORM(…) USING 'script' runs a program; JOIN … USING (column) does not.
    bool runsScript() const
    {
        for (qsizetype i = 0; i + 1 < size(); ++i) {
            const bool isValue =
                at(i + 1).kind == SqlWord::Kind::Text || isSymbol(i + 1, u':') || isSymbol(i + 1, u'?');
            if (is(i, "USING"_L1) && isValue)
                return true;
        }
        return false;
    }

    /// The kinds of things that the verb is about: those before the name.
    Words kindsAfter(qsizetype verb) const
    {
        Words kinds;
        const qsizetype name = nameBehind(verb);
        for (qsizetype i = verb + 1; i < name; ++i)
            kinds.insert(at(i).text);
        return kinds;
    }

    Effects ofVerb(qsizetype i)
    {
        const QString verb = at(i).text;
        Effects effects = verbs().value(verb);
        const Words kinds = kindsAfter(i);
        if ((verb == "INSERT"_L1 || verb == "LOAD"_L1 || verb == "PUT"_L1) && replaces(i))
            effects = Effect::Replaces;
        if (verb == "MERGE"_L1 && holds(u"DELETE"_s, i))
            effects |= Effect::Destroys;
        if (verb == "REFRESH"_L1 && holds(u"FULL"_s, i))
            effects = Effect::Replaces | Effect::Destroys | Effect::RunsCode;
        if (verb == "REORG"_L1 && holds(u"PURGE"_s, i))
            effects |= Effect::Destroys;
        if (verb == "CREATE"_L1)
            effects = ofMaking(i, kinds);
        if (verb == "REPLACE"_L1)
            effects |= ofMaking(i, kinds) & ~Effects(Effect::Adds);
        // It decides whose function a name means.
        if (verb == "SET"_L1 && is(i + 1, "PATH"_L1))
            effects |= Effect::RunsCode | Effect::Unknown;
        // Tags may decide who sees what.
        if (setsTag(i))
            effects = Effect::Replaces | Effect::Grants;
        static const Words Changing = wordSet("ALTER DROP COMMENT SYNC MSCK REPAIR");
        if (Changing.contains(verb))
            effects |= ofChanging(i, kinds);
        static const Words Writing = wordSet("INSERT COPY UPDATE MERGE DELETE LOAD CONVERT RESTORE TRUNCATE VACUUM");
        const bool copiesWithCredential = verb == "COPY"_L1 && holds(u"CREDENTIAL"_s, i);
        if (Writing.contains(verb) &&
            ((m_places.isForeign() && verb == "INSERT"_L1) || namesPlace(i) || copiesWithCredential))
            effects |= Effect::ReachesOut;
        note(i);
        return effects;
    }

    Effects ofMaking(qsizetype i, const Words &kinds) const
    {
        Effects effects = kinds.intersects(objects()) ? Effect::Adds : Effect::Unknown;
        if (kinds.contains(u"FUNCTION"_s) || kinds.contains(u"PROCEDURE"_s))
            effects |= Effect::RunsCode;
        if (kinds.contains(u"MATERIALIZED"_s) || kinds.contains(u"STREAMING"_s))
            effects |= Effect::Computes;
        if (kinds.intersects(accessObjects()))
            effects |= Effect::Grants | Effect::ReachesOut;
        if (kinds.contains(u"REPLACE"_s))
            effects |= Effect::Replaces;
        if (holds(u"LOCATION"_s, i) || m_places.isForeign() || namesPlace(i))
            effects |= Effect::ReachesOut;
        if (holds(u"MASK"_s, i) || m_hasRowFilter)
            effects |= Effect::Grants;
        return effects;
    }

    /// A table at a place of its own, delta.`s3://…`, a directory, or what no name can be seen of.
    bool namesPlace(qsizetype verb) const
    {
        const qsizetype place = nameBehind(verb);
        const QString target = targetAt(place);
        // A text is a path, and a bracket a query or a condition.
        const bool isHidden = target.isEmpty() && isNamed(place);
        return isHidden || target.contains(u'/') || target.contains(u':');
    }

    Effects ofChanging(qsizetype i, const Words &kinds) const
    {
        const auto holdsAny = [this, i](const QStringList &words) {
            return std::ranges::any_of(words, [this, i](const QString &word) { return holds(word, i + 1); });
        };
        Effects effects;
        if (kinds.intersects(accessObjects()) || is(i + 1, "CLEAN"_L1) ||
            holdsAny({u"OWNER"_s, u"MASK"_s, u"FILTER"_s, u"TAG"_s, u"TAGS"_s, u"PRIVILEGES"_s}))
            effects |= Effect::Grants;
        const bool syncs = is(i, "MSCK"_L1) && holds(u"SYNC"_s, i);
        const bool replacesColumns = is(i, "ALTER"_L1) && replaces(i) && holds(u"COLUMNS"_s, i);
        if (holdsAny({u"DROP"_s, u"REMOVE"_s}) || replacesColumns || syncs)
            effects |= Effect::Destroys;
        if (holdsAny({u"LOCATION"_s, u"OPTIONS"_s}) || namesPlace(i))
            effects |= Effect::ReachesOut;
        if (holdsAny({u"SCHEDULE"_s, u"TRIGGER"_s}))
            effects |= Effect::RunsCode;
        return effects;
    }

    /// Remembers the verb and what it is about, for who has to approve it.
    void note(qsizetype i)
    {
        static const Words Session = wordSet("SET RESET USE DECLARE");
        if (isOf(i, Session) && !setsTag(i)) {
            // It may decide which table a name means that stands behind it.
            m_deed->isTargetWhole = false;
            return;
        }
        QStringList verb{at(i).text};
        qsizetype place = i + 1;
        static const Words Silent = wordSet("IF NOT EXISTS ONLY");
        for (const qsizetype name = nameBehind(i); place < name; ++place) {
            if (!isOf(place, Silent))
                verb.append(at(place).text);
        }
        // A yes for what is empty is none for all that may be in it.
        if (at(i).text == "DROP"_L1 && holds(u"CASCADE"_s, i))
            verb.append(u"CASCADE"_s);
        QString target = targetAt(place);
        if (at(i).text == "GRANT"_L1 || at(i).text == "REVOKE"_L1 || setsTag(i)) {
            for (; place < size() && !is(place, "ON"_L1); ++place) {
                if (isWord(place))
                    verb.append(at(place).text);
            }
            // To whom is as much of it as on what.
            target = place < size() && !isMadeAtRunTime(place) ? rest(place + 1) : QString();
        }
        // Of the other verbs nothing that follows is a name for certain.
        static const Words Named = wordSet("INSERT COPY UPDATE MERGE ALTER REPLACE RESTORE DELETE DROP TRUNCATE VACUUM "
                                           "CREATE UNDROP OPTIMIZE ANALYZE REFRESH GRANT REVOKE SET");
        if (!isOf(i, Named))
            target.clear();
        add(&m_deed->verb, verb.join(u' '), u" + "_s);
        m_deed->isTargetWhole = m_deed->isTargetWhole && !target.isEmpty();
        if (!target.isEmpty())
            add(&m_deed->target, target, u", "_s);
    }

    static void add(QString *list, const QString &text, const QString &separator)
    {
        // Texts of thousands of statements are named by their first.
        if (list->size() < 500)
            *list += list->isEmpty() ? text : QString(separator + text);
        else if (!list->endsWith(u'…'))
            *list += u'…';
    }

    void judge(const SqlCall &call)
    {
        if (call.kind == SqlCall::Kind::MadeAtRunTime)
            return blame(Effect::RunsCode | Effect::Unknown, u"calls a function whose name is made at run time"_s);
        if (call.kind == SqlCall::Kind::InQuotes)
            return blame(Effect::Unknown, u"calls a function in quotes"_s);
        QString name = call.parts.join(u'.');
        if (m_trusted.contains(name) && !call.isOdd)
            return;
        // A schema of one's own may be called "builtin".
        const QString builtIn = u"SYSTEM.BUILTIN."_s;
        if (name.startsWith(builtIn) && call.parts.size() == 3)
            name = name.sliced(builtIn.size());
        if (isSecretFunction(call.parts.constLast()))
            m_deed->readsSecret = true;
        if (isReachingFunction(call.parts.constLast()))
            return blame(Effect::ReachesOut, u"calls %1, which reaches beyond the workspace"_s.arg(call.written));
        if (name == "IDENTIFIER"_L1 || (isReadingFunction(name) && !call.isOdd))
            return;
        blame(Effect::RunsCode, u"calls %1, which is not known to read only"_s.arg(call.written));
    }

    void blame(Effects effects, const QString &reason)
    {
        m_deed->effects |= effects;
        constexpr qsizetype MostReasons = 10;
        if (m_deed->reasons.size() < MostReasons && !m_deed->reasons.contains(reason))
            m_deed->reasons.append(reason);
    }

    const SqlWords &m_words;
    const QSet<QString> &m_trusted;
    SqlDeed *m_deed;
    const SqlPlaces m_places;
    QHash<QString, qsizetype> m_last; ///< where a word stands for the last time
    const bool m_isInScript;
    bool m_hasRowFilter = false;
    qsizetype m_lastReplacing = -1; ///< OVERWRITE, or REPLACE that is no function
};

/// A text with one of these is a script, whatever its other parts look like.
bool isOfScript(const SqlWords &words)
{
    const SqlView view(words);
    return view.isLabel(0) || view.isOf(0, controls()) ||
           (view.is(0, "DECLARE"_L1) && std::ranges::any_of(words, [](const SqlWord &word) {
                return word.kind == SqlWord::Kind::Word && word.text == "HANDLER"_L1;
            }));
}

bool mentions(const SqlReading &reading, const char *list)
{
    const Words searched = wordSet(list);
    return std::ranges::any_of(reading.rawWords, [&searched](const QString &word) { return searched.contains(word); });
}

} // namespace

SqlDeed sqlDeed(const QString &sql, const QStringList &trusted)
{
    const SqlReading reading = readSql(sql);
    QSet<QString> known;
    // A shorter name is another function in another schema.
    for (const QString &name : trusted) {
        if (name.count(u'.') == 2)
            known.insert(name.trimmed().toUpper());
    }
    SqlDeed deed;
    const bool isScript = std::ranges::any_of(reading.statements, &isOfScript);
    for (const SqlWords &words : reading.statements)
        Statement(words, isScript, known, &deed).read();
    if (reading.statements.isEmpty())
        deed.effects |= Effect::Unknown;
    if (reading.isDoubtful) {
        deed.effects |= Effect::Unknown;
        deed.reasons.append(u"can be read in more than one way"_s);
        if (mentions(reading, "DROP TRUNCATE DELETE VACUUM RESTORE OVERWRITE PURGE REMOVE REPLACE EXECUTE"))
            deed.effects |= Effect::Destroys;
    }
    // A name or a text that is made at run time may be any, this one too.
    const bool isHidden = deed.effects.testFlag(Effect::Unknown) && mentions(reading, "SECRET TRY_SECRET");
    deed.readsSecret = deed.readsSecret || isHidden;
    if (deed.verb.isEmpty())
        deed.verb = deed.reads() ? u"Read"_s : u"Run SQL"_s;
    return deed;
}

} // namespace Tools
