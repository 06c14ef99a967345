#pragma once

#include "calls/approvalrequest.h"

#include <QPlainTextEdit>

namespace Gui {

class Highlighter;

/// What will run, as text with its real line ends: whole, with everything visible that hides. As high as its text, up
/// to a part of the window; knows whether its end has been seen.
class PassageView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PassageView(const QList<Calls::Passage> &passages, QWidget *parent = nullptr);

    /// The text has been scrolled to its end, or fits, and nothing covered it then.
    bool isEndSeen() const { return m_isEndSeen; }
    /// Something stands in front of it, or it reaches beyond the window.
    bool isCovered() const;
    /// Lines below the last one in sight, wrapped ones counted as they are shown.
    int linesBelow() const;
    /// It grows to no more lines.
    void setMostLines(int lines);

Q_SIGNALS:
    void looked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();

    Highlighter *m_highlighter;
    int m_mostLines = 12;
    bool m_isEndSeen = false;
};

} // namespace Gui
