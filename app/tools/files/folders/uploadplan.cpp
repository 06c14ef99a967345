#include "tools/files/folders/uploadplan.h"

#include "tools/files/folders/foldernames.h"

#include "common/visible.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr qsizetype MostEntries = 20'000;
constexpr qsizetype MostDepth = 32;
/// More than the line that tells a notebook.
constexpr qint64 HeadingBytes = 64;

QString reasonToStay(const LocalFolder::Entry &entry)
{
    using Kind = LocalFolder::Kind;
    if (const QString why = keptBack(entry.name); !why.isEmpty())
        return why;
    if (entry.kind == Kind::Link)
        return u"it is a link"_s;
    if (entry.kind != Kind::File && entry.kind != Kind::Folder)
        return u"it is no ordinary file"_s;
    return Text::visible(entry.name) == entry.name ? QString() : u"its name has characters that cannot be seen"_s;
}

QByteArray headingOf(LocalFolder &folder, const QString &name)
{
    QFile file;
    return folder.open(name, &file) ? file.read(HeadingBytes) : QByteArray();
}

/// Walks through a folder and those below it, in the order of their names.
class Walk
{
public:
    explicit Walk(UploadPlan *plan)
        : m_plan(plan)
    {}

    void through(const std::shared_ptr<LocalFolder> &folder, const QStringList &steps)
    {
        const QList<LocalFolder::Entry> entries = folder->entries(m_entriesLeft + 1);
        m_plan->isWhole = m_plan->isWhole && entries.size() <= m_entriesLeft;
        m_entriesLeft -= std::min(entries.size(), m_entriesLeft);
        for (const LocalFolder::Entry &entry : entries) {
            const QString path = (steps + QStringList{entry.name}).join(u'/');
            if (const QString why = reasonToStay(entry); !why.isEmpty())
                m_plan->left.append({path, why});
            else if (entry.kind == LocalFolder::Kind::Folder)
                into(folder->below(entry.name, LocalFolder::Missing::Fails), steps + QStringList{entry.name});
            else
                take(*folder, steps, entry);
        }
    }

private:
    void into(const std::shared_ptr<LocalFolder> &folder, const QStringList &steps)
    {
        if (!folder->problem().isEmpty() || steps.size() > MostDepth)
            m_plan->left.append(
                {steps.join(u'/'), steps.size() > MostDepth ? u"it lies too deep"_s : folder->problem()});
        else if (m_entriesLeft > 0)
            through(folder, steps);
        else
            m_plan->isWhole = false;
    }

    void take(LocalFolder &folder, const QStringList &steps, const LocalFolder::Entry &entry)
    {
        LocalFile file{steps, entry.name, entry.name, entry.size};
        if (!m_plan->target.isVolume)
            file.remoteName = importedName(entry.name, headingOf(folder, entry.name));
        const QString there = (steps + QStringList{file.remoteName}).join(u'/');
        if (m_taken.contains(there))
            m_plan->left.append({file.path(), u"another file becomes the same notebook"_s});
        else if (entry.size > m_plan->target.mostFileBytes())
            m_plan->left.append({file.path(), u"it is larger than the %1 MB that one file may have"_s.arg(
                                                  m_plan->target.mostFileBytes() / 1'000'000)});
        else
            m_plan->files.append(file);
        m_taken.insert(there);
    }

    UploadPlan *const m_plan;
    qsizetype m_entriesLeft = MostEntries;
    QSet<QString> m_taken;
};

/// Takes away what an earlier call has sent.
void goOnAfter(UploadPlan &plan, const QString &after)
{
    const auto last = std::ranges::find(plan.files, after, &LocalFile::path);
    if (last == plan.files.end())
        throw ApiError(ApiError::Kind::BadRequest,
                       u"There is no file “%1” to go on after. Nothing was done."_s.arg(Text::line(after, 120)));
    plan.files.erase(plan.files.begin(), last + 1);
}

} // namespace

UploadPlan planUpload(const ToolCall &call)
{
    UploadPlan plan;
    plan.target = remoteFolder(call.text(u"path"_s));
    plan.root = openShared(call, localSteps(call), LocalFolder::Missing::Fails);
    Walk(&plan).through(plan.root, {});
    if (call.has(u"after"_s))
        goOnAfter(plan, call.text(u"after"_s));
    qsizetype taken = 0;
    for (const LocalFile &file : std::as_const(plan.files)) {
        if (taken == MostFiles || plan.bytes + file.size > MostBytes)
            break;
        plan.bytes += file.size;
        ++taken;
    }
    plan.behind = plan.files.size() - taken;
    plan.files.resize(taken);
    return plan;
}

} // namespace Tools
