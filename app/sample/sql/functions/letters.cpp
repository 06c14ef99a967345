#include "sample/sql/functions/letters.h"

#include "sample/sql/translation/sqltokens.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

constexpr int FirstBeyondAscii = 0x80;
constexpr int LastOfThePlane = 0xffff;

/// A letter as a column of the table says, if it is there.
QString turned(const QString &letter, QLatin1StringView ofAscii, QLatin1StringView column)
{
    return u"coalesce((SELECT %1 FROM letters WHERE letter = %2), %3(%2))"_s.arg(column, letter, ofAscii);
}

/// $1 letter by letter, each as this expression has it.
QString letterByLetter(const QString &turnedLetter)
{
    return u"(WITH RECURSIVE spelt(rest, done) AS (SELECT $1, '' UNION ALL SELECT substr(rest, 2), done || %1 "
           "FROM spelt WHERE rest <> '') SELECT done FROM spelt WHERE rest = '')"_s.arg(turnedLetter);
}

/// Most texts are of ASCII alone, which is fast.
QString unlessAscii(QLatin1StringView ofAscii, const QString &form)
{
    return u"CASE WHEN length($1) = length(CAST($1 AS BLOB)) THEN %1($1) ELSE %2 END"_s.arg(ofAscii, form);
}

const QString Letter = u"substr(rest, 1, 1)"_s;

} // namespace

QString upperForm()
{
    return unlessAscii("upper"_L1, letterByLetter(turned(Letter, "upper"_L1, "large"_L1)));
}

QString lowerForm()
{
    return unlessAscii("lower"_L1, letterByLetter(turned(Letter, "lower"_L1, "small"_L1)));
}

QString titleForm()
{
    return letterByLetter(u"CASE WHEN done = '' OR substr(done, -1) = ' ' THEN %1 ELSE %2 END"_s.arg(
        turned(Letter, "upper"_L1, "title"_L1), turned(Letter, "lower"_L1, "small"_L1)));
}

namespace {

/// A row for each letter that turns into another.
QString letterRows()
{
    QStringList rows;
    for (int code = FirstBeyondAscii; code <= LastOfThePlane; ++code) {
        const QChar letter(code);
        const QString text(letter);
        if (letter.isSurrogate() || (text.toUpper() == text && text.toLower() == text))
            continue;
        const QStringList turns{text, text.toUpper(), text.toLower(), QString(letter.toTitleCase())};
        QStringList cells;
        for (const QString &turn : turns)
            cells.append(inSqlite({SqlToken::Kind::Text, turn}));
        rows.append(u'(' + cells.join(u',') + u')');
    }
    return rows.join(u',');
}

} // namespace

QStringList letterStatements()
{
    static const QString rows = letterRows();
    return {u"CREATE TABLE letters (letter TEXT PRIMARY KEY, large TEXT, small TEXT, title TEXT) WITHOUT ROWID"_s,
            u"INSERT INTO letters VALUES "_s + rows};
}

} // namespace Sample
