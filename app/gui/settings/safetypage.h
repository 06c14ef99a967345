#pragma once

#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QWidget>

class QCheckBox;

namespace Gui {

class ExceptionList;

/// What clients may change, and what a person is asked about first.
class SafetyPage : public QWidget
{
    Q_OBJECT

public:
    SafetyPage(Settings::Store *settings, Controller *controller, QWidget *parent = nullptr);
    void save(Settings::Store *settings) const;

private:
    QCheckBox *m_readOnly;
    ExceptionList *m_exceptions;
};

} // namespace Gui
