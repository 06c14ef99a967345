#include "tools/clusters/cluster.h"
#include "tools/clusters/clusterconsequence.h"
#include "tools/host/catalogue.h"
#include "tools/kit/answer.h"
#include "tools/kit/listing.h"
#include "tools/kit/schema.h"

#include "common/visible.h"

#include <array>

using namespace Qt::StringLiterals;
using Mcp::ToolResult;

namespace Tools {

namespace {

/// How an argument's text stands in the API's library object (https://docs.databricks.com/api/workspace/libraries):
/// {"pypi": {"package": text}}, or {"jar": text} where there is no inner name.
struct Kind
{
    QLatin1StringView argument;
    QLatin1StringView key;
    QLatin1StringView inner;
    const char *description;
};

constexpr std::array Kinds{
    Kind{"pypi"_L1, "pypi"_L1, "package"_L1, "Packages from PyPI, such as simplejson==3.19.2"},
    Kind{"maven"_L1, "maven"_L1, "coordinates"_L1, "Maven coordinates, such as org.jsoup:jsoup:1.17.2"},
    Kind{"cran"_L1, "cran"_L1, "package"_L1, "Packages from CRAN"},
    Kind{"jars"_L1, "jar"_L1, ""_L1, "Paths of JAR files, such as /Volumes/main/ops/jars/x.jar"},
    Kind{"wheels"_L1, "whl"_L1, ""_L1, "Paths of Python wheels"},
    Kind{"requirements"_L1, "requirements"_L1, ""_L1, "Paths of requirements.txt files"},
};

Schema librariesSchema()
{
    Schema schema;
    schema.text(u"cluster_id"_s, u"Id of the cluster. Optional: the profile's default cluster."_s);
    for (const Kind &kind : Kinds)
        schema.texts(kind.argument, QString::fromLatin1(kind.description));
    return schema;
}

QJsonArray librariesOf(const ToolCall &call)
{
    QJsonArray libraries;
    for (const Kind &kind : Kinds) {
        const QStringList names = call.texts(kind.argument);
        for (const QString &name : names) {
            const QJsonValue value =
                kind.inner.isEmpty() ? QJsonValue(name) : QJsonValue(QJsonObject{{kind.inner, name}});
            libraries.append(QJsonObject{{kind.key, value}});
        }
    }
    return libraries;
}

QString libraryText(const QJsonObject &library)
{
    for (const Kind &kind : Kinds) {
        const QJsonValue value = library.value(kind.key);
        if (!value.isUndefined())
            return kind.key + ": "_L1 +
                   Text::visible(value.isObject() ? value[kind.inner].toString() : value.toString());
    }
    return Text::visible(library.keys().join(u", "_s));
}

QJsonObject statusRow(const QJsonObject &status)
{
    QStringList messages;
    for (const QJsonValue message : status.value("messages"_L1).toArray())
        messages.append(Text::visible(message.toString()));
    return {{"library"_L1, libraryText(status.value("library"_L1).toObject())},
            {"status"_L1, status.value("status"_L1)},
            {"messages"_L1, messages.join(u"; "_s)}};
}

QCoro::Task<ToolResult> listClusterLibraries(ToolCall call)
{
    const QString id = call.clusterId();
    QUrlQuery query;
    Databricks::addQueryItem(query, u"cluster_id"_s, id);
    Listing listing(u"/api/2.0/libraries/cluster-status"_s, query, u"library_statuses"_s, &statusRow);
    listing.from(call);
    const Listed listed = co_await readListing(call.workspace(), listing);
    const Columns columns{{u"library"_s, u"library"_s}, {u"status"_s, u"status"_s}, {u"messages"_s, u"messages"_s}};
    co_return listAnswer(u"Cluster %1 has %2 libraries:"_s.arg(id, listed.totalInWords()), columns, u"libraries"_s,
                         listed);
}

QCoro::Task<ToolResult> changeLibraries(ToolCall call, QString path, QString words)
{
    const QString id = call.clusterId();
    const QJsonArray libraries = librariesOf(call);
    if (libraries.isEmpty())
        co_return ToolResult::error(u"Name at least one library: pypi, maven, cran, jars, wheels or requirements."_s);
    const QJsonObject cluster = co_await readCluster(call, id);
    const QJsonObject body{{"cluster_id"_L1, id}, {"libraries"_L1, libraries}};
    co_await call.workspace().post(path, body);
    QStringList names;
    for (const QJsonValue library : libraries)
        names.append(libraryText(library.toObject()));
    const QJsonObject facts{{"cluster_id"_L1, id}, {"libraries"_L1, QJsonArray::fromStringList(names)}};
    co_return factsAnswer(words.arg(Text::visible(cluster.value("cluster_name"_L1).toString())), facts);
}

QCoro::Task<ToolResult> installLibraries(ToolCall call)
{
    return changeLibraries(call, u"/api/2.0/libraries/install"_s,
                           u"Libraries are being installed on cluster %1, or will be when it starts. Call "
                           "list_cluster_libraries to see how it went."_s);
}

/// Which of the libraries in the arguments the cluster does not have, by name. Throws ApiError.
QCoro::Task<QStringList> notInstalled(ToolCall call)
{
    QUrlQuery query;
    Databricks::addQueryItem(query, u"cluster_id"_s, call.clusterId());
    const QJsonObject status = co_await call.workspace().get(u"/api/2.0/libraries/cluster-status"_s, query);
    QStringList there;
    for (const QJsonValue one : status.value("library_statuses"_L1).toArray())
        there.append(libraryText(one["library"_L1].toObject()));
    QStringList missing;
    const QJsonArray libraries = librariesOf(call);
    for (const QJsonValue library : libraries) {
        const QString name = libraryText(library.toObject());
        if (!there.contains(name))
            missing.append(name);
    }
    co_return missing;
}

QCoro::Task<ToolResult> uninstallLibraries(ToolCall call)
{
    const QStringList missing = co_await notInstalled(call);
    if (!missing.isEmpty())
        co_return ToolResult::error(
            u"Not among the cluster's libraries: %1. Nothing was done; list_cluster_libraries says which it has, as "
            "they are to be named."_s.arg(missing.join(", "_L1)));
    const ToolResult result =
        co_await changeLibraries(call, u"/api/2.0/libraries/uninstall"_s,
                                 u"Libraries are taken off cluster %1 with its next restart (restart_cluster)."_s);
    co_return result;
}

} // namespace

QList<Tool> libraryTools()
{
    const Schema changed =
        Schema().text(u"cluster_id"_s, {}).texts(u"libraries"_s, {}).require({u"cluster_id"_s, u"libraries"_s});
    return {
        {
            .name = u"list_cluster_libraries"_s,
            .title = u"List cluster libraries"_s,
            .description = u"Lists the libraries of a cluster and whether they are installed."_s,
            .effects = Calls::Effect::Reads,
            .inputSchema = withPages(
                Schema().text(u"cluster_id"_s, u"Id of the cluster. Optional: the profile's default cluster."_s)),
            .outputSchema = listedSchema(u"libraries"_s,
                                         Schema().text(u"library"_s, {}).text(u"status"_s, {}).text(u"messages"_s, {})),
            .run = &listClusterLibraries,
        },
        {
            .name = u"install_cluster_libraries"_s,
            .title = u"Install cluster libraries"_s,
            .description = u"Installs libraries on a cluster; a terminated one gets them when it starts."_s,
            .effects = Calls::Effect::RunsCode,
            .inputSchema = librariesSchema(),
            .outputSchema = changed,
            .run = &installLibraries,
            .target = &clusterTarget,
            .consequence = &librariesOfCluster,
            .idempotent = true,
        },
        {
            .name = u"uninstall_cluster_libraries"_s,
            .title = u"Uninstall cluster libraries"_s,
            .description = u"Marks libraries of a cluster for removal, which happens with its next restart."_s,
            .effects = Calls::Effect::Destroys,
            .inputSchema = librariesSchema(),
            .outputSchema = changed,
            .run = &uninstallLibraries,
            .target = &clusterTarget,
            .consequence = &librariesOfCluster,
            .idempotent = true,
        },
    };
}

} // namespace Tools
