#include "gui/approvals/decisionbox.h"

#include <QCoreApplication>

namespace Gui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Gui::DecisionBox", text);
}

} // namespace

QString decisionWords(Calls::Decision decision)
{
    switch (decision) {
    case Calls::Decision::Allow:
        return tr("Allow");
    case Calls::Decision::Ask:
        return tr("Ask me");
    case Calls::Decision::Deny:
        break;
    }
    return tr("Deny");
}

QComboBox *decisionBox(const QString &name, const QString &description, Calls::Decision decision)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(description);
    for (const Calls::Decision each : {Calls::Decision::Allow, Calls::Decision::Ask, Calls::Decision::Deny})
        box->addItem(decisionWords(each), int(each));
    box->setCurrentIndex(box->findData(int(decision)));
    return box;
}

Calls::Decision chosenDecision(const QComboBox *box)
{
    return Calls::Decision(box->currentData().toInt());
}

} // namespace Gui
