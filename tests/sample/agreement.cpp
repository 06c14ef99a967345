#include "sample/agreement.h"

using namespace Qt::StringLiterals;

void Agreement::expect(const QString &path, const QUrlQuery &query, const QString &what, const QString &by)
{
    const QString key = path + u'?' + query.toString();
    if (m_seen.contains(key))
        return;
    m_seen.insert(key);
    const Answer answer = m_client.get(path, query);
    if (answer.status != 200)
        m_missing.append(u"%1, named by %2: %3"_s.arg(what, by, answer.message()));
}

QJsonArray Agreement::all(const QString &path, const QString &key, QUrlQuery query)
{
    QJsonArray found;
    QString token;
    do {
        query.removeQueryItem(u"page_token"_s);
        if (!token.isEmpty())
            query.addQueryItem(u"page_token"_s, token);
        const QJsonObject page = get(path, query);
        for (const QJsonValue one : page.value(key).toArray())
            found.append(one);
        token = page.value("next_page_token"_L1).toString();
    } while (!token.isEmpty());
    return found;
}

void Agreement::cluster(const QString &id, const QString &by)
{
    expect(u"/api/2.1/clusters/get"_s, {{u"cluster_id"_s, id}}, u"cluster "_s + id, by);
}

void Agreement::job(qint64 id, const QString &by)
{
    expect(u"/api/2.2/jobs/get"_s, {{u"job_id"_s, QString::number(id)}}, u"job %1"_s.arg(id), by);
}

void Agreement::run(qint64 id, const QString &by)
{
    expect(u"/api/2.2/jobs/runs/get"_s, {{u"run_id"_s, QString::number(id)}}, u"run %1"_s.arg(id), by);
}

void Agreement::user(const QString &name, const QString &by)
{
    const QString key = u"user "_s + name;
    if (m_seen.contains(key))
        return;
    m_seen.insert(key);
    for (const auto &[family, field] :
         {std::pair(u"Users"_s, u"userName"_s), std::pair(u"Groups"_s, u"displayName"_s)}) {
        const QJsonObject found =
            get(u"/api/2.0/preview/scim/v2/"_s + family, {{u"filter"_s, u"%1 eq \"%2\""_s.arg(field, name)}});
        if (found.value("totalResults"_L1).toInt() > 0)
            return;
    }
    m_missing.append(u"%1, named by %2"_s.arg(key, by));
}

void Agreement::warehouse(const QString &id, const QString &by)
{
    expect(u"/api/2.0/sql/warehouses/"_s + id, {}, u"warehouse "_s + id, by);
}

void Agreement::table(const QString &fullName, const QString &by)
{
    expect(u"/api/2.1/unity-catalog/tables/"_s + fullName, {}, u"table "_s + fullName, by);
}

void Agreement::path(const QString &path, const QString &by)
{
    if (!path.startsWith("/Volumes/"_L1))
        return expect(u"/api/2.0/workspace/get-status"_s, {{u"path"_s, path}}, path, by);
    for (const auto &family : {u"files"_s, u"directories"_s}) {
        if (m_client.get(u"/api/2.0/fs/%1%2"_s.arg(family, path)).status == 200)
            return;
    }
    m_missing.append(u"%1, named by %2"_s.arg(path, by));
}

void Agreement::pipeline(const QString &id, const QString &by)
{
    expect(u"/api/2.0/pipelines/"_s + id, {}, u"pipeline "_s + id, by);
}

void Agreement::query(const QString &id, const QString &by)
{
    expect(u"/api/2.0/sql/queries/"_s + id, {}, u"query "_s + id, by);
}

void Agreement::policy(const QString &id, const QString &by)
{
    expect(u"/api/2.0/policies/clusters/get"_s, {{u"policy_id"_s, id}}, u"policy "_s + id, by);
}

void Agreement::task(const QJsonObject &task, const QString &by)
{
    const QString who = by + u" / "_s + task.value("task_key"_L1).toString();
    if (task.contains("existing_cluster_id"_L1))
        cluster(task.value("existing_cluster_id"_L1).toString(), who);
    if (task.contains("cluster_instance"_L1))
        cluster(task.value("cluster_instance"_L1)["cluster_id"_L1].toString(), who);
    if (task.contains("notebook_task"_L1))
        path(task.value("notebook_task"_L1)["notebook_path"_L1].toString(), who);
    if (task.contains("spark_python_task"_L1))
        path(task.value("spark_python_task"_L1)["python_file"_L1].toString(), who);
    if (task.contains("pipeline_task"_L1))
        pipeline(task.value("pipeline_task"_L1)["pipeline_id"_L1].toString(), who);
    if (task.contains("sql_task"_L1)) {
        query(task.value("sql_task"_L1)["query"_L1]["query_id"_L1].toString(), who);
        warehouse(task.value("sql_task"_L1)["warehouse_id"_L1].toString(), who);
    }
    if (task.contains("for_each_task"_L1))
        this->task(task.value("for_each_task"_L1)["task"_L1].toObject(), who);
}

QJsonObject Agreement::statement(const QString &sql)
{
    return m_client
        .post(u"/api/2.0/sql/statements"_s, QJsonObject{{u"statement"_s, sql},
                                                        {u"warehouse_id"_s, u"8f3b2c1d90e47a65"_s},
                                                        {u"wait_timeout"_s, u"30s"_s}})
        .json();
}

QJsonArray Agreement::rowsOf(const QJsonObject &answer)
{
    if (answer.value("status"_L1)["state"_L1] != "SUCCEEDED"_L1)
        return {QJsonArray{answer.value("status"_L1)["error"_L1]["message"_L1].toString()}};
    return answer.value("result"_L1)["data_array"_L1].toArray();
}
