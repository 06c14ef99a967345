#include "gui/settings/accesskeylist.h"

#include "clients/cursor.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/clipboard.h"
#include "gui/widgets/labels.h"
#include "gui/widgets/table.h"
#include "gui/widgets/text.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Gui {

namespace {

QString timeText(const QDateTime &made)
{
    return made.isValid() ? QLocale().toString(made.toLocalTime(), QLocale::ShortFormat) : u"–"_s;
}

} // namespace

AccessKeyList::AccessKeyList(Controller *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_model(0, 2)
    , m_table(new Table(u"settingsKeys"_s, tr("Access keys")))
    , m_name(new QLineEdit)
    , m_make(pushButton(u"settingsKeyMake"_s, tr("&New key")))
    , m_revoke(pushButton(u"settingsKeyRevoke"_s, tr("Re&voke…")))
    , m_note(new NoteLabel(Tone::Quiet, u"settingsKeyNote"_s))
    , m_snippet(new QPlainTextEdit)
    , m_copy(pushButton(u"settingsKeyCopy"_s, tr("&Copy")))
{
    m_model.setHorizontalHeaderLabels({tr("Client"), tr("Made")});
    m_table->setModel(&m_model);
    m_table->setFrameShape(QFrame::StyledPanel);
    m_table->setStretchColumn(0);
    m_table->setSampleText(1, timeText(QDateTime(QDate(2026, 12, 30), QTime(22, 58))), fontMetrics().height());
    m_table->setEmptyText(tr("No key is asked for."));
    m_table->setMinimumHeight(fontMetrics().height() * 6);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table, 1);
    column->addWidget(newKeyRow());
    column->addWidget(m_note);
    column->addWidget(snippetRow());

    connect(m_make, &QPushButton::clicked, this, &AccessKeyList::make);
    connect(m_copy, &QPushButton::clicked, this, &AccessKeyList::copySnippet);
    connect(m_revoke, &QPushButton::clicked, this, &AccessKeyList::askToRevoke);
    connect(m_name, &QLineEdit::textChanged, this, &AccessKeyList::showButtons);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AccessKeyList::showButtons);
    connect(controller, &Controller::accessKeyChanged, this, &AccessKeyList::showKeys);
    showKeys();
}

QWidget *AccessKeyList::newKeyRow()
{
    m_name->setObjectName(u"settingsKeyName"_s);
    m_name->setAccessibleName(tr("Name of the client"));
    m_name->setPlaceholderText(tr("Name of the client, such as \"Cursor on the laptop\""));
    m_name->setMaxLength(Credentials::LongestKeyName);
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_name, 1);
    line->addWidget(m_make);
    line->addWidget(m_revoke);
    return row;
}

QWidget *AccessKeyList::snippetRow()
{
    m_snippet->setObjectName(u"settingsKeySnippet"_s);
    m_snippet->setAccessibleName(tr("What the client's configuration needs"));
    m_snippet->setReadOnly(true);
    m_snippet->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_snippet->setFixedHeight(fontMetrics().height() * 8);
    m_snippet->hide();
    m_copy->hide();
    auto *row = new QWidget;
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_snippet, 1);
    line->addWidget(m_copy, 0, Qt::AlignTop);
    return row;
}

void AccessKeyList::showKeys()
{
    const QString before = selected();
    m_model.removeRows(0, m_model.rowCount());
    for (const Credentials::AccessKey &key : m_controller->accessKeys()) {
        auto *name = new QStandardItem(displayText(key.name));
        name->setData(key.name);
        m_model.appendRow({name, new QStandardItem(timeText(key.made))});
        if (key.name == before)
            m_table->selectRow(m_model.rowCount() - 1);
    }
    showButtons();
}

QString AccessKeyList::selected() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : m_model.item(rows.first().row(), 0)->data().toString();
}

void AccessKeyList::showButtons()
{
    const bool isEditable = m_controller->canEditAccessKeys();
    const QString name = selected();
    m_name->setEnabled(isEditable);
    m_make->setEnabled(isEditable && !m_name->text().trimmed().isEmpty());
    m_revoke->setEnabled(isEditable && !name.isEmpty() && name != QLatin1StringView(Credentials::DefaultKeyName));
}

void AccessKeyList::make()
{
    const QString name = m_name->text().trimmed();
    const QByteArray key = m_controller->makeAccessKey(name);
    m_snippet->setVisible(!key.isEmpty());
    m_copy->setVisible(!key.isEmpty());
    if (key.isEmpty()) {
        m_note->say(Tone::Bad, tr("There is a key of this name already, or there are as many as there may be (%1).")
                                   .arg(Credentials::MostAccessKeys));
        return;
    }
    const QByteArray text = Clients::cursorConfiguration(m_controller->serverStatus().url, key);
    m_snippet->setPlainText(QString::fromUtf8(text));
    m_note->say(Tone::Quiet,
                tr("The key is shown this once. Copy it into the client's configuration; other clients than "
                   "Cursor need the same address and Authorization header."));
    m_name->clear();
}

void AccessKeyList::copySnippet()
{
    copySecret(m_snippet->toPlainText());
    m_note->say(Tone::Quiet, tr("The configuration, with the access key, is in the clipboard."));
    m_snippet->clear();
    m_snippet->hide();
    m_copy->hide();
}

void AccessKeyList::askToRevoke()
{
    const QString name = selected();
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Revoke access key"),
        tr("The client \"%1\" is shut out at once, and what it has running ends.").arg(displayText(name)),
        QMessageBox::Cancel, this);
    question->setObjectName(u"revokeKeyQuestion"_s);
    question->setTextFormat(Qt::PlainText);
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *revoke = question->addButton(tr("&Revoke"), QMessageBox::AcceptRole);
    revoke->setObjectName(u"revokeKeyConfirm"_s);
    connect(revoke, &QPushButton::clicked, this, [this, name] { m_controller->revokeAccessKey(name); });
    question->open();
}

} // namespace Gui
