#include "gui/settings/safetypage.h"

#include "gui/settings/exceptionlist.h"
#include "gui/widgets/labels.h"

#include <QCheckBox>
#include <QFormLayout>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

QHash<QString, Calls::Decision> exceptions(const Settings::Store *settings)
{
    return Calls::exceptionsFromTexts(settings->value(Settings::Key::ToolExceptions).toStringList());
}

QStringList changingTools(const Controller *controller)
{
    QStringList tools;
    for (const ToolsetInfo &toolset : controller->toolsets())
        tools << toolset.changing;
    tools.sort();
    return tools;
}

} // namespace

SafetyPage::SafetyPage(Settings::Store *settings, Controller *controller, QWidget *parent)
    : QWidget(parent)
    , m_readOnly(new QCheckBox(tr("&Read-only: offer nothing that changes anything")))
    , m_exceptions(new ExceptionList(exceptions(settings), changingTools(controller)))
{
    m_readOnly->setObjectName(u"settingsReadOnly"_s);
    connect(m_readOnly, &QCheckBox::toggled, this, [this](bool readOnly) {
        m_exceptions->setEnabled(!readOnly);
    });
    m_readOnly->setChecked(settings->value(Settings::Key::ReadOnly).toBool());
    // Switched in the tray while the dialog is open.
    connect(settings, &Settings::Store::changed, this, [this, settings](Settings::Key key) {
        if (key == Settings::Key::ReadOnly)
            m_readOnly->setChecked(settings->value(key).toBool());
    });

    auto *form = new QFormLayout(this);
    form->setContentsMargins(14, 14, 14, 14);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(QString(), m_readOnly);
    form->addRow(QString(), new NoteLabel(Tone::Quiet, {},
                                          tr("“Ask me” shows the call in this window. No answer in time means no.")));
    form->addRow(tr("Exceptions:"), m_exceptions);
}

void SafetyPage::save(Settings::Store *settings) const
{
    settings->setValue(Settings::Key::ToolExceptions, Calls::exceptionTexts(m_exceptions->exceptions()));
    settings->setValue(Settings::Key::ReadOnly, m_readOnly->isChecked());
}

} // namespace Gui
