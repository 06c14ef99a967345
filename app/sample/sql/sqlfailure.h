#pragma once

#include <QString>

#include <exception>

class QSqlError;

namespace Sample {

/// Why a statement of the sample failed, in Databricks' own words:
/// https://docs.databricks.com/error-messages/error-classes.html
class SqlFailure final : public std::exception
{
public:
    /// Without an error class the words are the whole message.
    SqlFailure(const QString &errorClass, const QString &words, const QString &sqlState)
        : m_message(errorClass.isEmpty() ? words
                                         : QLatin1StringView("[%1] %2 SQLSTATE: %3").arg(errorClass, words, sqlState))
        , m_sqlState(sqlState)
    {}

    static SqlFailure noSuchTable(const QString &name)
    {
        // Workspaces have them, and their spelling is right. Lineage the sample has, unless a test takes it away.
        const QString folded = name.toLower();
        const bool isSystem = folded.startsWith(QLatin1StringView("system.")) &&
                              folded != QLatin1StringView("system.access.table_lineage");
        if (isSystem || folded.contains(QLatin1StringView("information_schema.")))
            return unsupported(QStringLiteral("queries of %1 (a real workspace may have it)").arg(name));
        return {QStringLiteral("TABLE_OR_VIEW_NOT_FOUND"),
                QStringLiteral("The table or view `%1` cannot be found. Verify the spelling and correctness of the "
                               "schema and catalog.")
                    .arg(QString(name).replace(u'.', QLatin1StringView("`.`"))),
                QStringLiteral("42P01")};
    }
    /// kind is the word in the error class, such as SCHEMA.
    static SqlFailure alreadyExists(const QString &kind, const QString &name)
    {
        return {kind + QLatin1StringView("_ALREADY_EXISTS"),
                QStringLiteral("Cannot create it because `%1` already exists. Choose a different name, drop or replace "
                               "the existing object, or add the IF NOT EXISTS clause.")
                    .arg(name),
                QStringLiteral("42P07")};
    }
    static SqlFailure noSuchColumn(const QString &name)
    {
        return {QStringLiteral("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION"),
                QStringLiteral("A column, variable, or function parameter with name `%1` cannot be resolved.")
                    .arg(QString(name).replace(u'.', QLatin1StringView("`.`"))),
                QStringLiteral("42703")};
    }
    /// A value of a type where one of another belongs.
    static SqlFailure wrongType(const QString &wanted, const QString &given)
    {
        return {QStringLiteral("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE"),
                QStringLiteral("Cannot resolve the expression due to data type mismatch: it requires the \"%1\" type, "
                               "however the value has the type \"%2\".")
                    .arg(wanted.toUpper(), given.toUpper()),
                QStringLiteral("42K09")};
    }
    static SqlFailure syntax(const QString &near)
    {
        return {QStringLiteral("PARSE_SYNTAX_ERROR"), QStringLiteral("Syntax error at or near '%1'.").arg(near),
                QStringLiteral("42601")};
    }
    static SqlFailure unsupported(const QString &what)
    {
        return {QStringLiteral("UNSUPPORTED_FEATURE.SAMPLE_WORKSPACE"),
                QStringLiteral("Bricktray's sample workspace does not run %1.").arg(what), QStringLiteral("0A000")};
    }

    const char *what() const noexcept override { return "a statement failed"; }
    const QString &message() const { return m_message; }
    const QString &sqlState() const { return m_sqlState; }

private:
    QString m_message;
    QString m_sqlState;
};

/// SQLite's words as Databricks'.
SqlFailure failureOf(const QSqlError &error);

/// An expression of SQLite that fails when it is computed, of which failureOf makes the failure of this name:
/// DIVIDE_BY_ZERO. detail, an expression too, goes into its words.
QString raised(const QString &name, const QString &detail = {});

} // namespace Sample
