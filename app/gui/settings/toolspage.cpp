#include "gui/settings/toolspage.h"

#include "gui/widgets/buttons.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/text.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

/// The settings' empty list stands for the toolsets that are on by default.
constexpr auto NoToolset = "none"_L1;

QStringList standardToolsets(const QList<ToolsetInfo> &toolsets)
{
    QStringList names;
    for (const ToolsetInfo &toolset : toolsets) {
        if (toolset.onByDefault)
            names << toolset.name;
    }
    return names;
}

QString toolCount(qsizetype count)
{
    return count == 1 ? ToolsPage::tr("1 tool") : ToolsPage::tr("%1 tools").arg(count);
}

QString countWords(const ToolsetInfo &toolset)
{
    const QString tools = toolCount(toolset.tools.size());
    if (toolset.changing.isEmpty())
        return ToolsPage::tr("%1, reading only").arg(tools);
    return ToolsPage::tr("%1, %2 can change things").arg(tools).arg(toolset.changing.size());
}

QString toolNames(const ToolsetInfo &toolset)
{
    QStringList names;
    for (const QString &tool : toolset.tools)
        names << (toolset.changing.contains(tool) ? ToolsPage::tr("%1 (changes)").arg(tool) : tool);
    return plainToolTip(names.join(u'\n'));
}

} // namespace

ToolsPage::ToolsPage(Settings::Store *settings, Controller *controller, QWidget *parent)
    : QWidget(parent)
    , m_toolsets(controller->toolsets())
    , m_total(new NoteLabel(Tone::Quiet, u"settingsToolTotal"_s))
    , m_exports(new QLineEdit)
    , m_shared(new QLineEdit)
{
    const QStringList chosen = settings->value(Settings::Key::Toolsets).toStringList();
    QPushButton *defaults = pushButton(u"settingsToolDefaults"_s, tr("De&faults"));
    connect(defaults, &QPushButton::clicked, this, [this] {
        for (qsizetype i = 0; i < m_boxes.size(); ++i)
            m_boxes.at(i)->setChecked(m_toolsets.at(i).onByDefault);
    });

    auto *totals = new QHBoxLayout;
    totals->addWidget(m_total, 1);
    totals->addWidget(defaults, 0, Qt::AlignTop);

    m_exports->setText(QDir::toNativeSeparators(settings->value(Settings::Key::ExportFolder).toString()));
    m_shared->setText(QDir::toNativeSeparators(settings->value(Settings::Key::SharedFolder).toString()));
    m_shared->setPlaceholderText(tr("None: no folder is uploaded or downloaded"));
    m_shared->setToolTip(plainToolTip(tr("What upload_folder and download_folder move stays within this folder.")));
    auto *folders = new QGridLayout;
    addFolderRow(folders, tr("&Export to:"), u"ExportFolder"_s, m_exports, tr("Folder for exports"));
    addFolderRow(folders, tr("Share &with models:"), u"SharedFolder"_s, m_shared, tr("Folder shared with models"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 14, 14, 14);
    column->setSpacing(8);
    column->addWidget(list(chosen.isEmpty() ? standardToolsets(m_toolsets) : chosen), 1);
    column->addLayout(totals);
    column->addLayout(folders);
    showTotal();
}

QWidget *ToolsPage::list(const QStringList &on)
{
    auto *rows = new QWidget;
    auto *grid = new QGridLayout(rows);
    grid->setContentsMargins(10, 8, 10, 8);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    for (const ToolsetInfo &toolset : m_toolsets)
        addRow(grid, toolset, on.contains(toolset.name) || on.contains("all"_L1));
    grid->setRowStretch(grid->rowCount(), 1);

    auto *area = new QScrollArea;
    area->setObjectName(u"settingsToolsets"_s);
    area->setAccessibleName(tr("Toolsets"));
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFrameShape(QFrame::StyledPanel);
    area->setWidget(rows);
    area->setMinimumHeight(fontMetrics().height() * 12);
    // The page's ground: on a field's own a style may draw the boxes invisibly.
    area->viewport()->setAutoFillBackground(false);
    rows->setAutoFillBackground(false);
    return area;
}

void ToolsPage::addRow(QGridLayout *grid, const ToolsetInfo &toolset, bool on)
{
    auto *box = new QCheckBox(toolset.name);
    box->setObjectName(u"toolset_"_s + toolset.name);
    box->setAccessibleDescription(toolset.description + u' ' + countWords(toolset));
    box->setToolTip(toolNames(toolset));
    box->setChecked(on);
    connect(box, &QCheckBox::toggled, this, &ToolsPage::showTotal);
    m_boxes << box;

    auto *description = new NoteLabel(Tone::Quiet, {}, toolset.description);
    description->setTextInteractionFlags(Qt::NoTextInteraction);
    // In line with the box's words.
    description->setIndent(box->style()->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, box) +
                           box->style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing, nullptr, box));
    auto *count = new ElidedLabel;
    count->setQuiet();
    count->setText(countWords(toolset));
    count->setToolTip(box->toolTip());

    const int row = grid->rowCount();
    grid->addWidget(box, row, 0);
    grid->addWidget(count, row, 1);
    grid->addWidget(description, row + 1, 0, 1, 2);
    grid->setRowMinimumHeight(row + 2, 4);
}

void ToolsPage::addFolderRow(QGridLayout *grid, const QString &label, const QString &name, QLineEdit *folder,
                             const QString &words)
{
    folder->setObjectName(u"settings"_s + name);
    folder->setAccessibleName(words);
    folder->setCursorPosition(0);
    QPushButton *choose = pushButton(u"settingsChoose"_s + name, tr("Choose…"));
    choose->setAccessibleName(tr("Choose: %1").arg(words));
    connect(choose, &QPushButton::clicked, this, [this, name, folder] { chooseFolder(name, folder); });
    auto *buddy = new QLabel(label);
    buddy->setBuddy(folder);

    const int row = grid->rowCount();
    grid->addWidget(buddy, row, 0);
    grid->addWidget(folder, row, 1);
    grid->addWidget(choose, row, 2);
}

void ToolsPage::chooseFolder(const QString &name, QLineEdit *folder)
{
    auto *dialog = new QFileDialog(this, folder->accessibleName(), QDir::fromNativeSeparators(folder->text()));
    dialog->setObjectName(u"choose"_s + name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, folder,
            [folder](const QString &chosen) { folder->setText(QDir::toNativeSeparators(chosen)); });
    dialog->open();
}

void ToolsPage::showTotal()
{
    QSet<QString> tools;
    for (qsizetype i = 0; i < m_boxes.size(); ++i) {
        const QStringList here = m_boxes.at(i)->isChecked() ? m_toolsets.at(i).tools : QStringList();
        tools.unite(QSet<QString>(here.begin(), here.end()));
    }
    const qsizetype total = tools.size();
    const QString on = tr("On: %1.").arg(toolCount(total));
    if (total > ManyTools)
        m_total->say(Tone::Caution,
                     tr("%1 Cursor warns above %2 tools, and models choose worse among many.").arg(on).arg(ManyTools));
    else
        m_total->say(Tone::Quiet, on);
}

void ToolsPage::save(Settings::Store *settings) const
{
    QStringList on;
    for (qsizetype i = 0; i < m_boxes.size(); ++i) {
        if (m_boxes.at(i)->isChecked())
            on << m_toolsets.at(i).name;
    }
    // What is on by default may grow with the program.
    if (on == standardToolsets(m_toolsets))
        on.clear();
    else if (on.isEmpty())
        on << NoToolset;
    settings->setValue(Settings::Key::Toolsets, on);
    settings->setValue(Settings::Key::ExportFolder, QDir::fromNativeSeparators(m_exports->text().trimmed()));
    settings->setValue(Settings::Key::SharedFolder, QDir::fromNativeSeparators(m_shared->text().trimmed()));
}

} // namespace Gui
