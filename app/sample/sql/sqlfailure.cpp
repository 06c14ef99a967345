#include "sample/sql/sqlfailure.h"

#include <QRegularExpression>
#include <QSqlError>

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

struct Row
{
    const char *pattern; ///< of SQLite's message; $1 and $2 below are its captures
    const char *errorClass;
    const char *words;
    const char *sqlState;
};

// The first rows are what an expression made by raised() says.
const Row Rows[] = {
    {"JSON path.*'DIVIDE_BY_ZERO", "DIVIDE_BY_ZERO",
     "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead.", "22012"},
    {"JSON path.*'REMAINDER_BY_ZERO", "REMAINDER_BY_ZERO",
     "Remainder by zero. Use `try_mod` to tolerate divisor being 0 and return NULL instead.", "22012"},
    {"JSON path.*'CAST_INVALID_INPUT (\\S+) (.*)'", "CAST_INVALID_INPUT",
     "The value '$2' of the type \"STRING\" cannot be cast to \"$1\" because it is malformed. Correct the value as per "
     "the syntax, or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead.",
     "22018"},
    {"JSON path.*'CAST_OVERFLOW (\\S+) (.*)'", "CAST_OVERFLOW",
     "The value $2 cannot be cast to \"$1\" due to an overflow. Use `try_cast` to tolerate overflow and return NULL "
     "instead.",
     "22003"},
    {"JSON path.*'NUMERIC_VALUE_OUT_OF_RANGE (\\S+) (.*)'", "NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION",
     "The value $2 cannot be represented as \"$1\".", "22003"},
    {"JSON path.*'SCALAR_SUBQUERY_TOO_MANY_ROWS", "SCALAR_SUBQUERY_TOO_MANY_ROWS",
     "More than one row returned by a subquery used as an expression.", "21000"},
    {"JSON path.*'DATETIME_FIELD_OUT_OF_BOUNDS", "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION",
     "A field of the date is out of its bounds.", "22023"},
    {"JSON path.*'USER_RAISED_EXCEPTION (.*)'", "USER_RAISED_EXCEPTION", "$1", "P0001"},
    {"JSON path.*'SAMPLE_WORKSPACE (.*)'", "UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE",
     "Bricktray's sample workspace does not run $1.", "0A000"},
    {"integer overflow", "ARITHMETIC_OVERFLOW",
     "Overflow in a sum of whole numbers. Use `try_add` to tolerate overflow and return NULL instead.", "22003"},
    {"no such column: (.*)", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
     "A column, variable, or function parameter with name `$1` cannot be resolved.", "42703"},
    {"has no column named (.*)", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
     "A column, variable, or function parameter with name `$1` cannot be resolved.", "42703"},
    {"ambiguous column name: (.*)", "AMBIGUOUS_REFERENCE", "Reference `$1` is ambiguous.", "42704"},
    {"no such function: (.*)", "UNRESOLVED_ROUTINE", "Cannot resolve routine `$1` on search path.", "42883"},
    {"wrong number of arguments to function (.*)\\(\\)", "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
     "The `$1` requires another number of parameters.", "42605"},
    {"near \"(.*)\": syntax error", "PARSE_SYNTAX_ERROR", "Syntax error at or near '$1'.", "42601"},
    {"incomplete input", "PARSE_SYNTAX_ERROR", "Syntax error at or near end of input.", "42601"},
    {"misuse of (?:window|aggregate)(?: function)?:? ?(.*)\\(\\)", "INVALID_WHERE_CONDITION",
     "The condition contains the invalid expression `$1`. Rewrite the query to avoid window and aggregate functions "
     "here.",
     "42903"},
    {"duplicate column name: (.*)", "COLUMN_ALREADY_EXISTS", "The column `$1` already exists.", "42711"},
    {"has (\\d+) columns but (\\d+) values", "INSERT_COLUMN_ARITY_MISMATCH",
     "Cannot write, the reason is that the table has $1 columns and the data $2.", "21S01"},
    {"(\\d+) values for (\\d+) columns", "INSERT_COLUMN_ARITY_MISMATCH",
     "Cannot write, the reason is that $2 columns are named and the data has $1.", "21S01"},
    {"do not have the same number of result columns", "NUM_COLUMNS_MISMATCH",
     "The operator can only be performed on inputs with the same number of columns.", "42826"},
    {"(\\d+\\w\\w) (\\w+ BY) term out of range", "GROUP_BY_POS_OUT_OF_RANGE",
     "The $1 position in $2 is not in the select list.", "42805"},
    {"no tables specified", "PARSE_SYNTAX_ERROR", "Syntax error at or near '*'.", "42601"},
    {"cannot join using column (\\S+)", "UNRESOLVED_USING_COLUMN_FOR_JOIN",
     "USING column `$1` cannot be resolved on both sides of the join.", "42703"},
};

} // namespace

SqlFailure failureOf(const QSqlError &error)
{
    constexpr auto dotsAreAll = QRegularExpression::DotMatchesEverythingOption;
    for (const Row &row : Rows) {
        const auto match = QRegularExpression(QString::fromLatin1(row.pattern), dotsAreAll).match(error.databaseText());
        if (!match.hasMatch())
            continue;
        QString words = QString::fromLatin1(row.words);
        // SQLite doubles the quotes in what it tells of.
        words.replace("$1"_L1, match.captured(1).replace("''"_L1, "'"_L1));
        words.replace("$2"_L1, match.captured(2).replace("''"_L1, "'"_L1));
        return {QString::fromLatin1(row.errorClass), words, QString::fromLatin1(row.sqlState)};
    }
    return SqlFailure::unsupported(u"this statement"_s);
}

QString raised(const QString &name, const QString &detail)
{
    // RAISE() is for triggers only. The message about a path that is none has the path in it, and SQLite computes it
    // only in the branch of a CASE that is taken.
    const QString text = detail.isEmpty() ? QString() : u" || ' ' || "_s + detail;
    return u"json_extract('0', '%1'%2)"_s.arg(name, text);
}

} // namespace Sample
