#pragma once

#include "gui/window/controller.h"
#include "settings/settings.h"

#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLineEdit;

namespace Gui {

class NoteLabel;

/// Which toolsets clients are offered, where what they export goes, and which folder they may move files out of and
/// into.
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
    /// name ends the names of what is in it: "ExportFolder".
    void addFolderRow(QGridLayout *grid, const QString &label, const QString &name, QLineEdit *folder,
                      const QString &words);
    void chooseFolder(const QString &name, QLineEdit *folder);
    void showTotal();

    const QList<ToolsetInfo> m_toolsets;
    QList<QCheckBox *> m_boxes; ///< one a toolset
    NoteLabel *m_total;
    QLineEdit *m_exports;
    QLineEdit *m_shared;
};

} // namespace Gui
