#pragma once

#include <QLabel>
#include <QUrl>

class QPushButton;

namespace Gui {

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

/// Plain text of second rank, wrapped.
class QuietLabel : public QLabel
{
    Q_OBJECT

public:
    explicit QuietLabel(const QString &text = {}, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void recolour();
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

/// Fusion draws long words from edge to edge of a button; this leaves them room.
void widen(QPushButton *button);

} // namespace Gui
