#include "tools/files/folders/uploadconsequence.h"

#include "tools/files/folders/uploadplan.h"
#include "tools/kit/consequences.h"

#include "common/visible.h"

#include <QDir>
#include <QSet>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr int MostFolders = 25;
constexpr qsizetype MostEntries = 5000;

/// Which of the files are there already.
struct There
{
    QStringList names;
    bool isKnown = true;
};

QCoro::Task<std::optional<QSet<QString>>> namesIn(ToolCall call, RemoteFolder folder)
{
    std::optional<QSet<QString>> names = QSet<QString>();
    try {
        const QList<RemoteEntry> entries = co_await entriesOf(call, folder, MostEntries);
        for (const RemoteEntry &entry : entries)
            names->insert(entry.name);
    } catch (const ApiError &error) {
        if (error.kind() != ApiError::Kind::NotFound)
            names.reset();
    }
    co_return names;
}

QCoro::Task<There> whatIsThere(ToolCall call, std::shared_ptr<const UploadPlan> plan)
{
    There there;
    QMap<QStringList, QSet<QString>> folders;
    for (const LocalFile &file : plan->files) {
        if (!folders.contains(file.folders)) {
            const RemoteFolder folder = plan->target.below(file.folders);
            std::optional<QSet<QString>> names;
            if (folders.size() < MostFolders)
                names = co_await namesIn(call, folder);
            there.isKnown = there.isKnown && names;
            folders.insert(file.folders, names.value_or(QSet<QString>()));
        }
        if (folders.value(file.folders).contains(file.remoteName))
            there.names.append(file.path());
    }
    co_return there;
}

QString thereWords(const There &there, bool overwrite)
{
    if (there.names.isEmpty())
        return there.isKnown ? u"Nothing there is replaced."_s : u"What is there now is not known."_s;
    const QString count = (there.isKnown ? QString() : u"At least "_s) + QString::number(there.names.size());
    if (!overwrite)
        return u"%1 of them are there already and stay as they are."_s.arg(count);
    return u"%1 of them replace what is there, which can't be brought back: %2."_s.arg(count, someOf(there.names));
}

QString leftWords(const UploadPlan &plan)
{
    QStringList names;
    for (const LeftOut &left : plan.left)
        names.append(left.path);
    return u"Not sent (hidden, keys, links, too large): %1."_s.arg(someOf(names));
}

} // namespace

QCoro::Task<Calls::Consequence> uploadOfFolder(ToolCall call)
{
    const auto plan = std::make_shared<const UploadPlan>(planUpload(call));
    const There there = co_await whatIsThere(call, plan);
    QStringList names;
    for (const LocalFile &file : plan->files)
        names.append(file.path());
    Calls::Consequence consequence;
    consequence.facts.append(
        u"%1 (%2) leave this computer from %3%4%5."_s.arg(counted(names.size(), u"file"_s), sizeText(plan->bytes),
                                                          Text::line(QDir::toNativeSeparators(plan->root->path()), 200),
                                                          names.isEmpty() ? QString() : u": "_s, someOf(names)));
    consequence.facts.append(thereWords(there, call.flag(u"overwrite"_s)));
    if (plan->behind > 0)
        consequence.facts.append(u"%1 more are not sent by this call."_s.arg(plan->behind));
    if (!plan->left.isEmpty())
        consequence.facts.append(leftWords(*plan));
    co_return consequence;
}

} // namespace Tools
