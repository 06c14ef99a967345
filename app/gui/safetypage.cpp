#include "gui/safetypage.h"

#include "gui/formlabels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>

using namespace Qt::StringLiterals;

namespace Gui {

SafetyPage::SafetyPage(Settings::Store *settings, QWidget *parent)
    : QWidget(parent)
    , m_readOnly(new QCheckBox(tr("&Read-only: offer nothing that changes anything")))
    , m_writes(
          choice(u"settingsWrites"_s, tr("Calls that write"), settings->value(Settings::Key::WritePolicy).toString()))
    , m_destroys(choice(u"settingsDestroys"_s, tr("Calls that destroy"),
                        settings->value(Settings::Key::DestroyPolicy).toString()))
{
    m_readOnly->setObjectName(u"settingsReadOnly"_s);
    const auto enable = [this](bool readOnly) {
        m_writes->setEnabled(!readOnly);
        m_destroys->setEnabled(!readOnly);
    };
    connect(m_readOnly, &QCheckBox::toggled, this, enable);
    m_readOnly->setChecked(settings->value(Settings::Key::ReadOnly).toBool());

    auto *form = new QFormLayout(this);
    form->setContentsMargins(14, 14, 14, 14);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Calls that &write:"), m_writes);
    form->addRow(QString(), new ToneLabel(Tone::Quiet, {}, tr("Start a cluster, run a job, create a notebook.")));
    form->addRow(tr("Calls that &destroy:"), m_destroys);
    form->addRow(QString(), new ToneLabel(Tone::Quiet, {}, tr("Terminate a cluster, delete a job, drop a table.")));
    form->addRow(QString(), m_readOnly);
    form->addRow(QString(), new ToneLabel(Tone::Quiet, {},
                                          tr("“Ask” shows the call in this window. No answer in time means no.")));
}

QComboBox *SafetyPage::choice(const QString &name, const QString &description, const QString &policy)
{
    auto *choice = new QComboBox;
    choice->setObjectName(name);
    choice->setAccessibleName(description);
    choice->addItem(tr("Allow"), u"allow"_s);
    choice->addItem(tr("Ask me"), u"ask"_s);
    choice->addItem(tr("Deny"), u"deny"_s);
    choice->setCurrentIndex(qMax(0, choice->findData(policy)));
    return choice;
}

void SafetyPage::save(Settings::Store *settings) const
{
    settings->setValue(Settings::Key::WritePolicy, m_writes->currentData());
    settings->setValue(Settings::Key::DestroyPolicy, m_destroys->currentData());
    settings->setValue(Settings::Key::ReadOnly, m_readOnly->isChecked());
}

} // namespace Gui
