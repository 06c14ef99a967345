#include "sample/sql/translation/sqltranslation.h"

#include "sample/admin/identity.h"
#include "sample/sql/expressions/expressiontype.h"
#include "sample/sql/sqlfailure.h"
#include "sample/sql/sqlfunctions.h"
#include "sample/sql/sqlschema.h"
#include "sample/sql/sqlselectitem.h"

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

/// Names that are words of SQLite's language alone.
const QSet<QString> sqlitesOwn{u"NOTHING"_s, u"INDEX"_s,  u"CHECK"_s, u"TRANSACTION"_s,
                               u"UNIQUE"_s,  u"COMMIT"_s, u"ADD"_s};

/// Words that a parenthesis may follow without a call.
const QSet<QString> notFunctions{
    u"IN"_s,   u"AND"_s,  u"OR"_s,       u"NOT"_s,     u"ON"_s,  u"OVER"_s,  u"AS"_s,     u"USING"_s,  u"EXISTS"_s,
    u"WHEN"_s, u"THEN"_s, u"ELSE"_s,     u"CASE"_s,    u"BY"_s,  u"LIMIT"_s, u"OFFSET"_s, u"FILTER"_s, u"LIKE"_s,
    u"IS"_s,   u"ALL"_s,  u"DISTINCT"_s, u"BETWEEN"_s, u"DIV"_s, u"UNION"_s, u"WHERE"_s,  u"SELECT"_s, u"HAVING"_s};

/// What Databricks runs and the sample does not, by the word that shows it.
const QSet<QString> absentWords{u"QUALIFY"_s, u"LATERAL"_s, u"PIVOT"_s,  u"UNPIVOT"_s, u"TABLESAMPLE"_s,
                                u"SEMI"_s,    u"ANTI"_s,    u"ROLLUP"_s, u"CUBE"_s,    u"DISTRIBUTE"_s};

/// Columns of the system tables that are structs: JSON in SQLite.
const QSet<QString> structs{u"usage_metadata"_s, u"identity_metadata"_s, u"pricing"_s};

/// Formats of files that a path can be read in: csv.`/Volumes/…`.
const QSet<QString> fileFormats{u"csv"_s, u"json"_s, u"parquet"_s, u"text"_s, u"delta"_s, u"avro"_s, u"orc"_s};

/// range(n) and range(a, b), the one table function.
QString rangeQuery(const QString &begin, const QString &end)
{
    return u"(WITH RECURSIVE counted(id) AS (SELECT %1 WHERE %1 < %2 UNION ALL SELECT id + 1 FROM counted WHERE id + 1 "
           u"< "
           "%2) SELECT id FROM counted)"_s.arg(begin, end);
}

constexpr int DeepestView = 20;

class Translator
{
public:
    Translator(const SqlTokens &tokens, const SqlCatalog &catalog, const SqlDefaults &defaults, int depth)
        : m_tokens(tokens)
        , m_catalog(catalog)
        , m_defaults(defaults)
        , m_depth(depth)
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
        if (m_places.size() > 1)
            throw SqlFailure::syntax(u"end of input"_s);
        endItem();
        m_result.sql = m_out.join(u' ');
        findDecimals();
        return m_result;
    }

private:
    /// What a pair of parentheses holds.
    struct Place
    {
        QString function = {};            ///< empty: parentheses around an expression or a query
        QList<qsizetype> arguments = {0}; ///< where each begins in m_out
        bool inTables = false;
        qsizetype item = -1; ///< where the item of the SELECT list begins, -1 outside of such a list
        qsizetype itemOut = 0;
        QStringList plainItems = {}; ///< of the SELECT list, those without an aggregate
        QString type = {};           ///< what a CAST names
    };

    /// The columns of an expression are known when all of the tables are. A query in the tables of another stands
    /// behind its columns, one in front of WITH before them: hence twice, from the end.
    void findDecimals()
    {
        const ColumnTypes columns = [this](const QString &name) {
            const QString ofTable = columnType(name, m_result.tables);
            return ofTable.isEmpty() ? m_result.types.value(name.toLower()) : ofTable;
        };
        for (int pass = 0; pass < 2; ++pass) {
            for (auto item = m_items.crbegin(); item != m_items.crend(); ++item) {
                if (const QString type = decimalTypeOf(item->second, columns); !type.isEmpty())
                    m_result.types.insert(item->first, type);
            }
        }
    }

    bool is(qsizetype i, QLatin1StringView word) const { return i < m_tokens.size() && m_tokens.at(i).isWord(word); }
    bool symbol(qsizetype i, QLatin1StringView text) const
    {
        return i >= 0 && i < m_tokens.size() && m_tokens.at(i).isSymbol(text);
    }
    bool isFunction(qsizetype i) const { return m_tokens.at(i).isIdentifier() && symbol(i + 1, "("_L1); }

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

    void open(const QString &function)
    {
        Place place;
        place.function = function;
        place.arguments = {m_out.size()};
        m_places.append(place);
    }

    void close()
    {
        if (m_places.size() < 2)
            throw SqlFailure::syntax(u")"_s);
        endItem();
        const Place place = m_places.takeLast();
        QStringList arguments;
        for (qsizetype i = 0; i < place.arguments.size(); ++i) {
            const qsizetype begin = place.arguments.at(i);
            arguments.append(m_out.mid(begin, place.arguments.value(i + 1, m_out.size()) - begin).join(u' '));
        }
        if (arguments.size() == 1 && arguments.first().isEmpty())
            arguments.clear();
        m_out.resize(place.arguments.first());
        m_out.append(call(place, arguments));
    }

    QString call(const Place &place, const QStringList &arguments)
    {
        const QString inside = u'(' + arguments.join(", "_L1) + u')';
        const QString name = place.function.toLower();
        if (name.isEmpty())
            return inside;
        if (name == "cast"_L1 || name == "try_cast"_L1)
            return sqliteCast(arguments.value(0), place.type.isEmpty() ? u"string"_s : place.type);
        if (name == "sleep_seconds"_L1) {
            const double seconds = arguments.value(0).toDouble();
            m_result.delay += std::chrono::milliseconds(qRound64(qBound(0.0, seconds, 3600.0) * 1000));
            return inside;
        }
        if (name == "current_user"_L1 || name == "session_user"_L1)
            return inSqlite({Kind::Text, sampleUser()});
        if (name == "current_catalog"_L1)
            return inSqlite({Kind::Text, m_defaults.catalog});
        if (name == "current_schema"_L1 || name == "current_database"_L1)
            return inSqlite({Kind::Text, m_defaults.schema});
        return sqliteCall(name, arguments).value_or(place.function + inside);
    }

    void stepSymbol(const SqlToken &token)
    {
        Place &place = m_places.last();
        if (token.text == "("_L1) {
            open({});
        } else if (token.text == ")"_L1) {
            close();
        } else if (token.text == ","_L1) {
            const bool inItems = place.item >= 0;
            endItem();
            m_tableNext = place.inTables;
            ++m_at;
            if (!place.function.isEmpty())
                place.arguments.append(m_out.size());
            else
                m_out.append(u","_s);
            if (inItems)
                beginItem();
            return;
        } else if (token.text == "::"_L1) {
            ++m_at;
            const QString type = readType(m_tokens, m_at);
            if (m_out.isEmpty())
                throw SqlFailure::syntax(u"::"_s);
            m_out.last() = sqliteCast(m_out.last(), type);
            return;
        } else {
            static const QHash<QString, QString> others{{u"=="_s, u"="_s}, {u"<=>"_s, u"IS"_s}, {u"/"_s, u"* 1.0 /"_s}};
            m_out.append(others.value(token.text, token.text));
        }
        m_tableNext = false;
        ++m_at;
    }

    bool stepKeyword(const QString &word)
    {
        Place &place = m_places.last();
        if (absentWords.contains(word))
            throw SqlFailure::unsupported(word);
        if (word == "SELECT"_L1) {
            replaceWord(word);
            if (is(m_at, "DISTINCT"_L1) || is(m_at, "ALL"_L1))
                replaceWord(m_tokens.at(m_at).text.toUpper());
            place.inTables = false;
            place.plainItems.clear();
            beginItem();
            return true;
        }
        if (word == "EXCEPT"_L1 && place.item >= 0 && symbol(m_at - 1, "*"_L1))
            throw SqlFailure::unsupported(u"SELECT * EXCEPT"_s);
        if (tableComesNext.contains(word) || endsTables.contains(word)) {
            endItem();
            m_tableNext = tableComesNext.contains(word);
            place.inTables = word == "FROM"_L1 || word == "JOIN"_L1;
            return replaceWord(word);
        }
        if ((word == "DATE"_L1 || word == "TIMESTAMP"_L1) && m_at + 1 < m_tokens.size() &&
            m_tokens.at(m_at + 1).kind == Kind::Text) {
            ++m_at;
            return true;
        }
        if (word == "AS"_L1 && place.function.endsWith("cast"_L1, Qt::CaseInsensitive)) {
            ++m_at;
            place.type = readType(m_tokens, m_at);
            return true;
        }
        if (word == "ALL"_L1 && is(m_at - 1, "BY"_L1) && is(m_at - 2, "GROUP"_L1)) {
            m_out.append(place.plainItems.join(", "_L1));
            ++m_at;
            return true;
        }
        if (word == "INTERVAL"_L1 && m_at + 1 < m_tokens.size() && !m_tokens.at(m_at + 1).isSymbol("."_L1))
            return stepInterval();
        if (word == "ILIKE"_L1)
            return stepIlike();
        if (word == "RLIKE"_L1 || word == "REGEXP"_L1)
            return replaceWord(u"REGEXP"_s);
        return word == "DIV"_L1 && replaceWord(u"/"_s);
    }

    bool replaceWord(const QString &word)
    {
        m_out.append(word);
        ++m_at;
        return true;
    }

    /// … + INTERVAL 1 DAY, … - INTERVAL '7' DAYS, … + INTERVAL '1 day'
    bool stepInterval()
    {
        QStringList words = m_tokens.at(m_at + 1).text.split(u' ');
        m_at += 2;
        if (words.size() == 1 && m_at < m_tokens.size())
            words.append(m_tokens.at(m_at++).text);
        const QString sign = m_out.isEmpty() ? QString() : m_out.takeLast();
        if (words.size() != 2 || (sign != "+"_L1 && sign != "-"_L1) || m_out.isEmpty())
            throw SqlFailure::unsupported(u"intervals but for one that is added to a time"_s);
        m_out.last() = sqliteShift(m_out.last(), sign, words.at(0), words.at(1));
        return true;
    }

    /// LIKE minds the case, as Databricks' does.
    bool stepIlike()
    {
        const qsizetype left = m_out.size() - (m_out.value(m_out.size() - 1).toUpper() == "NOT"_L1 ? 2 : 1);
        if (left < 0 || m_at + 1 >= m_tokens.size())
            throw SqlFailure::syntax(u"ILIKE"_s);
        m_out[left] = u"lower(%1)"_s.arg(m_out.at(left));
        m_out.append(u"LIKE"_s);
        ++m_at;
        const SqlToken &pattern = m_tokens.at(m_at);
        if (pattern.kind == Kind::Symbol || pattern.kind == Kind::Word)
            return true;
        const qsizetype before = m_out.size();
        step();
        m_out[before] = u"lower(%1)"_s.arg(m_out.at(before));
        return true;
    }

    void beginItem()
    {
        m_places.last().item = m_at;
        m_places.last().itemOut = m_out.size();
    }

    /// An expression without an alias is called what it says, and not as SQLite would show its translation.
    void endItem()
    {
        Place &place = m_places.last();
        if (place.item < 0)
            return;
        const SqlTokens item = m_tokens.mid(place.item, m_at - place.item);
        place.item = -1;
        if (item.isEmpty())
            return;
        const SqlSelectItem read = readSelectItem(item);
        const SqlTokens &expression = read.expression;
        QString alias = read.alias;
        const QString sql = m_out.mid(place.itemOut).join(u' ');
        if (!read.aggregates && !expression.isEmpty())
            place.plainItems.append(alias.isEmpty() ? sql : quotedName(alias));
        const bool isNumber = item.size() == 1 && item.first().kind == Kind::Number;
        if (alias.isEmpty() && read.isColumn && sql.startsWith("json_extract("_L1)) {
            alias = item.last().text;
            m_out.append(u"AS "_s + quotedName(alias));
        }
        if (alias.isEmpty() && !read.isColumn && !isNumber) {
            alias = columnNameOf(item);
            m_out.append(u"AS "_s + quotedName(alias));
        }
        const QString name = (alias.isEmpty() ? item.last().text : alias).toLower();
        if (!read.type.isEmpty())
            m_result.types.insert(name, read.type);
        // A column that keeps its name says nothing new.
        if (!read.isColumn || !read.alias.isEmpty())
            m_items.append({name, expression});
    }

    void stepName()
    {
        const SqlToken &token = m_tokens.at(m_at);
        if (symbol(m_at + 1, "("_L1) && !notFunctions.contains(token.text.toUpper()))
            return stepFunction(token);
        qsizetype behind = m_at;
        QStringList parts = readName(m_tokens, behind);
        if (parts.size() > 1 && symbol(behind, "("_L1))
            throw noSuchFunction(parts);
        // catalog.schema.table.column, or schema.table.column: SQLite knows the table by its last name.
        for (qsizetype tableParts = 3; tableParts >= 2; --tableParts) {
            if (parts.size() > tableParts &&
                m_catalog.hasTable(SqlCatalog::fullName(parts.first(tableParts), m_defaults))) {
                parts.remove(0, tableParts - 1);
                break;
            }
        }
        if (const QString field = structField(parts); !field.isEmpty()) {
            m_out.append(field);
            m_at = behind;
            return;
        }
        if (parts.size() == 1 && token.kind == Kind::Word && !sqlitesOwn.contains(token.text.toUpper())) {
            m_out.append(token.text);
        } else {
            QStringList quoted;
            for (const QString &part : parts)
                quoted.append(part == "*"_L1 ? part : quotedName(part));
            m_out.append(quoted.join(u'.'));
        }
        m_at = behind;
    }

    /// u.usage_metadata.job_id, which is no name of SQLite's; empty for any other name.
    static QString structField(const QStringList &parts)
    {
        for (qsizetype i = 0; i + 1 < parts.size() && i < 2; ++i) {
            if (!structs.contains(parts.at(i).toLower()))
                continue;
            QStringList column;
            for (const QString &part : parts.first(i + 1))
                column.append(quotedName(part));
            return u"json_extract(%1, '$.%2')"_s.arg(column.join(u'.'), parts.mid(i + 1).join(u'.'));
        }
        return {};
    }

    SqlFailure noSuchFunction(const QStringList &parts) const
    {
        if (m_catalog.data().functions.contains(SqlCatalog::fullName(parts, m_defaults)))
            return SqlFailure::unsupported(u"the functions of Unity Catalog"_s);
        return {u"UNRESOLVED_ROUTINE"_s, u"Cannot resolve routine `%1` on search path."_s.arg(parts.join("`.`"_L1)),
                u"42883"_s};
    }

    void stepFunction(const SqlToken &token)
    {
        m_at += 2;
        QString function = token.text;
        // EXTRACT(YEAR FROM d)
        if (is(m_at - 2, "EXTRACT"_L1) && is(m_at + 1, "FROM"_L1)) {
            function = m_tokens.at(m_at).text.toLower();
            m_at += 2;
        }
        open(function);
    }

    void stepTable()
    {
        const bool mayHaveAlias = m_places.last().inTables;
        m_tableNext = false;
        if (mayHaveAlias && is(m_at, "VALUES"_L1))
            return stepValues();
        const qsizetype begin = m_at;
        const QStringList parts = readName(m_tokens, m_at);
        if (mayHaveAlias && symbol(m_at, "("_L1))
            return stepRange(parts);
        if (parts.size() == 1 && m_ctes.contains(parts.first().toLower())) {
            m_out.append(inSqlite(m_tokens.at(begin)));
            return;
        }
        if (parts.size() == 2 && fileFormats.contains(parts.first().toLower()) && parts.last().contains(u'/'))
            throw SqlFailure::unsupported(
                u"queries of files such as %1.`…`; read_volume_file reads them"_s.arg(parts.first()));
        if ((is(m_at, "VERSION"_L1) || is(m_at, "TIMESTAMP"_L1)) && is(m_at + 1, "AS"_L1) && is(m_at + 2, "OF"_L1))
            throw SqlFailure::unsupported(u"queries of earlier versions of a table"_s);
        const SampleTable table = m_catalog.table(parts, m_defaults);
        if (table.fullName() == "samples.slow.n"_L1)
            m_result.delay += std::chrono::seconds(2);
        m_result.tables.append(table);
        m_out.append(table.query.isEmpty() ? quotedName(table.id) : viewQuery(table));
        const bool hasAlias = m_at < m_tokens.size() && m_tokens.at(m_at).isIdentifier() &&
                              (is(m_at, "AS"_L1) || !followsTables.contains(m_tokens.at(m_at).text.toUpper()));
        if (mayHaveAlias && !hasAlias)
            m_out.append(u"AS "_s + quotedName(parts.last()));
    }

    QString viewQuery(const SampleTable &view)
    {
        if (m_depth >= DeepestView)
            throw SqlFailure::unsupported(u"views this deep"_s);
        const QJsonObject properties = m_catalog.data().tables.value(view.fullName()).value("properties"_L1).toObject();
        const QString part = u"view.catalogAndNamespace.part."_s;
        const SqlDefaults defaults{properties.value(part + u'0').toString(view.catalog),
                                   properties.value(part + u'1').toString(view.schema)};
        const SqlTranslation shown = Translator(sqlTokens(view.query), m_catalog, defaults, m_depth + 1).run();
        m_result.tables += shown.tables;
        m_result.delay += shown.delay;
        QStringList columns;
        for (const SampleColumn &column : view.columns)
            columns.append(quotedName(column.name));
        return u"(WITH shown(%1) AS (%2) SELECT * FROM shown)"_s.arg(columns.join(", "_L1), shown.sql);
    }

    /// FROM VALUES (1, 'a'), (2, 'b') AS t(id, name)
    void stepValues()
    {
        const qsizetype begin = m_at++;
        qsizetype width = 0;
        while (symbol(m_at, "("_L1)) {
            width = separated(parenthesized(m_tokens, m_at)).size();
            if (!symbol(m_at, ","_L1))
                break;
            ++m_at;
        }
        const SqlTranslation rows = Translator(m_tokens.mid(begin, m_at - begin), m_catalog, m_defaults, m_depth).run();
        m_result.parameters += rows.parameters;
        QString name = u"values"_s;
        QStringList columns;
        takes(m_tokens, m_at, {"AS"_L1});
        if (m_at < m_tokens.size() && m_tokens.at(m_at).isIdentifier() &&
            !followsTables.contains(m_tokens.at(m_at).text.toUpper()))
            name = m_tokens.at(m_at++).text;
        if (symbol(m_at, "("_L1)) {
            for (const SqlTokens &one : separated(parenthesized(m_tokens, m_at)))
                columns.append(quotedName(one.value(0).text));
        }
        for (qsizetype i = columns.size(); i < width; ++i)
            columns.append(u"col%1"_s.arg(i + 1));
        m_out.append(u"(WITH listed(%1) AS (%2) SELECT * FROM listed) AS %3"_s.arg(columns.join(", "_L1), rows.sql,
                                                                                   quotedName(name)));
    }

    void stepRange(const QStringList &parts)
    {
        if (parts.join(u'.').compare("read_files"_L1, Qt::CaseInsensitive) == 0)
            throw SqlFailure::unsupported(u"read_files"_s);
        if (parts.join(u'.').compare("identifier"_L1, Qt::CaseInsensitive) == 0)
            throw SqlFailure::unsupported(u"IDENTIFIER() in place of a table"_s);
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
    const int m_depth; ///< in how many views
    QSet<QString> m_ctes;
    QList<Place> m_places;
    qsizetype m_at = 0;
    bool m_tableNext = false;
    QStringList m_out;
    QList<std::pair<QString, SqlTokens>> m_items; ///< of all SELECT lists: what they are called, and the expression
    SqlTranslation m_result;
};

} // namespace

SqlTranslation translated(const SqlTokens &tokens, const SqlCatalog &catalog, const SqlDefaults &defaults)
{
    return Translator(tokens, catalog, defaults, 0).run();
}

} // namespace Sample
