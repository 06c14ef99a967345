#include "gui/approvals/highlighter.h"

#include "gui/widgets/appearance.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

using Language = Calls::Passage::Language;

/// What a language is read by. Triples of quotes and block comments may go on over lines.
struct Grammar
{
    QSet<QString> words;
    bool ignoresCase = false;
    QString lineComment;
    QString blockBegin;
    QString blockEnd;
    QString quotes;
    bool hasTripleQuotes = false;
};

QSet<QString> words(const char *text)
{
    const QStringList list = QString::fromLatin1(text).split(u' ');
    return {list.begin(), list.end()};
}

const Grammar &grammarOf(Language language)
{
    static const Grammar plain;
    static const QHash<Language, Grammar> grammars{
        {Language::Sql,
         {words(
              "ADD ALL ALTER AND ANTI ARRAY AS ASC BEGIN BETWEEN BY CALL CASE CAST CATALOG COLUMN COMMENT COPY CREATE "
              "CROSS CURRENT DATABASE DECLARE DELETE DESC DESCRIBE DISTINCT DROP ELSE END EXCEPT EXECUTE EXISTS "
              "EXPLAIN EXTERNAL FALSE FROM FULL FUNCTION GRANT GROUP HAVING IF IMMEDIATE IN INNER INSERT INTERSECT "
              "INTO IS JOIN LATERAL LEFT LIKE LIMIT LOCATION MATCHED MATERIALIZED MERGE NOT NULL OFFSET ON OPTIONS "
              "OR ORDER OUTER OVER OVERWRITE OWNER PARTITION PROCEDURE QUALIFY REFRESH REPLACE RESTORE REVOKE RIGHT "
              "SCHEMA SELECT SEMI SET SHOW TABLE TBLPROPERTIES TEMPORARY THEN TO TRANSFORM TRUE TRUNCATE UNDROP "
              "UNION UPDATE USE USING VACUUM VALUES VIEW VOLUME WHEN WHERE WHILE WINDOW WITH"),
          true, u"--"_s, u"/*"_s, u"*/"_s, u"'\"`"_s, false}},
        {Language::Python,
         {words("False None True and as assert async await break class continue def del elif else except finally for "
                "from global if import in is lambda nonlocal not or pass raise return try while with yield"),
          false,
          u"#"_s,
          {},
          {},
          u"'\""_s,
          true}},
        {Language::Scala,
         {words("abstract case catch class def do else extends false final finally for if implicit import lazy match "
                "new null object override package private protected return sealed super this throw trait true try "
                "type val var while with yield"),
          false, u"//"_s, u"/*"_s, u"*/"_s, u"\""_s, true}},
        {Language::R,
         {words("FALSE NULL TRUE break else for function if in next repeat return while"),
          false,
          u"#"_s,
          {},
          {},
          u"'\""_s,
          false}},
        {Language::Shell,
         {words("case do done elif else esac export fi for function if in return set then until while"),
          false,
          u"#"_s,
          {},
          {},
          u"'\""_s,
          false}},
        {Language::Json, {words("false null true"), false, {}, {}, {}, u"\""_s, false}},
    };
    const auto known = grammars.constFind(language);
    return known == grammars.cend() ? plain : *known;
}

/// What a line begins inside of.
enum State { InCode = -1, InBlock = 1, InTriple = 2 };

} // namespace

Highlighter::Highlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{
    recolour(QPalette());
}

void Highlighter::addPassage(int firstBlock, Language language)
{
    m_passages.append({firstBlock, language});
}

void Highlighter::recolour(const QPalette &palette)
{
    m_word.setForeground(toneColour(Tone::Active, palette));
    m_word.setFontWeight(QFont::DemiBold);
    m_literal.setForeground(toneColour(Tone::Good, palette));
    m_comment.setForeground(quietText(palette));
    m_comment.setFontItalic(true);
    m_revealed.setForeground(toneColour(Tone::Bad, palette));
    m_revealed.setFontWeight(QFont::Bold);
    rehighlight();
}

Language Highlighter::languageOf(int block) const
{
    Language language = Language::Plain;
    for (const auto &[first, passage] : m_passages) {
        if (first <= block)
            language = passage;
    }
    return language;
}

void Highlighter::highlightBlock(const QString &text)
{
    const Grammar &grammar = grammarOf(languageOf(currentBlock().blockNumber()));
    const QStringView line(text);
    const QString triple = u"\"\"\""_s;
    int state = previousBlockState();
    qsizetype at = 0;
    // Ends a comment or a text that goes on over lines.
    const auto finish = [&](const QString &end, const QTextCharFormat &format, int inside) {
        const qsizetype found = line.indexOf(end, at);
        const qsizetype stop = found < 0 ? line.size() : found + end.size();
        setFormat(int(at), int(stop - at), format);
        state = found < 0 ? inside : int(InCode);
        at = stop;
    };
    if (state == InBlock)
        finish(grammar.blockEnd, m_comment, InBlock);
    else if (state == InTriple)
        finish(triple, m_literal, InTriple);
    while (at < line.size()) {
        const QStringView rest = line.sliced(at);
        const QChar c = rest.front();
        if (!grammar.lineComment.isEmpty() && rest.startsWith(grammar.lineComment)) {
            setFormat(int(at), int(rest.size()), m_comment);
            break;
        }
        if (!grammar.blockBegin.isEmpty() && rest.startsWith(grammar.blockBegin)) {
            const qsizetype begin = at;
            at += grammar.blockBegin.size();
            finish(grammar.blockEnd, m_comment, InBlock);
            setFormat(int(begin), int(at - begin), m_comment);
        } else if (grammar.hasTripleQuotes && rest.startsWith(triple)) {
            at += triple.size();
            finish(triple, m_literal, InTriple);
        } else if (grammar.quotes.contains(c)) {
            qsizetype end = at + 1;
            while (end < line.size() && line.at(end) != c)
                end += line.at(end) == u'\\' ? 2 : 1;
            end = qMin(end + 1, line.size());
            setFormat(int(at), int(end - at), m_literal);
            at = end;
        } else if (c.isLetterOrNumber() || c == u'_') {
            qsizetype end = at;
            while (end < line.size() && (line.at(end).isLetterOrNumber() || line.at(end) == u'_'))
                ++end;
            const QString word = line.sliced(at, end - at).toString();
            if (grammar.words.contains(grammar.ignoresCase ? word.toUpper() : word))
                setFormat(int(at), int(end - at), m_word);
            at = end;
        } else {
            ++at;
        }
    }
    setCurrentBlockState(state);
    // Last: what hides stands out, in a comment, too.
    static const QRegularExpression mark(u"«U\\+[0-9A-F]{4,6}»"_s);
    for (auto found = mark.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        setFormat(int(match.capturedStart()), int(match.capturedLength()), m_revealed);
    }
}

} // namespace Gui
