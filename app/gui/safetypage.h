#pragma once

#include "settings/settings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;

namespace Gui {

/// What clients may change, and what a person is asked about first.
class SafetyPage : public QWidget
{
    Q_OBJECT

public:
    explicit SafetyPage(Settings::Store *settings, QWidget *parent = nullptr);
    void save(Settings::Store *settings) const;

private:
    QComboBox *choice(const QString &name, const QString &description, const QString &policy);

    QCheckBox *m_readOnly;
    QComboBox *m_writes;
    QComboBox *m_destroys;
};

} // namespace Gui
