#include "gui/settings/effectlist.h"

#include "gui/approvals/effects.h"
#include "gui/settings/decisionbox.h"
#include "gui/widgets/labels.h"

#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace Gui {

EffectList::EffectList(const QHash<Calls::Effect, Calls::Decision> &decisions, QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(3);
    for (const Calls::Effect effect : Calls::changingEffects()) {
        const Calls::Decision decision = decisions.value(effect, Calls::Policy::standard(effect));
        const QString name = u"settingsEffect%1"_s.arg(int(effect));
        auto *box = new DecisionBox(name, effectText(effect), decision);
        m_boxes.insert(effect, box);
        const int row = grid->rowCount();
        grid->addWidget(new TextLabel(effectText(effect)), row, 0);
        grid->addWidget(box, row, 1);
        grid->addWidget(new ToneLabel(Tone::Quiet, effectExamples(effect)), row, 2);
    }
    grid->setColumnStretch(2, 1);
}

QHash<Calls::Effect, Calls::Decision> EffectList::decisions() const
{
    QHash<Calls::Effect, Calls::Decision> decisions;
    for (const Calls::Effect effect : Calls::changingEffects()) {
        const Calls::Decision decision = m_boxes.value(effect)->decision();
        if (decision != Calls::Policy::standard(effect))
            decisions.insert(effect, decision);
    }
    return decisions;
}

} // namespace Gui
