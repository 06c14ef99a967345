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

const Row Rows[] = {
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
    for (const Row &row : Rows) {
        const auto match = QRegularExpression(QString::fromLatin1(row.pattern)).match(error.databaseText());
        if (!match.hasMatch())
            continue;
        QString words = QString::fromLatin1(row.words);
        words.replace("$1"_L1, match.captured(1)).replace("$2"_L1, match.captured(2));
        return {QString::fromLatin1(row.errorClass), words, QString::fromLatin1(row.sqlState)};
    }
    return SqlFailure::unsupported(u"this statement"_s);
}

} // namespace Sample
