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
    /// isInScript: it stands, or may stand, within BEGIN and END.
    Statement(const SqlWords &words, bool isInScript, const QSet<QString> &trusted, SqlDeed *deed)
        : SqlView(words)
        , m_words(words)
        , m_trusted(trusted)
        , m_deed(deed)
        , m_isInScript(isInScript)
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
        m_deed->effects |= m_isInScript ? ofScript() : ofStatement(first);
        for (const SqlCall &call : callsIn(m_words))
            judge(call);
        for (qsizetype i = 0; i < size(); ++i) {
            if (readsForeignAddress(i) || readsHiddenPath(i))
                blame(Effect::ReachesOut, u"reads from an address beyond the workspace"_s);
        }
    }

private:
    /// Beyond what external locations of a workspace can be: an address with another scheme than cloud storage has.
    static bool isForeign(const QString &address)
    {
        static const Words Storage = wordSet("S3 S3A S3N ABFS ABFSS WASB WASBS ADL GS R2 DBFS FILE");
        const qsizetype end = address.indexOf(u':');
        const QString scheme = address.left(end).trimmed().toUpper();
        const bool isScheme = end > 0 && std::ranges::all_of(scheme, [](QChar c) {
                                  return c.isLetterOrNumber() || c == u'+' || c == u'.' || c == u'-';
                              });
        return isScheme && (address.sliced(end).startsWith(u":/"_s) || scheme == "JDBC"_L1) &&
               !Storage.contains(scheme);
    }

    /// A file in the web instead of a table or a path: text.`https://…`, read_files('https://…'), LIST 'https://…'
    bool readsForeignAddress(qsizetype i) const
    {
        if (at(i).kind == SqlWord::Kind::Name)
            return isForeign(at(i).text);
        static const Words Files = wordSet("LIST LS READ_FILES");
        const bool isNamedPath = isSymbol(i - 1, u'>') && isSymbol(i - 2, u'=') && is(i - 3, "PATH"_L1);
        const bool isCopied = is(i - 1, "FROM"_L1) && holds(u"COPY"_s, 0);
        const bool isPath =
            isCopied || isOf(i - 1, Files) || (isSymbol(i - 1, u'(') && isOf(i - 2, Files)) || isNamedPath;
        const bool isName = isSymbol(i - 1, u'(') && is(i - 2, "IDENTIFIER"_L1);
        return at(i).kind == SqlWord::Kind::Text &&
               ((isPath && isForeign(at(i).raw)) || (isName && isForeign(at(i).raw.section(u'`', 1, 1))));
    }

    /// read_files() of a path that is put together or given at run time.
    bool readsHiddenPath(qsizetype i) const
    {
        if (!is(i, "READ_FILES"_L1) || !isSymbol(i + 1, u'('))
            return false;
        qsizetype path = i + 2;
        if (is(path, "PATH"_L1) && isSymbol(path + 1, u'=') && isSymbol(path + 2, u'>'))
            path += 3;
        const bool isText = path < size() && at(path).kind == SqlWord::Kind::Text;
        return !isText || !(isSymbol(path + 1, u',') || isSymbol(path + 1, u')'));
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
        if (Writing.contains(verb) && ((m_isForeign && verb == "INSERT"_L1) || namesPlace(i) || copiesWithCredential))
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
        constexpr qsizetype Most = 200;
        const qsizetype begin = i + 2;
        int depth = 1;
        for (i = begin; depth > 0; ++i) {
            if (i >= size() || i - begin > Most)
                return true;
            const bool isKey = depth == 1 && (isSymbol(i - 1, u'(') || isSymbol(i - 1, u','));
            if (isKey && (!isOf(i, Harmless) || isSymbol(i + 1, u'.')))
                return true;
            depth += isSymbol(i, u'(') ? 1 : isSymbol(i, u')') ? -1 : 0;
        }
        return false;
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

    /// Where the name of what the verb is about begins. No statement has many words before it.
    qsizetype nameBehind(qsizetype verb) const
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

    /// A name or a value from there on that the text does not say: IDENTIFIER(…), :parameter, ?
    bool isMadeAtRunTime(qsizetype from) const
    {
        for (qsizetype i = from; i < size(); ++i) {
            if (isSymbol(i, u':') || isSymbol(i, u'?') || (is(i, "IDENTIFIER"_L1) && isSymbol(i + 1, u'(')))
                return true;
        }
        return false;
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

    /// The name there, where what follows shows that it is one: "WITH" of WITH SCHEMA EVOLUTION is none.
    QString targetAt(qsizetype place) const
    {
        qsizetype behind = place;
        while (isNamed(behind) && isSymbol(behind + 1, u'.'))
            behind += 2;
        if (is(place, "ON"_L1) || isOf(place, behindNames()) ||
            (is(behind, "IDENTIFIER"_L1) && isSymbol(behind + 1, u'(')))
            return {};
        const auto isEnd = [this](qsizetype i) {
            return i >= size() || isSymbol(i, u'(') || isSymbol(i, u',') || isSymbol(i, u'@') || isOf(i, behindNames());
        };
        const bool hasAlias = isWord(behind + 1) && isEnd(behind + 2);
        return isEnd(behind + 1) || hasAlias ? nameAt(place) : QString();
    }

    /// "main.sales.orders", as written.
    QString nameAt(qsizetype place) const
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
    const bool m_isInScript;
    bool m_isForeign = false; ///< USING or OPTIONS tell of data beyond the workspace
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
