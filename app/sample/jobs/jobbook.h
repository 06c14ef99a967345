#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace Sample {

/// A job: what jobs/get says of it (https://docs.databricks.com/api/workspace/jobs/get).
struct SampleJob
{
    qint64 id = 0;
    QString creator;
    qint64 created = 0; ///< milliseconds since 1970
    QJsonObject settings;
    bool legacy = false;     ///< its runs are told with the deprecated state alone
    bool isRepaired = false; ///< its past runs that failed were repaired

    QString name() const;
    QJsonArray tasks() const;
    /// The defaults of its parameters for a run that starts at this time, name to value.
    QJsonObject parameters(qint64 start) const;
    /// As jobs/list (without tasks unless they are asked for) and jobs/get tell it.
    QJsonObject facts(bool withTasks) const;
};

/// The sample's jobs, from resources/sample/jobs.json.
class JobBook
{
public:
    /// user is who the sample's token belongs to, in whose name jobs are made.
    JobBook(const QDateTime &now, QString user);

    const std::vector<SampleJob> &jobs() const { return m_jobs; }
    /// nullptr where there is no such job. Holds until the next change of the book.
    const SampleJob *find(qint64 id) const;

    qint64 create(const QJsonObject &settings);
    /// False where there is no such job.
    bool reset(qint64 id, const QJsonObject &settings);
    bool remove(qint64 id);
    /// Adds invented jobs until there are so many.
    void growTo(qsizetype count);

private:
    const qint64 m_now;
    const QString m_user;
    qint64 m_made = 0;
    std::vector<SampleJob> m_jobs;
};

} // namespace Sample
