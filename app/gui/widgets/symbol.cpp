#include "gui/widgets/symbol.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

// Q_INIT_RESOURCE declares a function of the global namespace.
static void loadResource()
{
    Q_INIT_RESOURCE(bricktray_icons);
}

namespace Gui {

namespace {

QByteArray drawing(const QString &name, const QColor &colour)
{
    QFile file(u":/bricktray/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("#000", colour.name().toLatin1());
}

class SymbolEngine final : public QIconEngine
{
public:
    explicit SymbolEngine(const QString &name)
        : m_name(name)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QGuiApplication::palette();
        const QColor colour = mode == QIcon::Disabled   ? palette.color(QPalette::Disabled, QPalette::ButtonText)
                              : mode == QIcon::Selected ? palette.color(QPalette::HighlightedText)
                                                        : palette.color(QPalette::ButtonText);
        paintSymbol(painter, rect, m_name, colour);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SymbolEngine(m_name); }

private:
    QString m_name;
};

} // namespace

void loadIcons()
{
    loadResource();
}

void paintSymbol(QPainter *painter, const QRectF &rect, const QString &name, const QColor &colour)
{
    const qreal ratio = painter->device()->devicePixelRatio();
    const QSize size = (rect.size() * ratio).toSize();
    if (name.isEmpty() || size.isEmpty())
        return;
    const QString key = u"bricktray/%1/%2/%3"_s.arg(name, colour.name(), QString::number(size.width()));
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(drawing(name, colour));
        QPainter svg(&pixmap);
        renderer.render(&svg, QRectF(QPointF(), size));
        svg.end();
        QPixmapCache::insert(key, pixmap);
    }
    painter->drawPixmap(rect, pixmap, QRectF(QPointF(), size));
}

QIcon symbolIcon(const QString &name)
{
    return QIcon(new SymbolEngine(name));
}

SymbolWidget::SymbolWidget(const QString &name, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SymbolWidget::setSymbol(const QString &name, Tone tone)
{
    m_name = name;
    m_tone = tone;
    update();
}

QSize SymbolWidget::sizeHint() const
{
    const int side = fontMetrics().height();
    return QSize(side, side);
}

void SymbolWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSymbol(&painter, rect(), m_name, toneColour(m_tone, palette()));
}

} // namespace Gui
