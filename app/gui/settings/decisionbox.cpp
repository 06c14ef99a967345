#include "gui/settings/decisionbox.h"

#include <array>
#include <utility>

namespace Gui {

namespace {

constexpr std::array Texts{std::pair{Calls::Decision::Allow, QT_TRANSLATE_NOOP("Gui::DecisionBox", "Allow")},
                           std::pair{Calls::Decision::Ask, QT_TRANSLATE_NOOP("Gui::DecisionBox", "Ask me")},
                           std::pair{Calls::Decision::Deny, QT_TRANSLATE_NOOP("Gui::DecisionBox", "Deny")}};

} // namespace

QString decisionText(Calls::Decision decision)
{
    for (const auto &[each, text] : Texts) {
        if (each == decision)
            return DecisionBox::tr(text);
    }
    return {};
}

DecisionBox::DecisionBox(const QString &name, const QString &description, Calls::Decision decision, QWidget *parent)
    : QComboBox(parent)
{
    setObjectName(name);
    setAccessibleName(description);
    for (const auto &[each, text] : Texts)
        addItem(tr(text), int(each));
    setCurrentIndex(findData(int(decision)));
}

Calls::Decision DecisionBox::decision() const
{
    return Calls::Decision(currentData().toInt());
}

} // namespace Gui
