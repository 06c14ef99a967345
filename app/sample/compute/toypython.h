#pragma once

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <variant>

namespace Sample {

/// What a piece of code does in the sample: the results object of commands/status, and the seconds it sleeps.
struct ToyRun
{
    QJsonObject results;
    double seconds = 0;
};

/// A dozen forms of Python, enough for a first look: print, arithmetic, variables, raise, time.sleep, display of a
/// range or a small table, plt.show. Everything else is answered with a friendly word.
class ToyPython
{
public:
    ToyRun run(const QString &code);

private:
    using Value = std::variant<double, QString>;

    struct Raised
    {
        QString type;
        QString message;
    };

    void statement(const QString &line);
    Value expression(const QString &text);
    static QString printed(const Value &value, bool quoted);

    QHash<QString, Value> m_variables;
    QStringList m_output;
    QJsonObject m_shown; ///< a table or a picture: the last one wins
    double m_seconds = 0;
};

} // namespace Sample
