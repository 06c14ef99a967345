#pragma once

#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QWidget>

class QCheckBox;
class QPlainTextEdit;
class QPushButton;

namespace Gui {

class EffectList;
class ExceptionList;

/// What clients may change, and what a person is asked about first.
class SafetyPage : public QWidget
{
    Q_OBJECT

public:
    SafetyPage(Settings::Store *settings, Controller *controller, QWidget *parent = nullptr);
    void save(Settings::Store *settings) const;

private:
    QPushButton *grantButton();

    Controller *m_controller;
    QCheckBox *m_readOnly;
    EffectList *m_effects;
    ExceptionList *m_exceptions;
    QPlainTextEdit *m_functions;
};

} // namespace Gui
