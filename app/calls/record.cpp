#include "calls/record.h"

#include "common/enumnames.h"

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

constexpr auto Names = enumNames<Outcome>({{Outcome::Running, "running"_L1},
                                           {Outcome::Waiting, "waiting"_L1},
                                           {Outcome::Succeeded, "succeeded"_L1},
                                           {Outcome::Failed, "failed"_L1},
                                           {Outcome::Refused, "refused"_L1},
                                           {Outcome::Cancelled, "cancelled"_L1}});

} // namespace

bool isOver(Outcome outcome)
{
    return outcome != Outcome::Running && outcome != Outcome::Waiting;
}

QString outcomeName(Outcome outcome)
{
    return Names.of(outcome);
}

Outcome outcomeFromName(const QString &name)
{
    // A file that was edited by hand must not bring a call back to life.
    return Names.find(name).value_or(Outcome::Cancelled);
}

} // namespace Calls
