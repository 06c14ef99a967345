#include "calls/record.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Calls {

namespace {

struct Name
{
    Outcome outcome;
    QLatin1StringView words;
};

constexpr std::array<Name, 6> names{{{Outcome::Running, "running"_L1},
                                     {Outcome::Waiting, "waiting"_L1},
                                     {Outcome::Succeeded, "succeeded"_L1},
                                     {Outcome::Failed, "failed"_L1},
                                     {Outcome::Refused, "refused"_L1},
                                     {Outcome::Cancelled, "cancelled"_L1}}};

} // namespace

bool isOver(Outcome outcome)
{
    return outcome != Outcome::Running && outcome != Outcome::Waiting;
}

QString outcomeName(Outcome outcome)
{
    for (const Name &name : names) {
        if (name.outcome == outcome)
            return name.words;
    }
    Q_UNREACHABLE();
}

Outcome outcomeFromName(const QString &name)
{
    for (const Name &known : names) {
        if (known.words == name)
            return known.outcome;
    }
    // A file that was edited by hand must not bring a call back to life.
    return Outcome::Cancelled;
}

} // namespace Calls
