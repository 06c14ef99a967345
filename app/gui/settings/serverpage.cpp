#include "gui/settings/serverpage.h"

#include "gui/settings/accesskeylist.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/labels.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace Gui {

ServerPage::ServerPage(Settings::Store *settings, Controller *controller, QWidget *parent)
    : QWidget(parent)
    , m_port(new QSpinBox)
    , m_requireKey(new QCheckBox(tr("Clients must show an access &key")))
    , m_startWithApp(new QCheckBox(tr("&Start the server with Bricktray")))
{
    m_port->setObjectName(u"settingsPort"_s);
    m_port->setAccessibleName(tr("Port"));
    m_port->setRange(1024, 65535);
    m_port->setGroupSeparatorShown(false);
    m_port->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_port->setValue(settings->value(Settings::Key::Port).toInt());
    m_requireKey->setObjectName(u"settingsRequireKey"_s);
    m_requireKey->setChecked(settings->value(Settings::Key::RequireAccessKey).toBool());
    m_startWithApp->setObjectName(u"settingsStartServer"_s);
    m_startWithApp->setChecked(settings->value(Settings::Key::StartServerWithApp).toBool());

    auto *warning =
        new NoteLabel(Tone::Caution, u"settingsKeyWarning"_s,
                      tr("Without a key every program and every user of this computer can use your workspace "
                         "with your permissions."));
    warning->setVisible(!m_requireKey->isChecked());
    connect(m_requireKey, &QCheckBox::toggled, warning, [warning](bool required) { warning->setVisible(!required); });

    QPushButton *replace = pushButton(u"settingsReplaceKey"_s, tr("&Replace default key…"));
    connect(replace, &QPushButton::clicked, this, [this, controller] { askToReplaceKey(controller); });

    auto *form = new QFormLayout(this);
    form->setContentsMargins(14, 14, 14, 14);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Port:"), m_port);
    form->addRow(QString(), new NoteLabel(Tone::Quiet, {},
                                          tr("Only programs on this computer reach it. Clients that were "
                                             "set up with another port must be set up again.")));
    form->addRow(QString(), m_startWithApp);
    form->addRow(QString(), m_requireKey);
    form->addRow(QString(), warning);
    form->addRow(tr("Access keys:"), new AccessKeyList(controller));
    form->addRow(QString(), replace);
    form->setAlignment(replace, Qt::AlignLeft);
}

void ServerPage::askToReplaceKey(Controller *controller)
{
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Replace default key"),
                        tr("Clients that use the present default key are shut out until they get the new one."),
                        QMessageBox::Cancel, this);
    question->setObjectName(u"replaceKeyQuestion"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *replace = question->addButton(tr("&Replace"), QMessageBox::AcceptRole);
    replace->setObjectName(u"replaceKeyConfirm"_s);
    connect(replace, &QPushButton::clicked, controller, &Controller::replaceAccessKey);
    question->open();
}

void ServerPage::save(Settings::Store *settings) const
{
    settings->setValue(Settings::Key::Port, m_port->value());
    settings->setValue(Settings::Key::RequireAccessKey, m_requireKey->isChecked());
    settings->setValue(Settings::Key::StartServerWithApp, m_startWithApp->isChecked());
}

} // namespace Gui
