#include "tools/sql/grammar/sqlclassifier.h"

#include "tools/sql/grammar/sqlcalls.h"
#include "tools/sql/grammar/sqlfunctions.h"
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

class Statement : private SqlView
{
public:
    Statement(const SqlWords &words, const QSet<QString> &trusted, SqlDeed *deed)
        : SqlView(words)
        , m_words(words)
        , m_trusted(trusted)
        , m_deed(deed)
    {
        for (qsizetype i = 0; i < size(); ++i) {
            if (!isWord(i) || isSymbol(i - 1, u'.'))
                continue;
            m_last.insert(at(i).text, i);
            if (is(i, "OVERWRITE"_L1) || (is(i, "REPLACE"_L1) && !isSymbol(i + 1, u'(')))
                m_lastReplacing = i;
            m_isForeign = m_isForeign || usesForeignFormat(i) || hasForeignOptions(i);
            m_hasRowFilter = m_hasRowFilter || (is(i, "FILTER"_L1) && is(i - 1, "ROW"_L1));
        }
    }

    void read()
    {
        qsizetype first = 0;
        while (isSymbol(first, u'('))
            ++first;
        m_deed->effects |= ofStatement(first);
        for (const SqlCall &call : callsIn(m_words))
            judge(call);
        if (std::ranges::any_of(m_words, &isForeignAddress))
            blame(Effect::ReachesOut, u"reads from an address beyond the workspace"_s);
    }

private:
    /// A file in the web instead of a table: text.`https://…`
    static bool isForeignAddress(const SqlWord &word)
    {
        static const QStringList Schemes{u"HTTP:"_s, u"HTTPS:"_s, u"FTP:"_s, u"SFTP:"_s, u"JDBC:"_s};
        return word.kind == SqlWord::Kind::Name && std::ranges::any_of(Schemes, [&word](const QString &scheme) {
                   return word.text.trimmed().startsWith(scheme);
               });
    }

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
        if (isOf(first, controls()) || (isWord(first) && isSymbol(first + 1, u':')))
            return Effect::Adds | ofAllVerbs(first);
        // What a handler does stands behind it, without an end of statement between.
        if (is(first, "DECLARE"_L1) && holds(u"HANDLER"_s, first))
            return Effect::Adds | ofAllVerbs(first + 1);
        if (isVerb(first))
            return ofVerb(first);
        return Effect::Unknown;
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
            if (is(i, "USING"_L1) && at(i + 1).kind == SqlWord::Kind::Text)
                return true;
        }
        return false;
    }

    /// The kinds of things that the verb is about: those before the name.
    Words kindsAfter(qsizetype verb) const
    {
        Words kinds;
        for (qsizetype i = verb + 1; isOf(i, fillers()) || isOf(i, objects()); ++i)
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
            effects = Effect::Replaces | Effect::Destroys;
        if (verb == "REORG"_L1 && holds(u"PURGE"_s, i))
            effects |= Effect::Destroys;
        if (verb == "CREATE"_L1)
            effects = ofMaking(i, kinds);
        // It decides whose function a name means.
        if (verb == "SET"_L1 && is(i + 1, "PATH"_L1))
            effects |= Effect::RunsCode | Effect::Unknown;
        // Tags may decide who sees what.
        if (setsTag(i))
            effects = Effect::Replaces | Effect::Grants;
        if (verb == "ALTER"_L1 || verb == "DROP"_L1 || verb == "COMMENT"_L1 || verb == "SYNC"_L1)
            effects |= ofChanging(i, kinds);
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
        if (holds(u"LOCATION"_s, i) || m_isForeign || namesPlace(i))
            effects |= Effect::ReachesOut;
        if (holds(u"MASK"_s, i) || m_hasRowFilter)
            effects |= Effect::Grants;
        return effects;
    }

    /// USING a database beyond the workspace, or what nobody knows. JOIN … USING has a bracket.
    bool usesForeignFormat(qsizetype i) const
    {
        static const Words Own = wordSet("DELTA ICEBERG PARQUET CSV JSON ORC AVRO TEXT XML BINARYFILE");
        const bool isOwn = isNamed(i + 1) && Own.contains(at(i + 1).text) && !isSymbol(i + 2, u'.');
        return is(i, "USING"_L1) && !isSymbol(i + 1, u'(') && !isOwn;
    }

    /// OPTIONS (path '…'). What a quoted option is called nobody sees.
    bool hasForeignOptions(qsizetype i) const
    {
        static const Words Harmless = wordSet("HEADER SEP DELIMITER INFERSCHEMA MULTILINE MODE ENCODING QUOTE ESCAPE "
                                              "NULLVALUE DATEFORMAT TIMESTAMPFORMAT COMPRESSION");
        if (!is(i, "OPTIONS"_L1) || !isSymbol(i + 1, u'('))
            return false;
        for (i += 2; i < size() && !isSymbol(i, u')'); ++i) {
            const bool isKey = isSymbol(i - 1, u'(') || isSymbol(i - 1, u',');
            if (isKey && !isOf(i, Harmless))
                return true;
        }
        return false;
    }

    /// A table at a place of its own: delta.`s3://…`
    bool namesPlace(qsizetype verb) const
    {
        const QString target = nameAt(nameBehind(verb));
        return target.contains(u'/') || target.contains(u':');
    }

    /// Where the name of what the verb is about begins.
    qsizetype nameBehind(qsizetype verb) const
    {
        qsizetype place = verb + 1;
        while (isOf(place, fillers()) || isOf(place, objects()))
            ++place;
        return place;
    }

    Effects ofChanging(qsizetype i, const Words &kinds) const
    {
        Effects effects;
        if (kinds.intersects(accessObjects()) || holds(u"OWNER"_s, i) || holds(u"MASK"_s, i) || holds(u"FILTER"_s, i))
            effects |= Effect::Grants;
        if (holds(u"DROP"_s, i + 1) || holds(u"REMOVE"_s, i + 1))
            effects |= Effect::Destroys;
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
        while (isOf(place, fillers()) || isOf(place, objects())) {
            if (!isOf(place, Silent))
                verb.append(at(place).text);
            ++place;
        }
        // A yes for what is empty is none for all that may be in it.
        if (at(i).text == "DROP"_L1 && holds(u"CASCADE"_s, i))
            verb.append(u"CASCADE"_s);
        QString target = nameAt(place);
        if (at(i).text == "GRANT"_L1 || at(i).text == "REVOKE"_L1 || setsTag(i)) {
            for (; place < size() && !is(place, "ON"_L1); ++place) {
                if (isWord(place))
                    verb.append(at(place).text);
            }
            // To whom is as much of it as on what.
            target = place < size() ? rest(place + 1) : QString();
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

    /// The words from there on, as written.
    QString rest(qsizetype place) const
    {
        QStringList words;
        for (; place < size() && words.size() < 20; ++place)
            words.append(at(place).raw.isEmpty() ? at(place).text : at(place).raw);
        // What is cut is no target that a yes could be for.
        if (place < size())
            words.append(u"…"_s);
        return words.join(u' ');
    }

    static void add(QString *list, const QString &text, const QString &separator)
    {
        // Texts of thousands of statements are named by their first.
        if (list->size() < 500)
            *list += list->isEmpty() ? text : QString(separator + text);
        else if (!list->endsWith(u'…'))
            *list += u'…';
    }

    /// "main.sales.orders", as written.
    QString nameAt(qsizetype place) const
    {
        QString name;
        // Made at run time it may be any.
        if (is(place, "IDENTIFIER"_L1) && isSymbol(place + 1, u'('))
            return {};
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
    QHash<QString, qsizetype> m_last; ///< where a word stands for the last time
    bool m_isForeign = false;         ///< USING or OPTIONS tell of data beyond the workspace
    bool m_hasRowFilter = false;
    qsizetype m_lastReplacing = -1; ///< OVERWRITE, or REPLACE that is no function
};

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
    for (const SqlWords &words : reading.statements)
        Statement(words, known, &deed).read();
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
