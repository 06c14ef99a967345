#include "gui/settings/safetypage.h"

#include "gui/settings/effectlist.h"
#include "gui/settings/exceptionlist.h"
#include "gui/widgets/labels.h"
#include "gui/window/grantmenu.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;
using Settings::Key;

namespace Gui {

namespace {

QStringList changingTools(const Controller *controller)
{
    QStringList tools;
    for (const ToolsetInfo &toolset : controller->toolsets())
        tools << toolset.changing;
    tools.sort();
    return tools;
}

/// A function a line.
QStringList linesOf(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.trimmed().isEmpty())
            lines << line.trimmed();
    }
    return lines;
}

} // namespace

SafetyPage::SafetyPage(Settings::Store *settings, Controller *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_readOnly(new QCheckBox(tr("&Read-only: offer nothing that changes anything")))
    , m_effects(new EffectList(Calls::effectsFromTexts(settings->value(Key::EffectRules).toStringList())))
    , m_exceptions(new ExceptionList(Calls::exceptionsFromTexts(settings->value(Key::ToolExceptions).toStringList()),
                                     changingTools(controller)))
    , m_functions(new QPlainTextEdit(settings->value(Key::TrustedFunctions).toStringList().join(u'\n')))
{
    m_readOnly->setObjectName(u"settingsReadOnly"_s);
    connect(m_readOnly, &QCheckBox::toggled, this, [this](bool readOnly) {
        for (QWidget *widget : std::initializer_list<QWidget *>{m_effects, m_exceptions, m_functions})
            widget->setEnabled(!readOnly);
    });
    m_readOnly->setChecked(settings->value(Key::ReadOnly).toBool());
    // Switched in the tray while the dialog is open.
    connect(settings, &Settings::Store::changed, this, [this, settings](Key key) {
        if (key == Key::ReadOnly)
            m_readOnly->setChecked(settings->value(key).toBool());
    });
    m_functions->setObjectName(u"settingsFunctions"_s);
    m_functions->setAccessibleName(tr("Functions that are known to read only"));
    m_functions->setPlaceholderText(u"main.default.clean"_s);
    m_functions->setTabChangesFocus(true);
    m_functions->setFixedHeight(fontMetrics().height() * 4);

    auto *rules = new QWidget;
    auto *form = new QFormLayout(rules);
    form->setContentsMargins(14, 14, 14, 14);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(QString(), m_readOnly);
    form->addRow(tr("A call that:"), m_effects);
    form->addRow(QString(), new NoteLabel(Tone::Quiet, {},
                                          tr("“Ask me” shows the call in this window. No answer in time means no.")));
    form->addRow(tr("Exceptions:"), m_exceptions);
    form->addRow(tr("SQL functions:"), m_functions);
    form->addRow(QString(),
                 new NoteLabel(Tone::Quiet, {},
                               tr("Functions of your own that only read, one a line with its full name, "
                                  "such as main.default.clean: queries that call them are not asked about.")));
    form->addRow(tr("Allowed now:"), grantButton());

    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(rules);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
}

QPushButton *SafetyPage::grantButton()
{
    auto *button = new QPushButton;
    button->setObjectName(u"settingsGrants"_s);
    button->setAutoDefault(false);
    button->setMenu(new GrantMenu(m_controller, button));
    const auto show = [this, button] {
        const int count = int(m_controller->grants().size());
        button->setEnabled(count > 0);
        button->setText(count > 0 ? tr("For a while: %1…").arg(count) : tr("Nothing beyond the rules"));
    };
    connect(m_controller, &Controller::grantsChanged, button, show);
    show();
    return button;
}

void SafetyPage::save(Settings::Store *settings) const
{
    settings->setValue(Key::EffectRules, Calls::effectTexts(m_effects->decisions()));
    settings->setValue(Key::ToolExceptions, Calls::exceptionTexts(m_exceptions->exceptions()));
    settings->setValue(Key::TrustedFunctions, linesOf(m_functions->toPlainText()));
    settings->setValue(Key::ReadOnly, m_readOnly->isChecked());
}

} // namespace Gui
