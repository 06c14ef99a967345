#include "tools/jobs/runcells.h"

#include "tools/kit/answer.h"
#include "tools/kit/parts.h"

#include "common/visible.h"

#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using Databricks::ApiError;

namespace Tools {

namespace {

constexpr qsizetype SourceLength = 800;
constexpr qsizetype FailedSourceLength = 8000;
constexpr qsizetype ResultLength = 3000;
constexpr qsizetype MostRows = 50;
/// Results may hold lists of results; nobody nests them deeper.
constexpr int Depth = 4;

/// HTML as text: no tags, no scripts, the usual entities decoded.
QString withoutTags(QString html)
{
    static const QRegularExpression hidden(u"<(script|style)\\b.*?</\\1\\s*>"_s,
                                           QRegularExpression::CaseInsensitiveOption |
                                               QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression lineEnd(u"<(br|/p|/div|/tr|/li|/h\\d)\\b[^>]*>"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression cellEnd(u"</(td|th)\\s*>"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression tag(u"<[^>]*>"_s);
    html.truncate(100'000);
    html.remove(hidden).replace(lineEnd, u"\n"_s).replace(cellEnd, u" | "_s).remove(tag);
    static const std::pair<QLatin1StringView, QLatin1StringView> entities[] = {
        {"&lt;"_L1, "<"_L1},  {"&gt;"_L1, ">"_L1},   {"&quot;"_L1, "\""_L1},
        {"&#39;"_L1, "'"_L1}, {"&nbsp;"_L1, " "_L1}, {"&amp;"_L1, "&"_L1}};
    for (const auto &[entity, character] : entities)
        html.replace(entity, character);
    return html.trimmed();
}

QString withoutColours(QString text)
{
    static const QRegularExpression escape(u"\\x1b\\[[0-9;]*[A-Za-z]"_s);
    return text.remove(escape);
}

QString tableText(const QJsonObject &result)
{
    Columns columns;
    for (const QJsonValue column : result.value("schema"_L1).toArray())
        columns.append({QString(), Text::visible(column["name"_L1].toString())});
    const QJsonArray all = result.value("data"_L1).toArray();
    QJsonArray rows;
    for (qsizetype i = 0; i < std::min(all.size(), MostRows); ++i)
        rows.append(all.at(i));
    QString text = textTable(columns, rows);
    if (rows.size() < all.size())
        text += u"\n%1 of %2 rows are shown"_s.arg(rows.size()).arg(all.size());
    return text;
}

QString resultText(const QJsonValue &value, int depth = 0)
{
    if (value.isString())
        return withoutColours(value.toString());
    const QJsonObject result = value.toObject();
    const QString type = result.value("type"_L1).toString();
    const QJsonValue data = result.value("data"_L1);
    if (data.isArray() && type == "table"_L1)
        return tableText(result);
    if (data.isArray() && depth < Depth) {
        QStringList texts;
        for (const QJsonValue one : data.toArray())
            texts.append(resultText(one, depth + 1));
        texts.removeAll(QString());
        return texts.join(u'\n');
    }
    if (type == "mimeBundle"_L1) {
        const QString plain = data["text/plain"_L1].toString();
        return plain.isEmpty() ? withoutTags(data["text/html"_L1].toString()) : plain;
    }
    if (type.startsWith("html"_L1))
        return withoutTags(data.toString());
    if (type == "image"_L1 || data.toString().startsWith("data:image/"_L1))
        return u"(an image)"_s;
    return withoutColours(data.toString());
}

QString errorText(const QJsonObject &command)
{
    const QString summary = withoutTags(withoutColours(command.value("errorSummary"_L1).toString()));
    const QString error = withoutColours(command.value("error"_L1).toString());
    return summary.isEmpty() ? error : error.isEmpty() ? summary : QString(summary + u'\n' + error);
}

/// The notebook as JSON, which stands percent-encoded and as base64 in the page.
QJsonObject modelOf(const QString &page)
{
    const auto marker = "__DATABRICKS_NOTEBOOK_MODEL = '"_L1;
    const qsizetype begin = page.indexOf(marker);
    const qsizetype end = begin < 0 ? -1 : page.indexOf(u'\'', begin + marker.size());
    if (end < 0)
        return {};
    const QString encoded = page.mid(begin + marker.size(), end - begin - marker.size());
    const QByteArray percent = fromBase64(encoded).value_or(QByteArray());
    return QJsonDocument::fromJson(QByteArray::fromPercentEncoding(percent)).object();
}

} // namespace

QJsonArray cellsOf(const QString &page)
{
    const QJsonObject model = modelOf(page);
    if (!model.contains("commands"_L1))
        throw ApiError(ApiError::Kind::BadAnswer, u"The exported page holds no notebook that could be read."_s);
    const QJsonArray stored = model.value("commands"_L1).toArray();
    QList<QJsonObject> commands;
    for (const QJsonValue command : stored)
        commands.append(command.toObject());
    std::ranges::stable_sort(commands, {}, [](const QJsonObject &one) { return one.value("position"_L1).toDouble(); });
    QJsonArray cells;
    for (const QJsonObject &command : std::as_const(commands)) {
        QJsonObject cell{{"cell"_L1, cells.size()}};
        const QString error = errorText(command);
        // Of a cell that failed the code as it ran may be kept nowhere else.
        const qsizetype sourceLength = error.isEmpty() ? SourceLength : FailedSourceLength;
        addText(cell, u"source"_s, shortened(Text::visible(command.value("command"_L1).toString()), sourceLength));
        addText(cell, u"result"_s, shortened(Text::visible(resultText(command.value("results"_L1))), ResultLength));
        addText(cell, u"error"_s, shortened(Text::visible(error), ResultLength));
        cells.append(cell);
    }
    return cells;
}

QCoro::Task<QJsonArray> readCells(ToolCall call, qint64 taskRunId)
{
    const QUrlQuery query{{u"run_id"_s, QString::number(taskRunId)}, {u"views_to_export"_s, u"CODE"_s}};
    const QString path = u"/api/2.2/jobs/runs/export"_s;
    const QJsonObject answer = co_await call.workspace().get(path, query);
    const QJsonArray cells = cellsOf(answer.value("views"_L1)[0]["content"_L1].toString());
    co_return cells;
}

QString cellsText(const QJsonArray &cells)
{
    QStringList lines;
    for (const QJsonValue cell : cells) {
        lines.append(u"cell: %1"_s.arg(cell["cell"_L1].toInteger()));
        for (const auto key : {"source"_L1, "result"_L1, "error"_L1}) {
            if (const QString text = cell[key].toString(); !text.isEmpty())
                lines.append(key + ":\n"_L1 + text);
        }
    }
    return lines.join(u'\n');
}

} // namespace Tools
