#pragma once

#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLineEdit;

namespace Gui {

class NoteLabel;

/// Which toolsets clients are offered, and where what they export goes.
class ToolsPage : public QWidget
{
    Q_OBJECT

public:
    /// Cursor warns above this many tools, and models choose worse among many.
    static constexpr int ManyTools = 40;

    ToolsPage(Settings::Store *settings, Controller *controller, QWidget *parent = nullptr);
    void save(Settings::Store *settings) const;

private:
    QWidget *list(const QStringList &on);
    void addRow(QGridLayout *grid, const ToolsetInfo &toolset, bool on);
    QLayout *exportRow(const QString &folder);
    void chooseFolder();
    void showTotal();

    const QList<ToolsetInfo> m_toolsets;
    QList<QCheckBox *> m_boxes; ///< one a toolset
    NoteLabel *m_total;
    QLineEdit *m_folder;
};

} // namespace Gui
