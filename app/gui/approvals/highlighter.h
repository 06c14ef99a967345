#pragma once

#include "calls/approvalrequest.h"

#include <QList>
#include <QSyntaxHighlighter>

namespace Gui {

/// Colours code so that it reads faster: words of the language, literals, and comments, which run nowhere, dimmed.
/// A document may hold passages in several languages. It is an aid: nothing is decided by it.
class Highlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit Highlighter(QTextDocument *document);

    /// From this block on it is this language.
    void addPassage(int firstBlock, Calls::Passage::Language language);
    /// Colours are those of the palette.
    void recolour(const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    Calls::Passage::Language languageOf(int block) const;

    QList<std::pair<int, Calls::Passage::Language>> m_passages;
    QTextCharFormat m_word;
    QTextCharFormat m_literal;
    QTextCharFormat m_comment;
    QTextCharFormat m_revealed;
};

} // namespace Gui
