#include "gui/calls/outcomes.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace Gui {

OutcomeLook lookOf(Calls::Outcome outcome)
{
    struct Row
    {
        const char *text;
        QString symbol;
        Tone tone;
    };
    static const QHash<Calls::Outcome, Row> rows{
        {Calls::Outcome::Running, {QT_TRANSLATE_NOOP("Gui::Outcome", "running"), u"running"_s, Tone::Active}},
        {Calls::Outcome::Waiting, {QT_TRANSLATE_NOOP("Gui::Outcome", "waiting"), u"waiting"_s, Tone::Caution}},
        {Calls::Outcome::Succeeded, {QT_TRANSLATE_NOOP("Gui::Outcome", "succeeded"), u"succeeded"_s, Tone::Good}},
        {Calls::Outcome::Failed, {QT_TRANSLATE_NOOP("Gui::Outcome", "failed"), u"failed"_s, Tone::Bad}},
        {Calls::Outcome::Refused, {QT_TRANSLATE_NOOP("Gui::Outcome", "refused"), u"refused"_s, Tone::Bad}},
        {Calls::Outcome::Cancelled, {QT_TRANSLATE_NOOP("Gui::Outcome", "cancelled"), u"cancelled"_s, Tone::Quiet}}};
    const Row row = rows.value(outcome);
    return {QCoreApplication::translate("Gui::Outcome", row.text), row.symbol, row.tone};
}

} // namespace Gui
