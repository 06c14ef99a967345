#include "sample/sqltranslation.h"

#include "sample/identity.h"
#include "sample/sqlfailure.h"
#include "sample/sqlfunctions.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

using Kind = SqlToken::Kind;

const QSet<QString> tableComesNext{u"FROM"_s, u"JOIN"_s, u"INTO"_s, u"UPDATE"_s, u"TABLE"_s};
const QSet<QString> endsTables{u"WHERE"_s, u"GROUP"_s,     u"ORDER"_s, u"HAVING"_s, u"LIMIT"_s,  u"SELECT"_s,
                               u"UNION"_s, u"INTERSECT"_s, u"SET"_s,   u"EXCEPT"_s, u"VALUES"_s, u"WINDOW"_s};
/// A word behind a table's name that is not its alias.
const QSet<QString> followsTables{u"WHERE"_s, u"GROUP"_s,   u"ORDER"_s, u"HAVING"_s,    u"LIMIT"_s,  u"SELECT"_s,
                                  u"ON"_s,    u"UNION"_s,   u"SET"_s,   u"INTERSECT"_s, u"EXCEPT"_s, u"VALUES"_s,
                                  u"JOIN"_s,  u"USING"_s,   u"INNER"_s, u"LEFT"_s,      u"RIGHT"_s,  u"FULL"_s,
                                  u"CROSS"_s, u"NATURAL"_s, u"OUTER"_s, u"AS"_s,        u"WINDOW"_s, u"OFFSET"_s};

/// range(n) and range(a, b), the one table function.
QString rangeQuery(const QString &begin, const QString &end)
{
    return u"(WITH RECURSIVE counted(id) AS (SELECT %1 WHERE %1 < %2 UNION ALL SELECT id + 1 FROM counted WHERE id + 1 "
           u"< "
           "%2) SELECT id FROM counted)"_s.arg(begin, end);
}

class Translator
{
public:
    Translator(const SqlTokens &tokens, const SqlCatalog &catalog, const SqlDefaults &defaults)
        : m_tokens(tokens)
        , m_catalog(catalog)
        , m_defaults(defaults)
        , m_places(1)
    {
        for (qsizetype i = 0; i + 2 < m_tokens.size(); ++i) {
            const bool named = is(i, "WITH"_L1) || m_tokens.at(i).isSymbol(","_L1) || is(i, "RECURSIVE"_L1);
            if (named && m_tokens.at(i + 1).isIdentifier() && (is(i + 2, "AS"_L1) || symbol(i + 2, "("_L1)))
                m_ctes.insert(m_tokens.at(i + 1).text.toLower());
        }
    }

    SqlTranslation run()
    {
        while (m_at < m_tokens.size())
            step();
        m_result.sql = m_out.join(u' ');
        return m_result;
    }

private:
    /// What a pair of parentheses holds.
    struct Place
    {
        bool inTables = false;
        QString after = u")"_s;
        QString comma = u","_s;
        bool isCast = false;
    };

    bool is(qsizetype i, QLatin1StringView word) const { return i < m_tokens.size() && m_tokens.at(i).isWord(word); }
    bool symbol(qsizetype i, QLatin1StringView text) const
    {
        return i >= 0 && i < m_tokens.size() && m_tokens.at(i).isSymbol(text);
    }

    void step()
    {
        const SqlToken &token = m_tokens.at(m_at);
        if (token.kind == Kind::Symbol)
            return stepSymbol(token);
        if (m_tableNext && token.isIdentifier() && !is(m_at, "SELECT"_L1))
            return stepTable();
        m_tableNext = false;
        if (token.kind == Kind::Word && stepKeyword(token.text.toUpper()))
            return;
        if (token.isIdentifier())
            return stepName();
        if (token.kind == Kind::Parameter && !m_result.parameters.contains(token.text))
            m_result.parameters.append(token.text);
        m_out.append(inSqlite(token));
        ++m_at;
    }

    void stepSymbol(const SqlToken &token)
    {
        if (token.text == "("_L1) {
            m_places.append(Place());
            m_out.append(token.text);
        } else if (token.text == ")"_L1) {
            if (m_places.size() < 2)
                throw SqlFailure::syntax(u")"_s);
            m_out.append(m_places.takeLast().after);
        } else if (token.text == ","_L1) {
            m_tableNext = m_places.last().inTables;
            m_out.append(m_places.last().comma);
            ++m_at;
            return;
        } else {
            m_out.append(token.text == "=="_L1 ? u"="_s : token.text);
        }
        m_tableNext = false;
        ++m_at;
    }

    bool stepKeyword(const QString &word)
    {
        if (tableComesNext.contains(word)) {
            m_tableNext = true;
            m_places.last().inTables = word == "FROM"_L1 || word == "JOIN"_L1;
        } else if (endsTables.contains(word)) {
            m_places.last().inTables = false;
        } else if ((word == "DATE"_L1 || word == "TIMESTAMP"_L1) && m_at + 1 < m_tokens.size() &&
                   m_tokens.at(m_at + 1).kind == Kind::Text) {
            ++m_at;
            return true;
        } else if (m_places.last().isCast && m_at > 0 && is(m_at - 1, "AS"_L1)) {
            m_out.append(castType(word));
            ++m_at;
            return true;
        } else {
            return word == "ILIKE"_L1 && replaceWord(u"LIKE"_s);
        }
        return replaceWord(word);
    }

    bool replaceWord(const QString &word)
    {
        m_out.append(word);
        ++m_at;
        return true;
    }

    void stepName()
    {
        const SqlToken &token = m_tokens.at(m_at);
        if (symbol(m_at + 1, "("_L1))
            return stepFunction(token);
        qsizetype behind = m_at;
        QStringList parts = readName(m_tokens, behind);
        // catalog.schema.table.column, or schema.table.column: SQLite knows the table by its last name.
        for (qsizetype tableParts = 3; tableParts >= 2; --tableParts) {
            if (parts.size() > tableParts &&
                m_catalog.find(SqlCatalog::fullName(parts.first(tableParts), m_defaults))) {
                parts.remove(0, tableParts - 1);
                break;
            }
        }
        if (parts.size() == 1 && token.kind == Kind::Word) {
            m_out.append(token.text);
        } else {
            QStringList quoted;
            for (const QString &part : parts)
                quoted.append(part == "*"_L1 ? part : inSqlite({Kind::Name, part}));
            m_out.append(quoted.join(u'.'));
        }
        m_at = behind;
    }

    void stepFunction(const SqlToken &token)
    {
        const QString name = token.text.toLower();
        m_at += 2;
        Place place;
        place.isCast = name == "cast"_L1 || name == "try_cast"_L1;
        if (name == "sleep_seconds"_L1) {
            const double seconds = m_at < m_tokens.size() ? m_tokens.at(m_at).text.toDouble() : 0;
            m_result.delay += std::chrono::milliseconds(qRound64(qBound(0.0, seconds, 3600.0) * 1000));
            m_out.append(u"("_s);
        } else if (name == "current_user"_L1) {
            m_out.append(u'(' + inSqlite({Kind::Text, sampleUser()}));
        } else if (name == "current_catalog"_L1 || name == "current_schema"_L1 || name == "current_database"_L1) {
            m_out.append(u'(' +
                         inSqlite({Kind::Text, name.endsWith("catalog"_L1) ? m_defaults.catalog : m_defaults.schema}));
        } else if (const SqlFunction *function = sqlFunction(name)) {
            m_out.append(function->before);
            place.after = function->after;
            place.comma = function->comma;
        } else {
            m_out.append((place.isCast ? u"cast"_s : token.text) + u'(');
        }
        m_places.append(place);
    }

    void stepTable()
    {
        const bool mayHaveAlias = m_places.last().inTables;
        m_tableNext = false;
        const qsizetype begin = m_at;
        const QStringList parts = readName(m_tokens, m_at);
        const bool isFunction = mayHaveAlias && symbol(m_at, "("_L1);
        if (isFunction)
            return stepRange(parts);
        if (parts.size() == 1 && m_ctes.contains(parts.first().toLower())) {
            m_out.append(inSqlite(m_tokens.at(begin)));
            return;
        }
        const QString fullName = SqlCatalog::fullName(parts, m_defaults);
        if (!m_catalog.find(fullName))
            throw SqlFailure::noSuchTable(parts.join(u'.'));
        if (fullName == "samples.slow.n"_L1)
            m_result.delay += std::chrono::seconds(2);
        m_result.tables.append(fullName);
        m_out.append(inSqlite({Kind::Name, fullName}));
        const bool hasAlias = m_at < m_tokens.size() && m_tokens.at(m_at).isIdentifier() &&
                              (is(m_at, "AS"_L1) || !followsTables.contains(m_tokens.at(m_at).text.toUpper()));
        if (mayHaveAlias && !hasAlias)
            m_out.append(u"AS "_s + inSqlite({Kind::Name, parts.last()}));
    }

    void stepRange(const QStringList &parts)
    {
        if (parts.join(u'.').compare("range"_L1, Qt::CaseInsensitive) != 0)
            throw SqlFailure(u"UNRESOLVABLE_TABLE_VALUED_FUNCTION"_s,
                             u"Could not resolve %1 to a table-valued function."_s.arg(parts.join(u'.')), u"42883"_s);
        QStringList numbers;
        for (++m_at; m_at < m_tokens.size() && !symbol(m_at, ")"_L1); ++m_at) {
            if (m_tokens.at(m_at).kind == Kind::Number)
                numbers.append(m_tokens.at(m_at).text);
        }
        ++m_at;
        if (numbers.isEmpty() || numbers.size() > 2)
            throw SqlFailure::unsupported(u"range() with these arguments"_s);
        m_out.append(numbers.size() == 1 ? rangeQuery(u"0"_s, numbers.first())
                                         : rangeQuery(numbers.at(0), numbers.at(1)));
    }

    const SqlTokens m_tokens;
    const SqlCatalog &m_catalog;
    const SqlDefaults m_defaults;
    QSet<QString> m_ctes;
    QList<Place> m_places;
    qsizetype m_at = 0;
    bool m_tableNext = false;
    QStringList m_out;
    SqlTranslation m_result;
};

} // namespace

QStringList readName(const SqlTokens &tokens, qsizetype &i)
{
    QStringList parts;
    while (i < tokens.size() && (tokens.at(i).isIdentifier() || (!parts.isEmpty() && tokens.at(i).isSymbol("*"_L1)))) {
        parts.append(tokens.at(i).text);
        ++i;
        if (i >= tokens.size() || !tokens.at(i).isSymbol("."_L1))
            break;
        ++i;
    }
    if (parts.isEmpty())
        throw SqlFailure::syntax(i < tokens.size() ? tokens.at(i).text : u"end of input"_s);
    return parts;
}

SqlTranslation translated(const SqlTokens &tokens, const SqlCatalog &catalog, const SqlDefaults &defaults)
{
    return Translator(tokens, catalog, defaults).run();
}

} // namespace Sample
