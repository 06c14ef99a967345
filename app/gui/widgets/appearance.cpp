#include "gui/widgets/appearance.h"

#include <QHash>

using namespace Qt::StringLiterals;

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

Tone stateTone(QStringView clusterState)
{
    static const QHash<QStringView, Tone> tones{{u"RUNNING", Tone::Good},        {u"PENDING", Tone::Active},
                                                {u"RESTARTING", Tone::Active},   {u"RESIZING", Tone::Active},
                                                {u"TERMINATING", Tone::Caution}, {u"ERROR", Tone::Bad}};
    return tones.value(clusterState, Tone::Quiet);
}

Tone outcomeTone(Calls::Outcome outcome)
{
    static const QHash<Calls::Outcome, Tone> tones{
        {Calls::Outcome::Running, Tone::Active}, {Calls::Outcome::Waiting, Tone::Caution},
        {Calls::Outcome::Succeeded, Tone::Good}, {Calls::Outcome::Failed, Tone::Bad},
        {Calls::Outcome::Refused, Tone::Bad},    {Calls::Outcome::Cancelled, Tone::Quiet}};
    return tones.value(outcome, Tone::Quiet);
}

QString outcomeSymbol(Calls::Outcome outcome)
{
    static const QHash<Calls::Outcome, QString> symbols{
        {Calls::Outcome::Running, u"running"_s},     {Calls::Outcome::Waiting, u"waiting"_s},
        {Calls::Outcome::Succeeded, u"succeeded"_s}, {Calls::Outcome::Failed, u"failed"_s},
        {Calls::Outcome::Refused, u"refused"_s},     {Calls::Outcome::Cancelled, u"cancelled"_s}};
    return symbols.value(outcome);
}

} // namespace Gui
