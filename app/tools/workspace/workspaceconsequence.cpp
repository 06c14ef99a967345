#include "tools/workspace/workspaceconsequence.h"

#include "tools/kit/consequences.h"
#include "tools/kit/parts.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

#include <QMap>

using namespace Qt::StringLiterals;
using Calls::Consequence;
using Databricks::ApiError;

namespace Tools {

namespace {

using Known = std::optional<QJsonObject>;

/// A folder's inside is counted until so many things were seen, or so many folders were opened.
constexpr qsizetype MostObjects = 1000;
constexpr int MostFolders = 25;

/// What stands at a path: nothing where nobody knows, an empty object where there is nothing.
QCoro::Task<Known> whatIsAt(ToolCall call, QString path)
{
    Known status;
    try {
        status = co_await workspaceStatus(call, path);
    } catch (const ApiError &error) {
        if (error.kind() == ApiError::Kind::NotFound)
            status = QJsonObject();
    }
    co_return status;
}

QCoro::Task<std::optional<QByteArray>> exported(ToolCall call, QString path, QString format)
{
    std::optional<QByteArray> bytes;
    try {
        bytes = co_await exportedBytes(call, path, format);
    } catch (const ApiError &) {
        // Not known, which is what nothing says.
    }
    co_return bytes;
}

/// A notebook's source has a first line that says so when it is exported, and may lack it when it is written.
QByteArray withoutHeading(const QByteArray &source)
{
    const qsizetype end = source.indexOf('\n');
    const QByteArray first = source.left(end < 0 ? source.size() : end).trimmed();
    for (const QByteArrayView mark : {QByteArrayView("# "), QByteArrayView("-- "), QByteArrayView("// ")}) {
        if (first == mark + QByteArray("Databricks notebook source"))
            return end < 0 ? QByteArray() : source.sliced(end + 1);
    }
    return source;
}

QString changedWords(const QJsonObject &status)
{
    const QString time = agoText(status.value("modified_at"_L1).toInteger());
    return time.isEmpty() ? u"When it was last changed is not known."_s : u"It was last changed %1."_s.arg(time);
}

/// exportFormat: in which it can be compared with the bytes; empty where it can't.
QCoro::Task<Consequence> overwriting(ToolCall call, QByteArray bytes, QString exportFormat, QString language)
{
    const QString path = call.text(u"path"_s);
    const Known status = co_await whatIsAt(call, path);
    Consequence consequence;
    if (!status) {
        consequence.facts.append(u"What is there now is not known."_s);
        co_return consequence;
    }
    if (status->isEmpty()) {
        consequence.facts.append(u"There is nothing at this path yet: nothing is replaced."_s);
        co_return consequence;
    }
    const QString type = Text::line(status->value("object_type"_L1).toString(), 40);
    if (!call.flag(u"overwrite"_s)) {
        consequence.facts.append(u"There is a %1 already: without overwrite it is left as it is."_s.arg(type));
        co_return consequence;
    }
    const bool isComparable = (type == "NOTEBOOK"_L1 || type == "FILE"_L1) && !exportFormat.isEmpty();
    std::optional<QByteArray> before;
    if (isComparable)
        before = co_await exported(call, path, exportFormat);
    if (before) {
        const QByteArray old = withoutHeading(*before);
        addOverwrite(consequence, old.left(ComparedBytes), old.size(), withoutHeading(bytes));
    } else {
        consequence.facts.append(isComparable ? u"What the %1 holds now is not known."_s.arg(type)
                                              : u"What it replaces is a %1 and can't be compared here."_s.arg(type));
    }
    const QString spoken = status->value("language"_L1).toString();
    if (!language.isEmpty() && !spoken.isEmpty() && spoken != language)
        consequence.facts.append(u"Its language changes from %1 to %2."_s.arg(Text::line(spoken, 40), language));
    consequence.facts.append(changedWords(*status));
    co_return consequence;
}

/// How many things of each kind are below a folder.
struct Inside
{
    QMap<QString, qsizetype> kinds;
    bool isWhole = true;
    bool isKnown = true;

    QString words() const
    {
        QStringList counts;
        for (auto kind = kinds.cbegin(); kind != kinds.cend(); ++kind)
            counts.append(counted(kind.value(), kind.key()));
        const QString all = counts.isEmpty() ? u"nothing"_s : counts.join(u", "_s);
        return isWhole ? all : u"at least "_s + all;
    }
};

QCoro::Task<Inside> insideOf(ToolCall call, QString folder)
{
    Inside inside;
    QStringList folders{folder};
    qsizetype seen = 0;
    const QString path = u"/api/2.0/workspace/list"_s;
    for (int opened = 0; !folders.isEmpty() && opened < MostFolders && seen < MostObjects; ++opened) {
        QUrlQuery query;
        Databricks::addQueryItem(query, u"path"_s, folders.takeFirst());
        const Known listed = co_await known(call, path, query);
        if (!listed) {
            inside.isWhole = false;
            inside.isKnown = opened > 0;
            break;
        }
        for (const QJsonValue object : listed->value("objects"_L1).toArray()) {
            const QString type = object["object_type"_L1].toString();
            if (type == "DIRECTORY"_L1 || type == "REPO"_L1)
                folders.append(object["path"_L1].toString());
            ++inside.kinds[Text::line(type, 40).toLower()];
            ++seen;
        }
    }
    inside.isWhole = inside.isWhole && folders.isEmpty();
    co_return inside;
}

QString repoPathOf(const ToolCall &call)
{
    return u"/api/2.0/repos/%1"_s.arg(call.id(u"repo_id"_s));
}

QString repoWords(const Known &repo)
{
    if (!repo)
        return u"What it is on now is not known."_s;
    return u"It is on branch %1 now, at commit %2."_s.arg(Text::line(repo->value("branch"_L1).toString(), 120),
                                                          Text::line(repo->value("head_commit_id"_L1).toString(), 12));
}

} // namespace

QCoro::Task<Consequence> writingOfNotebook(ToolCall call)
{
    const QByteArray source = call.text(u"source"_s).toUtf8();
    const QString format = u"SOURCE"_s;
    const QString language = call.text(u"language"_s);
    return overwriting(call, source, format, language);
}

QCoro::Task<Consequence> importOfObject(ToolCall call)
{
    static const QHash<QString, QString> formats{{u"AUTO"_s, u"AUTO"_s},
                                                 {u"RAW"_s, u"AUTO"_s},
                                                 {u"SOURCE"_s, u"SOURCE"_s},
                                                 {u"JUPYTER"_s, u"JUPYTER"_s},
                                                 {u"R_MARKDOWN"_s, u"R_MARKDOWN"_s}};
    const QString format = formats.value(call.text(u"format"_s, u"AUTO"_s));
    const QString language = call.text(u"language"_s);
    const QByteArray bytes = call.has(u"content_base64"_s)
                                 ? fromBase64(call.text(u"content_base64"_s)).value_or(QByteArray())
                                 : call.text(u"content"_s).toUtf8();
    return overwriting(call, bytes, format, language);
}

QCoro::Task<Consequence> deletionOfObject(ToolCall call)
{
    const QString path = call.text(u"path"_s);
    const Known status = co_await whatIsAt(call, path);
    const QString type = status ? status->value("object_type"_L1).toString() : QString();
    Consequence consequence;
    if (!status)
        consequence.facts.append(u"What is there is not known."_s);
    else if (type != "DIRECTORY"_L1)
        consequence.facts.append(changedWords(*status));
    if (!status || type == "DIRECTORY"_L1) {
        const Inside inside = co_await insideOf(call, path);
        if (!inside.isKnown)
            consequence.facts.append(u"How much is inside is not known."_s);
        else if (inside.kinds.isEmpty())
            consequence.facts.append(u"Nothing is inside."_s);
        else if (call.flag(u"recursive"_s))
            consequence.facts.append(u"Inside are %1; all of it goes."_s.arg(inside.words()));
        else
            consequence.facts.append(
                u"Inside are %1; without recursive a folder that is not empty stays."_s.arg(inside.words()));
    }
    consequence.facts.append(u"It can't be brought back."_s);
    co_return consequence;
}

QCoro::Task<Consequence> updateOfRepo(ToolCall call)
{
    const QUrlQuery none;
    const QString path = repoPathOf(call);
    const Known repo = co_await known(call, path, none);
    Consequence consequence;
    consequence.facts.append(repoWords(repo));
    consequence.facts.append(u"Then it has the latest commit of %1 %2."_s.arg(
        call.has(u"branch"_s) ? u"branch"_s : u"tag"_s,
        Text::line(call.text(call.has(u"branch"_s) ? u"branch"_s : u"tag"_s), 120)));
    consequence.facts.append(u"Whether there are changes in it that were not committed is not known."_s);
    co_return consequence;
}

QCoro::Task<Consequence> deletionOfRepo(ToolCall call)
{
    const QUrlQuery none;
    const QString path = repoPathOf(call);
    const Known repo = co_await known(call, path, none);
    Consequence consequence;
    consequence.facts.append(repoWords(repo));
    if (repo) {
        const QString folder = repo->value("path"_L1).toString();
        const Inside inside = co_await insideOf(call, folder);
        consequence.facts.append(inside.isKnown ? u"Inside are %1."_s.arg(inside.words())
                                                : u"How much is inside is not known."_s);
    }
    consequence.facts.append(u"Changes in it that were not committed can't be brought back; whether there are any is "
                             u"not known. The remote repository stays."_s);
    co_return consequence;
}

} // namespace Tools
