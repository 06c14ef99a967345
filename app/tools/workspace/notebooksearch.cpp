#include "tools/workspace/notebooksearch.h"

#include "tools/kit/answer.h"
#include "tools/kit/parts.h"
#include "tools/workspace/workspaceobjects.h"

#include "common/visible.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Databricks::ApiError;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// The workspace has no search of its own: each folder and each notebook is a request. After this time the answer is
/// what was found, and says what was not searched.
constexpr auto LongestSearch = 35s;
constexpr qint64 UsualHits = 50;
constexpr qsizetype HitBytes = 6 * 1024;
constexpr qint64 LargestFile = 1024 * 1024;
constexpr qsizetype SnippetLength = 160;
constexpr qsizetype HitsOfOneFile = 20;
constexpr qsizetype NamedPlaces = 10;
/// Those still to be searched: a model goes through them.
constexpr qsizetype NamedFolders = 40;

/// What a search has seen so far.
struct Search
{
    QString text;
    QString language;
    qint64 limit = UsualHits;
    QStringList folders; ///< still to be looked into
    QJsonArray hits;
    qsizetype bytes = 0;
    qsizetype searched = 0; ///< notebooks, files and dashboards
    QStringList refused;    ///< folders and files that the user may not read
    QStringList tooLarge;
    QString cutIn; ///< the folder in which the search stopped

    bool isFull() const { return hits.size() >= limit || bytes > HitBytes; }
};

bool isWanted(const QJsonObject &object, const QString &language)
{
    const QString type = object.value("object_type"_L1).toString();
    if (type == "NOTEBOOK"_L1)
        return language.isEmpty() || object.value("language"_L1).toString() == language;
    return language.isEmpty() && (type == "FILE"_L1 || type == "DASHBOARD"_L1);
}

void addHits(Search &search, const QString &path, const QByteArray &source)
{
    if (!isText(source))
        return;
    ++search.searched;
    const QStringList lines = QString::fromUtf8(source).split(u'\n');
    qsizetype here = 0;
    for (qsizetype i = 0; i < lines.size() && !search.isFull() && here < HitsOfOneFile; ++i) {
        const qsizetype at = lines.at(i).indexOf(search.text, 0, Qt::CaseInsensitive);
        if (at < 0)
            continue;
        // Of a long line the part around what was found.
        const qsizetype begin = std::max<qsizetype>(0, at - SnippetLength / 2);
        const QString snippet =
            lines.at(i).size() > SnippetLength ? lines.at(i).mid(begin, SnippetLength) : lines.at(i);
        const QJsonObject hit{
            {"path"_L1, Text::visible(path)}, {"line"_L1, i + 1}, {"text"_L1, Text::line(snippet, SnippetLength)}};
        search.bytes += jsonBytes(hit);
        search.hits.append(hit);
        ++here;
    }
}

QCoro::Task<ToolResult> searchNotebooks(ToolCall call)
{
    const QString root = call.text(u"path"_s, u"/"_s);
    Search search;
    search.text = call.text(u"text"_s);
    search.language = call.text(u"language"_s).toUpper();
    search.limit = call.number(u"limit"_s, UsualHits);
    search.folders.append(root);
    QElapsedTimer time;
    time.start();
    const auto isOver = [&time] { return std::chrono::milliseconds(time.elapsed()) > LongestSearch; };
    while (!search.folders.isEmpty() && !search.isFull() && !isOver()) {
        const QString folder = search.folders.takeFirst();
        QUrlQuery query;
        Databricks::addQueryItem(query, u"path"_s, folder);
        Databricks::Page page;
        try {
            page = co_await call.workspace().page(u"/api/2.0/workspace/list"_s, query, u"objects"_s);
        } catch (const ApiError &error) {
            if (!isRefusal(error) || folder == root)
                throw;
            search.refused.append(folder);
            continue;
        }
        call.progress(double(search.searched), 0,
                      u"%1: %2 found so far"_s.arg(Text::visible(folder)).arg(search.hits.size()));
        for (qsizetype i = 0; i < page.items.size(); ++i) {
            const QJsonObject object = page.items.at(i).toObject();
            const QString path = object.value("path"_L1).toString();
            const QString type = object.value("object_type"_L1).toString();
            if (type == "DIRECTORY"_L1 || type == "REPO"_L1)
                search.folders.append(path);
            if (!isWanted(object, search.language))
                continue;
            if (search.isFull() || isOver()) {
                search.cutIn = folder;
                continue; // for the folders that follow
            }
            if (object.value("size"_L1).toInteger() > LargestFile) {
                search.tooLarge.append(path);
                continue;
            }
            try {
                const QString format = type == "NOTEBOOK"_L1 ? u"SOURCE"_s : u"AUTO"_s;
                const QByteArray source = co_await exportedBytes(call, path, format);
                addHits(search, path, source);
            } catch (const ApiError &error) {
                if (error.errorCode() == "MAX_NOTEBOOK_SIZE_EXCEEDED"_L1)
                    search.tooLarge.append(path);
                else if (isRefusal(error) || error.kind() == ApiError::Kind::BadRequest)
                    search.refused.append(path);
                else
                    throw;
            }
        }
    }
    if (!search.cutIn.isEmpty())
        search.folders.prepend(search.cutIn + u" (in part)"_s);
    const bool isCut = !search.folders.isEmpty();
    const QString lines = (isCut ? u"at least "_s : QString()) + QString::number(search.hits.size());
    Answer answer(u"Found \"%1\" in %2 lines; searched %3 notebooks, files and dashboards below %4."_s.arg(
        Text::line(search.text, 80), lines, QString::number(search.searched), Text::visible(root)));
    if (!isCut)
        answer.stated(u"total"_s, search.hits.size());
    answer.stated(u"searched"_s, search.searched);
    answer.table(u"matches"_s, {{u"path"_s, u"path"_s}, {u"line"_s, u"line"_s}, {u"text"_s, u"text"_s}}, search.hits);
    const auto named = [](const QStringList &places, qsizetype most = NamedPlaces) {
        const QString more = places.size() > most ? u" and %1 more"_s.arg(places.size() - most) : QString();
        return QString(Text::visible(places.mid(0, most).join(", "_L1)) + more);
    };
    if (!search.refused.isEmpty())
        answer.note(u"Not searched, because the workspace refused: %1."_s.arg(named(search.refused)));
    if (!search.tooLarge.isEmpty())
        answer.note(u"Not searched, because they are too large: %1."_s.arg(named(search.tooLarge)));
    if (isCut)
        answer.next(u"Not searched yet: %1. Call again with one of them as path, or raise limit."_s.arg(
            named(search.folders, NamedFolders)));
    co_return answer;
}

} // namespace

Tool searchNotebooksTool()
{
    return {
        .name = u"search_notebooks"_s,
        .title = u"Search notebooks"_s,
        .description = u"Searches for a text in notebooks, files and dashboards below a folder: path, line, snippet."_s,
        .effects = Calls::Effect::Reads,
        .inputSchema =
            Schema()
                .text(u"text"_s, u"What a line holds, in any case"_s)
                .text(u"path"_s, u"Folder to search; default /"_s)
                .choice(u"language"_s, u"Only notebooks of it"_s, {u"PYTHON"_s, u"SQL"_s, u"SCALA"_s, u"R"_s})
                .integer(u"limit"_s, u"Most lines; default 50"_s, 1, 500)
                .require({u"text"_s}),
        .outputSchema =
            Schema()
                .rows(u"matches"_s, {}, Schema().text(u"path"_s, {}).integer(u"line"_s, {}).text(u"text"_s, {}))
                .require({u"matches"_s}),
        .run = &searchNotebooks,
    };
}

} // namespace Tools
