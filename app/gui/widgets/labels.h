#pragma once

#include "gui/widgets/appearance.h"

#include <QLabel>
#include <QUrl>

namespace Gui {

/// Plain text, wrapped: whatever it says, and whoever wrote it, is shown as it stands.
class TextLabel : public QLabel
{
    Q_OBJECT

public:
    explicit TextLabel(const QString &text = {}, QWidget *parent = nullptr);
    /// The text can be marked and copied with the mouse.
    void setSelectable();
};

/// Plain text in a tone's colour.
class ToneLabel : public TextLabel
{
    Q_OBJECT

public:
    explicit ToneLabel(Tone tone, const QString &text = {}, QWidget *parent = nullptr);
    void setTone(Tone tone);

protected:
    void changeEvent(QEvent *event) override;

private:
    void recolour();

    Tone m_tone;
};

/// What is to be said below a field of a form; takes no room while it is empty.
class NoteLabel : public ToneLabel
{
    Q_OBJECT

public:
    explicit NoteLabel(Tone tone, const QString &name, const QString &text = {}, QWidget *parent = nullptr);
    /// Shows this text, or goes where it is empty.
    void say(Tone tone, const QString &text);
    QSize sizeHint() const override;
};

/// One line of plain text that is cut short where there is no room; text() stays whole.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    /// Of second rank.
    void setQuiet();
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_quiet = false;
};

/// A link that opens in the browser; reached by keyboard too.
class LinkLabel : public QLabel
{
    Q_OBJECT

public:
    explicit LinkLabel(QWidget *parent = nullptr);
    void setLink(const QString &text, const QUrl &url);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();

    QString m_text;
    QUrl m_url;
};

/// Sets the label in this weight.
void setWeight(QLabel *label, QFont::Weight weight);

} // namespace Gui
