#include "tools/sql/sqlclassifier.h"

#include "tools/sql/sqlfunctions.h"
#include "tools/sql/sqlwords.h"

#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using Calls::Effect;
using Calls::Effects;

namespace Tools {

namespace {

using Words = QSet<QString>;

Words words(const char *text)
{
    const QStringList list = QString::fromLatin1(text).split(u' ');
    return Words(list.begin(), list.end());
}

/// The words with which statements begin that change something, wherever in a text they stand, and what they do. Some
/// are looked at more closely.
const QHash<QString, Effects> &verbs()
{
    static const QHash<QString, Effects> all{
        {u"INSERT"_s, Effect::Appends},
        {u"COPY"_s, Effect::Appends},
        {u"LOAD"_s, Effect::Appends},
        {u"UPDATE"_s, Effect::Replaces},
        {u"MERGE"_s, Effect::Replaces},
        {u"ALTER"_s, Effect::Replaces},
        {u"REPLACE"_s, Effect::Replaces},
        {u"COMMENT"_s, Effect::Replaces},
        {u"RESTORE"_s, Effect::Replaces},
        {u"CONVERT"_s, Effect::Replaces},
        {u"SYNC"_s, Effect::Replaces},
        {u"MSCK"_s, Effect::Replaces},
        {u"REPAIR"_s, Effect::Replaces},
        {u"FSCK"_s, Effect::Replaces},
        {u"REORG"_s, Effect::Replaces},
        {u"DELETE"_s, Effect::Destroys},
        {u"DROP"_s, Effect::Destroys},
        {u"TRUNCATE"_s, Effect::Destroys},
        {u"VACUUM"_s, Effect::Destroys},
        {u"REMOVE"_s, Effect::Destroys},
        {u"PURGE"_s, Effect::Destroys},
        {u"GRANT"_s, Effect::Grants},
        {u"REVOKE"_s, Effect::Grants},
        {u"DENY"_s, Effect::Grants},
        {u"CALL"_s, Effect::RunsCode},
        {u"EXECUTE"_s, Effect::RunsCode | Effect::Unknown},
        {u"ADD"_s, Effect::RunsCode},
        {u"CREATE"_s, Effect::Adds},
        {u"UNDROP"_s, Effect::Adds},
        {u"PUT"_s, Effect::Adds},
        // Other files, the same data.
        {u"OPTIMIZE"_s, Effect::Adds},
        {u"ANALYZE"_s, Effect::Adds},
        {u"GENERATE"_s, Effect::Adds},
        {u"REFRESH"_s, Effect::Adds},
        {u"CACHE"_s, Effect::Adds},
        {u"UNCACHE"_s, Effect::Adds},
        {u"CLEAR"_s, Effect::Adds},
        // They change the session, which ends with the text.
        {u"SET"_s, Effect::Adds},
        {u"RESET"_s, Effect::Adds},
        {u"USE"_s, Effect::Adds},
        {u"DECLARE"_s, Effect::Adds},
    };
    return all;
}

const Words &queries()
{
    static const Words all = words("SELECT WITH VALUES TABLE FROM");
    return all;
}

/// Statements that only look.
const Words &inspections()
{
    static const Words all = words("SHOW DESCRIBE DESC EXPLAIN LIST LS");
    return all;
}

/// Parts of a script; any statement may follow them without a semicolon.
const Words &controls()
{
    static const Words all = words("BEGIN END IF ELSE ELSEIF WHILE FOR LOOP REPEAT UNTIL CASE LEAVE ITERATE SIGNAL "
                                   "RESIGNAL OPEN FETCH CLOSE");
    return all;
}

/// Verbs that no query has but as the name of a column; with these it is no query.
const Words &turningVerbs()
{
    static const Words all =
        words("INSERT UPDATE MERGE DELETE INTO CREATE ALTER DROP TRUNCATE VACUUM RESTORE OVERWRITE "
              "PURGE EXECUTE");
    return all;
}

/// Words between a verb and what it works on.
const Words &fillers()
{
    static const Words all = words(
        "IF NOT EXISTS OR REPLACE REFRESH TEMPORARY TEMP GLOBAL EXTERNAL FOREIGN LIVE PRIVATE INTO FROM OVERWRITE "
        "ONLY");
    return all;
}

/// What a statement can make, change and remove.
const Words &objects()
{
    static const Words all =
        words("TABLE TABLES VIEW SCHEMA DATABASE CATALOG VOLUME FUNCTION PROCEDURE SHARE RECIPIENT "
              "PROVIDER CONNECTION LOCATION CREDENTIAL SERVER GROUP USER INDEX POLICY COLUMN "
              "VARIABLE METASTORE STREAMING MATERIALIZED STORAGE SERVICE BLOOMFILTER CLEANROOM");
    return all;
}

const Words &accessObjects()
{
    static const Words all =
        words("SHARE RECIPIENT PROVIDER CONNECTION LOCATION CREDENTIAL STORAGE SERVICE SERVER GROUP "
              "USER POLICY METASTORE CLEANROOM");
    return all;
}

class Statement
{
public:
    Statement(const SqlWords &words, const QSet<QString> &trusted, SqlDeed *deed)
        : m_words(words)
        , m_trusted(trusted)
        , m_deed(deed)
        , m_closing(closings())
    {
        for (qsizetype i = 0; i < m_words.size(); ++i) {
            if (!isWord(i) || isSymbol(i - 1, u'.'))
                continue;
            m_last.insert(m_words.at(i).text, i);
            if (is(i, "OVERWRITE"_L1) || (is(i, "REPLACE"_L1) && !isSymbol(i + 1, u'(')))
                m_lastReplacing = i;
        }
    }

    void read()
    {
        qsizetype first = 0;
        while (isSymbol(first, u'('))
            ++first;
        m_deed->effects |= ofStatement(first);
        for (qsizetype i = 0; i + 1 < m_words.size(); ++i) {
            if (isSymbol(i + 1, u'('))
                readBracketAfter(i);
        }
    }

private:
    bool isWord(qsizetype i) const { return i >= 0 && i < m_words.size() && m_words.at(i).kind == SqlWord::Kind::Word; }
    bool isNamed(qsizetype i) const
    {
        return i >= 0 && i < m_words.size() &&
               (m_words.at(i).kind == SqlWord::Kind::Word || m_words.at(i).kind == SqlWord::Kind::Name);
    }
    bool is(qsizetype i, QLatin1StringView word) const { return isWord(i) && m_words.at(i).text == word; }
    bool isOf(qsizetype i, const Words &among) const { return isWord(i) && among.contains(m_words.at(i).text); }
    bool isSymbol(qsizetype i, QChar symbol) const
    {
        return i >= 0 && i < m_words.size() && m_words.at(i).kind == SqlWord::Kind::Symbol &&
               m_words.at(i).text == symbol;
    }
    /// The word stands there or later as one of its own: not as the column of "t.delete".
    bool holds(const QString &word, qsizetype from) const { return m_last.value(word, -1) >= from; }
    bool replaces(qsizetype from) const { return m_lastReplacing >= from; }

    /// For every opening bracket the place of the closing one; -1 elsewhere.
    QList<qsizetype> closings() const
    {
        QList<qsizetype> closing(m_words.size(), -1);
        QList<qsizetype> open;
        for (qsizetype i = 0; i < m_words.size(); ++i) {
            if (isSymbol(i, u'('))
                open.append(i);
            else if (isSymbol(i, u')') && !open.isEmpty())
                closing[open.takeLast()] = i;
        }
        return closing;
    }

    Effects ofStatement(qsizetype first)
    {
        if (isOf(first, inspections()) && first == 0)
            // Elsewhere EXPLAIN ANALYZE runs what it explains.
            return is(first, "EXPLAIN"_L1) && is(first + 1, "ANALYZE"_L1) ? Effect::Unknown : Effects();
        if (isOf(first, queries()))
            return ofQuery(first);
        if (isOf(first, controls()) || (isWord(first) && isSymbol(first + 1, u':')))
            return Effect::Adds | ofAllVerbs(first);
        if (isWord(first) && verbs().contains(m_words.at(first).text))
            return ofVerb(first);
        return Effect::Unknown;
    }

    Effects ofQuery(qsizetype first)
    {
        Effects effects = runsScript() ? Effect::RunsCode : Effects();
        for (qsizetype i = first; i < m_words.size(); ++i) {
            if (!isOf(i, turningVerbs()) || isSymbol(i - 1, u'.'))
                continue;
            if (verbs().contains(m_words.at(i).text))
                effects |= ofVerb(i);
            else if (is(i, "INTO"_L1) && !isWord(i - 1))
                effects |= Effect::Adds;
            else if (is(i, "INTO"_L1) && !verbs().contains(m_words.at(i - 1).text))
                effects |= Effect::Adds;
        }
        return effects;
    }

    Effects ofAllVerbs(qsizetype first)
    {
        Effects effects;
        for (qsizetype i = first; i < m_words.size(); ++i) {
            const bool isVerb = isWord(i) && verbs().contains(m_words.at(i).text) && !isSymbol(i - 1, u'.');
            if (isVerb && !isSymbol(i + 1, u'('))
                effects |= ofVerb(i);
        }
        return effects;
    }

    /// SELECT TRANSFORM(…) USING 'script' runs a program; JOIN … USING (column) does not.
    bool runsScript() const
    {
        for (qsizetype i = 0; i + 1 < m_words.size(); ++i) {
            if (is(i, "USING"_L1) && m_words.at(i + 1).kind == SqlWord::Kind::Text)
                return true;
        }
        return false;
    }

    /// The kinds of things that the verb is about: those before the name.
    Words kindsAfter(qsizetype verb) const
    {
        Words kinds;
        for (qsizetype i = verb + 1; isOf(i, fillers()) || isOf(i, objects()); ++i)
            kinds.insert(m_words.at(i).text);
        return kinds;
    }

    Effects ofVerb(qsizetype i)
    {
        const QString verb = m_words.at(i).text;
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
        if (verb == "ALTER"_L1 || verb == "DROP"_L1 || verb == "COMMENT"_L1)
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
        if (holds(u"LOCATION"_s, i) || usesForeignFormat(i))
            effects |= Effect::ReachesOut;
        if (holds(u"MASK"_s, i) || (holds(u"FILTER"_s, i) && is(m_last.value(u"FILTER"_s) - 1, "ROW"_L1)))
            effects |= Effect::Grants;
        return effects;
    }

    /// A table over another database, or one whose kind nobody knows.
    bool usesForeignFormat(qsizetype from) const
    {
        static const Words Own = words("DELTA ICEBERG PARQUET CSV JSON ORC AVRO TEXT XML BINARYFILE");
        const qsizetype i = m_last.value(u"USING"_s, -1);
        return i >= from && !isSymbol(i + 1, u'(') && isNamed(i + 1) && !Own.contains(m_words.at(i + 1).text);
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
        static const Words Session = words("SET RESET USE DECLARE");
        if (isOf(i, Session))
            return;
        QStringList verb{m_words.at(i).text};
        qsizetype at = i + 1;
        static const Words Silent = words("IF NOT EXISTS ONLY");
        while (isOf(at, fillers()) || isOf(at, objects())) {
            if (!isOf(at, Silent))
                verb.append(m_words.at(at).text);
            ++at;
        }
        QString target = nameAt(at);
        if (m_words.at(i).text == "GRANT"_L1 || m_words.at(i).text == "REVOKE"_L1) {
            for (; at < m_words.size() && !is(at, "ON"_L1); ++at) {
                if (isWord(at))
                    verb.append(m_words.at(at).text);
            }
            // To whom is as much of it as on what.
            target = at < m_words.size() ? rest(at + 1) : QString();
        }
        // Of the other verbs nothing that follows is a name for certain.
        static const Words Named = words("INSERT COPY UPDATE MERGE ALTER REPLACE RESTORE DELETE DROP TRUNCATE VACUUM "
                                         "CREATE UNDROP OPTIMIZE ANALYZE REFRESH GRANT REVOKE");
        if (!isOf(i, Named))
            target.clear();
        add(&m_deed->verb, verb.join(u' '), u" + "_s);
        m_deed->isTargetWhole = m_deed->isTargetWhole && !target.isEmpty();
        if (!target.isEmpty())
            add(&m_deed->target, target, u", "_s);
    }

    /// The words from there on, as written.
    QString rest(qsizetype at) const
    {
        QStringList words;
        for (; at < m_words.size() && words.size() < 20; ++at)
            words.append(m_words.at(at).raw.isEmpty() ? m_words.at(at).text : m_words.at(at).raw);
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
    QString nameAt(qsizetype at) const
    {
        QString name;
        // Made at run time it may be any.
        if (is(at, "IDENTIFIER"_L1) && isSymbol(at + 1, u'('))
            return {};
        while (isNamed(at)) {
            const SqlWord &word = m_words.at(at);
            const bool isPlain = word.kind == SqlWord::Kind::Word || !word.raw.contains(u'.');
            name += isPlain ? word.raw : QString(u'`' + word.raw + u'`');
            if (!isSymbol(at + 1, u'.'))
                break;
            name += u'.';
            at += 2;
        }
        return name;
    }

    /// A bracket opens behind this word: is it a call, and of what?
    void readBracketAfter(qsizetype i)
    {
        const SqlWord &word = m_words.at(i);
        if (word.kind == SqlWord::Kind::Symbol) {
            // IDENTIFIER(…)(…), f(…)(…), a[0](…): a name made at run time, or an alias's columns behind a subquery.
            const bool isCalled = isSymbol(i, u')') || isSymbol(i, u']');
            // INSERT INTO t (a, b) (SELECT …)
            const bool isQuery = is(i + 2, "SELECT"_L1) || is(i + 2, "WITH"_L1);
            if (isCalled && !isQuery)
                blame(Effect::RunsCode | Effect::Unknown, u"calls a function whose name is made at run time"_s);
            return;
        }
        if (word.kind == SqlWord::Kind::Text) {
            blame(Effect::Unknown, u"calls a function in quotes"_s);
            return;
        }
        if (isGrammar(i) || isNoCall(i))
            return;
        readCall(i);
    }

    /// The bracket behind this word is the grammar's own.
    bool isGrammar(qsizetype i) const
    {
        if (!isWord(i) || isSymbol(i - 1, u'.'))
            return false;
        const QString &word = m_words.at(i).text;
        // No function takes a query that has no bracket of its own.
        if (isStructure(word) || is(i + 2, "SELECT"_L1) || is(i + 2, "WITH"_L1))
            return true;
        if (opensList(word) && isOperand(i - 1))
            return true;
        static const QHash<QString, Words> behind{{u"KEY"_s, words("PRIMARY FOREIGN")},
                                                  {u"GROUP"_s, words("WITHIN")},
                                                  {u"TAGS"_s, words("SET UNSET")},
                                                  {u"SETS"_s, words("GROUPING")},
                                                  {u"ROLLUP"_s, words("BY")},
                                                  {u"CUBE"_s, words("BY")},
                                                  {u"STREAM"_s, words("FROM")},
                                                  {u"INSERT"_s, words("THEN")},
                                                  {u"COLUMNS"_s, words("ADD REPLACE FOR")},
                                                  {u"TABLE"_s, words("FROM JOIN")},
                                                  {u"IF"_s, words("BEGIN ELSEIF")},
                                                  {u"REPLACE"_s, words("EXCEPT")},
                                                  {u"TBLPROPERTIES"_s, words("SET UNSET")}};
        const auto before = behind.constFind(word);
        return before != behind.cend() && isOf(i - 1, *before);
    }

    /// What stands there is the end of an expression or a name, so that no call can follow it.
    bool isOperand(qsizetype i) const
    {
        if (i < 0 || i >= m_words.size())
            return false;
        const SqlWord &word = m_words.at(i);
        if (word.kind == SqlWord::Kind::Symbol)
            return word.text == u")"_s || word.text == u"*"_s;
        return word.kind != SqlWord::Kind::Word || isSymbol(i - 1, u'.') || !precedesExpression(word.text);
    }

    void readCall(qsizetype i)
    {
        QStringList parts{m_words.at(i).text};
        QStringList written{m_words.at(i).raw};
        qsizetype begin = i;
        while (isSymbol(begin - 1, u'.') && isNamed(begin - 2)) {
            begin -= 2;
            parts.prepend(m_words.at(begin).text);
            written.prepend(m_words.at(begin).raw);
        }
        const bool isOddlyQualified = isSymbol(begin - 1, u'.');
        QString name = parts.join(u'.');
        const QString shown = written.join(u'.') + u"()"_s;
        if (m_trusted.contains(name))
            return;
        for (const QString &builtIn : {u"SYSTEM.BUILTIN."_s, u"BUILTIN."_s}) {
            if (name.startsWith(builtIn))
                name = name.sliced(builtIn.size());
        }
        if (isSecretFunction(parts.constLast()))
            m_deed->readsSecret = true;
        if (isReachingFunction(parts.constLast()))
            return blame(Effect::ReachesOut, u"calls %1, which reaches beyond the workspace"_s.arg(shown));
        if (name == "IDENTIFIER"_L1 || (isReadingFunction(name) && !isOddlyQualified))
            return;
        blame(Effect::RunsCode, u"calls %1, which is not known to read only"_s.arg(shown));
    }

    void blame(Effects effects, const QString &reason)
    {
        m_deed->effects |= effects;
        constexpr qsizetype MostReasons = 10;
        if (m_deed->reasons.size() < MostReasons && !m_deed->reasons.contains(reason))
            m_deed->reasons.append(reason);
    }

    /// A name with a bracket behind it that lists columns: of a common table, an alias, a table that is written or
    /// made.
    bool isNoCall(qsizetype i) const
    {
        qsizetype begin = i;
        while (isSymbol(begin - 1, u'.') && isNamed(begin - 2))
            begin -= 2;
        const qsizetype before = begin - 1;
        if (is(before, "AS"_L1) && begin == i)
            return true;
        // Of a subquery or a table function: (…) t(a, b). No operand follows a bracket.
        if (isSymbol(before, u')') && begin == i)
            return true;
        static const Words Written = words("INTO TABLE VIEW REFERENCES EXISTS OVERWRITE");
        static const Words Making = words("CREATE INSERT REPLACE COPY ALTER MERGE");
        const bool isLateral = is(before - 1, "LATERAL"_L1);
        if (isOf(before, Written) && !isLateral && !is(0, "SELECT"_L1) && (isOf(0, Making) || is(before, "INTO"_L1)))
            return true;
        static const Words Beginnings = words("FUNCTION PROCEDURE");
        if (isOf(before, Beginnings) && is(0, "CREATE"_L1))
            return true;
        return isCommonTable(i, before);
    }

    /// WITH a(b) AS (SELECT …), c(d) AS (…)
    bool isCommonTable(qsizetype i, qsizetype before) const
    {
        if (!is(before, "WITH"_L1) && !is(before, "RECURSIVE"_L1) && !isSymbol(before, u','))
            return false;
        const qsizetype end = m_closing.at(i + 1);
        if (end < 0 || !is(end + 1, "AS"_L1) || !isSymbol(end + 2, u'('))
            return false;
        // f(x) AS (a, b) names the columns of a generator.
        qsizetype inside = end + 3;
        while (isSymbol(inside, u'('))
            ++inside;
        return isOf(inside, queries()) && !isSymbol(inside + 1, u',') && !isSymbol(inside + 1, u')');
    }

    const SqlWords &m_words;
    const QSet<QString> &m_trusted;
    SqlDeed *m_deed;
    QList<qsizetype> m_closing;
    QHash<QString, qsizetype> m_last; ///< where a word stands for the last time
    qsizetype m_lastReplacing = -1;   ///< OVERWRITE, or REPLACE that is no function
};

bool mentions(const SqlReading &reading, const char *list)
{
    const Words searched = words(list);
    return std::ranges::any_of(reading.rawWords, [&searched](const QString &word) { return searched.contains(word); });
}

} // namespace

SqlDeed sqlDeed(const QString &sql, const QStringList &trusted)
{
    const SqlReading reading = readSql(sql);
    QSet<QString> known;
    for (const QString &name : trusted)
        known.insert(name.trimmed().toUpper());
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
