#include "gui/approvals/effects.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using Calls::Effect;

namespace Gui {

namespace {

struct Row
{
    Effect effect;
    Tone tone;
    const char *text;
    const char *examples;
};

constexpr std::array Rows{
    Row{Effect::Reads, Tone::Good, QT_TRANSLATE_NOOP("Effects", "Reads"), ""},
    Row{Effect::Adds, Tone::Active, QT_TRANSLATE_NOOP("Effects", "Adds or starts"),
        QT_TRANSLATE_NOOP("Effects", "A new notebook, folder or schema; start a cluster.")},
    Row{Effect::Appends, Tone::Caution, QT_TRANSLATE_NOOP("Effects", "Adds rows"),
        QT_TRANSLATE_NOOP("Effects", "INSERT, COPY INTO.")},
    Row{Effect::Replaces, Tone::Caution, QT_TRANSLATE_NOOP("Effects", "Changes or overwrites"),
        QT_TRANSLATE_NOOP("Effects", "UPDATE, MERGE, ALTER; overwrite a notebook; edit a job or cluster.")},
    Row{Effect::Computes, Tone::Caution, QT_TRANSLATE_NOOP("Effects", "Creates compute"),
        QT_TRANSLATE_NOOP("Effects", "A new cluster, warehouse or endpoint, which costs money.")},
    Row{Effect::Grants, Tone::Bad, QT_TRANSLATE_NOOP("Effects", "Changes access"),
        QT_TRANSLATE_NOOP("Effects", "Permissions, owners, shares, masks and filters.")},
    Row{Effect::RunsCode, Tone::Bad, QT_TRANSLATE_NOOP("Effects", "Runs code"),
        QT_TRANSLATE_NOOP("Effects", "Code, notebooks, jobs, pipelines, libraries, functions that nobody knows.")},
    Row{Effect::ReachesOut, Tone::Bad, QT_TRANSLATE_NOOP("Effects", "Reaches out"),
        QT_TRANSLATE_NOOP("Effects", "Sends data beyond the workspace, or uses a secret.")},
    Row{Effect::Destroys, Tone::Bad, QT_TRANSLATE_NOOP("Effects", "Destroys or interrupts"),
        QT_TRANSLATE_NOOP("Effects", "Delete, drop, terminate, restart, cancel.")},
    Row{Effect::Unknown, Tone::Bad, QT_TRANSLATE_NOOP("Effects", "May do anything"),
        QT_TRANSLATE_NOOP("Effects", "What nobody can tell beforehand.")},
};

const Row &rowOf(Effect effect)
{
    return *std::ranges::find(Rows, effect, &Row::effect);
}

QString translated(const char *text)
{
    return QCoreApplication::translate("Effects", text);
}

} // namespace

QString effectText(Effect effect)
{
    return translated(rowOf(effect).text);
}

QString effectExamples(Effect effect)
{
    return translated(rowOf(effect).examples);
}

Tone effectTone(Effect effect)
{
    return rowOf(effect).tone;
}

} // namespace Gui
