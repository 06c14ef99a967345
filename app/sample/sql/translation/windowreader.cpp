#include "sample/sql/translation/windowreader.h"

#include "sample/sql/expressions/coercion.h"
#include "sample/sql/sqlfailure.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Sample {

QString readDirection(const SqlTokens &tokens, qsizetype &i)
{
    QString direction = takes(tokens, i, {"DESC"_L1}) ? u" DESC"_s : QString();
    takes(tokens, i, {"ASC"_L1});
    if (takes(tokens, i, {"NULLS"_L1, "FIRST"_L1}))
        direction += u" NULLS FIRST"_s;
    if (takes(tokens, i, {"NULLS"_L1, "LAST"_L1}))
        direction += u" NULLS LAST"_s;
    return direction;
}

SqlValue WindowReader::read()
{
    QStringList clauses;
    if (takesWords({"PARTITION"_L1, "BY"_L1}) || takesWords({"DISTRIBUTE"_L1, "BY"_L1}))
        clauses.append(u"PARTITION BY "_s + expressions(false));
    if (takesWords({"ORDER"_L1, "BY"_L1}) || takesWords({"SORT"_L1, "BY"_L1}))
        clauses.append(u"ORDER BY "_s + expressions(true));
    if (!isAtEnd())
        clauses.append(frame());
    return computed(u" OVER ("_s + clauses.join(u' ') + u')', u"void"_s, m_parts);
}

QString WindowReader::expressions(bool areSorted)
{
    QStringList sql;
    do {
        ExpressionReader reader(m_tokens, m_context, m_at);
        m_parts.append(reader.expression());
        m_at = reader.at();
        sql.append(m_parts.last().sql + (areSorted ? readDirection(m_tokens, m_at) : QString()));
    } while (takesSymbol(","_L1));
    return sql.join(", "_L1);
}

/// ROWS BETWEEN 6 PRECEDING AND CURRENT ROW is the same in SQLite.
QString WindowReader::frame()
{
    static const QSet<QString> known{u"ROWS"_s,      u"RANGE"_s,     u"BETWEEN"_s, u"AND"_s, u"UNBOUNDED"_s,
                                     u"PRECEDING"_s, u"FOLLOWING"_s, u"CURRENT"_s, u"ROW"_s};
    QStringList words;
    for (; !isAtEnd(); ++m_at) {
        const SqlToken token = ahead(0);
        const bool isKnown = token.kind == SqlToken::Kind::Word && known.contains(token.text.toUpper());
        const bool isCount = token.kind == SqlToken::Kind::Number;
        if (words.isEmpty() && !isKnown)
            refuse();
        if (!isKnown && !isCount)
            throw SqlFailure::unsupported(u"frames of a window but for whole numbers of rows"_s);
        words.append(token.text.toUpper());
    }
    if (words.first() == "RANGE"_L1 && words.join(u' ').contains(QRegularExpression(u"\\d"_s)))
        throw SqlFailure::unsupported(u"frames of a window by RANGE"_s);
    return words.join(u' ');
}

} // namespace Sample
