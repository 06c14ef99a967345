#include "tools/jobs/taskchanges.h"

#include "tools/kit/consequences.h"

#include "common/visible.h"

#include <QHash>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tools {

namespace {

constexpr qsizetype NamedParts = 12;

/// The lists of a job whose elements have names: the member that names them, and what one is called.
struct NamedList
{
    QLatin1StringView setting;
    QLatin1StringView key;
    QLatin1StringView noun;
};

constexpr NamedList Lists[] = {{"tasks"_L1, "task_key"_L1, "task"_L1},
                               {"parameters"_L1, "name"_L1, "parameter"_L1},
                               {"job_clusters"_L1, "job_cluster_key"_L1, "job cluster"_L1},
                               {"environments"_L1, "environment_key"_L1, "environment"_L1}};

/// What the API says of a task or a job that says nothing of it itself.
const QHash<QString, QString> Defaults{{u"run_if"_s, u"ALL_SUCCESS"_s},
                                       {u"source"_s, u"WORKSPACE"_s},
                                       {u"format"_s, u"MULTI_TASK"_s},
                                       {u"edit_mode"_s, u"UI_LOCKED"_s}};

bool isEmptyObject(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    return std::all_of(object.begin(), object.end(), [](const QJsonValue &member) { return isDefault({}, member); });
}

/// The paths of what before has and after has not: "notebook_task.base_parameters".
QStringList missing(const QJsonObject &before, const QJsonObject &after, const QString &path)
{
    QStringList paths;
    for (auto one = before.begin(); one != before.end(); ++one) {
        if (isDefault(one.key(), *one))
            continue;
        const QJsonValue now = after.value(one.key());
        if (now.isUndefined() || now.isNull())
            paths.append(path + Text::line(one.key(), 60));
        else if (one->isObject() && now.isObject())
            paths += missing(one->toObject(), now.toObject(), path + Text::line(one.key(), 60) + u'.');
    }
    return paths;
}

QHash<QString, QJsonObject> byName(const QJsonArray &elements, QLatin1StringView key)
{
    QHash<QString, QJsonObject> named;
    for (const QJsonValue element : elements)
        named.insert(element[key].toString(), element.toObject());
    return named;
}

QStringList missingOfList(const NamedList &list, const QJsonArray &before, const QJsonArray &after)
{
    const QHash<QString, QJsonObject> now = byName(after, list.key);
    QStringList lost;
    for (const QJsonValue element : before) {
        const QString name = element[list.key].toString();
        const QString words = u"%1 \"%2\""_s.arg(list.noun, Text::line(name, 100));
        if (!now.contains(name)) {
            lost.append(words);
            continue;
        }
        const QStringList parts = missing(element.toObject(), now.value(name), {});
        for (const QString &part : parts)
            lost.append(u"%1 of %2"_s.arg(part, words));
    }
    return lost;
}

} // namespace

bool isDefault(const QString &name, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString().isEmpty() || Defaults.value(name) == value.toString();
    case QJsonValue::Bool:
        return !value.toBool();
    case QJsonValue::Double:
        return value.toDouble() == 0;
    case QJsonValue::Array:
        return value.toArray().isEmpty();
    case QJsonValue::Object:
        return isEmptyObject(value);
    default:
        return true;
    }
}

QStringList lostParts(const QJsonObject &before, const QJsonObject &changes)
{
    // What starts the job is told in words of its own.
    static const QStringList Told{u"schedule"_s, u"trigger"_s, u"continuous"_s};
    QStringList lost;
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        const QJsonValue was = before.value(change.key());
        const auto list =
            std::ranges::find_if(Lists, [&change](const NamedList &one) { return one.setting == change.key(); });
        if (list != std::end(Lists))
            lost += missingOfList(*list, was.toArray(), change->toArray());
        else if (!Told.contains(change.key()) && was.isObject() && change->isObject())
            lost += missing(was.toObject(), change->toObject(), Text::line(change.key(), 60) + u'.');
    }
    return lost;
}

QString lostWords(const QJsonObject &before, const QJsonObject &changes)
{
    const QStringList lost = lostParts(before, changes);
    return lost.isEmpty() ? QString() : u"The new settings no longer have: %1."_s.arg(someOf(lost, NamedParts));
}

} // namespace Tools
