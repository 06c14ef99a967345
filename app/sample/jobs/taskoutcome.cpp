#include "sample/jobs/taskoutcome.h"

using namespace Qt::StringLiterals;

namespace Sample {

namespace {

TaskOutcome failure(const QString &message, const QString &code = u"RUN_EXECUTION_ERROR"_s,
                    const QString &type = u"CLIENT_ERROR"_s)
{
    TaskOutcome outcome;
    outcome.result = u"FAILED"_s;
    outcome.code = code;
    outcome.type = type;
    outcome.message = message;
    return outcome;
}

} // namespace

TaskOutcome failed(const QString &error, const QString &trace, bool isScript)
{
    TaskOutcome outcome =
        failure(isScript ? u"Python file exited with code 1"_s : u"Workload failed, see run output for details"_s);
    outcome.output.insert(u"error"_s, error);
    if (!trace.isEmpty())
        outcome.output.insert(u"error_trace"_s, trace);
    return outcome;
}

TaskOutcome notFound(const QString &message)
{
    TaskOutcome outcome = failure(message, u"RESOURCE_NOT_FOUND"_s);
    outcome.output = {{u"error"_s, message}};
    return outcome;
}

TaskOutcome driverLost()
{
    const QString message = u"The spark driver has stopped unexpectedly and is restarting."_s;
    TaskOutcome outcome =
        failure(message + u" Your notebook will be automatically reattached."_s, u"DRIVER_ERROR"_s, u"CLOUD_FAILURE"_s);
    outcome.output = {{u"error"_s, message}};
    return outcome;
}

TaskOutcome iterationsFailed(int failures, int all)
{
    return failure(u"%1 of %2 iterations failed."_s.arg(failures).arg(all));
}

TaskOutcome upstreamFailed()
{
    TaskOutcome outcome = failure(u"An upstream task failed."_s, u"SKIPPED"_s);
    outcome.result = u"UPSTREAM_FAILED"_s;
    return outcome;
}

TaskOutcome excluded(const QString &condition)
{
    TaskOutcome outcome =
        failure(u"The outcome of the condition task %1 was another one."_s.arg(condition), u"SKIPPED"_s, u"SUCCESS"_s);
    outcome.result = u"EXCLUDED"_s;
    return outcome;
}

TaskOutcome canceled()
{
    TaskOutcome outcome = failure(u"Run cancelled."_s, u"USER_CANCELED"_s);
    outcome.result = u"CANCELED"_s;
    return outcome;
}

} // namespace Sample
