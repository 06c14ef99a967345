#include "gui/widgets/appearance.h"

#include <QHash>

namespace Gui {

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

QColor toneColour(Tone tone, const QPalette &palette)
{
    struct Shade
    {
        QRgb onLight;
        QRgb onDark;
    };
    static const QHash<Tone, Shade> shades{{Tone::Good, {0xff17743a, 0xff57c97e}},
                                           {Tone::Active, {0xff0b63c5, 0xff6db0ff}},
                                           {Tone::Caution, {0xff8f5a00, 0xffe6ae45}},
                                           {Tone::Bad, {0xffbd2430, 0xffff7b74}},
                                           {Tone::Quiet, {0xff5c656d, 0xffa6aeb5}}};
    const Shade shade = shades.value(tone);
    return QColor(isDark(palette) ? shade.onDark : shade.onLight);
}

QColor mixed(const QColor &over, const QColor &under, qreal share)
{
    const auto part = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return QColor(part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue()));
}

QColor quietText(const QPalette &palette)
{
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.68);
}

QColor lineColour(const QPalette &palette)
{
    return mixed(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.16);
}

} // namespace Gui
