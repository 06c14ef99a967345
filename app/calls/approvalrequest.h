#pragma once

#include "calls/effect.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Calls {

/// How many rows a call matches, where nobody has counted them: it takes a warehouse that does not run, and a person
/// may have it started by a click.
struct RowCount
{
    QString warehouseId;
    QString warehouse; ///< its name
};

/// What approving a call would bring, as far as reads alone could tell.
struct Consequence
{
    QStringList facts; ///< sentences for a person, the weightiest first
    QString diff;      ///< what an overwrite changes, in the unified format; empty where nothing is overwritten
    std::optional<RowCount> rowCount = {}; ///< what a click would find out in the place of the first fact

    bool isEmpty() const { return facts.isEmpty() && diff.isEmpty(); }
};

/// One argument of a call, as it will run.
struct Passage
{
    enum class Language { Plain, Sql, Python, Scala, R, Shell, Json };

    QString name;
    QString text; ///< exactly; whoever shows it makes visible what is not
    Language language = Language::Plain;
};

/// What a person is asked about a call: exactly what will run, and nothing hidden but the arguments that are declared
/// secret and this program's own token and keys. In memory only, never in the journal.
struct ApprovalRequest
{
    qint64 callId = 0;
    QString client; ///< as it calls itself: "cursor-vscode 1.0.0"
    QString key;    ///< the name of the access key it showed; empty without one
    QString profile;
    QString workspace; ///< host
    QString tool;
    Effects effects;
    QString verb;   ///< what it does: "DROP TABLE"; a grant does not go beyond it
    QString object; ///< what it does that to, the same for every call: a grant for one target does not go beyond it
    QString target; ///< that in words: "main.sales.orders on Starter Warehouse"; empty where nobody knows
    QList<Passage> passages; ///< the deciding ones first
    /// Larger than MostShown or MostLines: passages holds no more than what is small of it, and it cannot be approved.
    bool isTooLarge = false;
    bool isConsequenceKnown = false; ///< false: it is being found out
    Consequence consequence;
    bool isCounting = false;    ///< the person has had the rows counted, once and for all
    QDateTime clientWaitsUntil; ///< UTC
    bool isLate = false;        ///< the client waits no longer; approving lets the repeated call through

    /// Characters of all passages together, as they are shown.
    static constexpr qsizetype MostShown = 262'144;
    static constexpr qsizetype MostLines = 5'000;
};

/// How long a yes holds that reaches beyond one call, a late one included.
inline constexpr std::chrono::minutes GrantValidity{15};

/// How long a person may take.
struct ApprovalTimes
{
    std::chrono::milliseconds answer = std::chrono::seconds(40); ///< then the model is told to come back
    std::chrono::milliseconds late = GrantValidity;              ///< and after that, before an answer counts no more
    std::chrono::milliseconds quiet = std::chrono::minutes(1);   ///< between a client's cards that nobody answers
};

/// How far a yes reaches.
enum class Reach {
    ThisCall,   ///< where its client has stopped waiting, its repetition
    SameTarget, ///< this client may do this to this target for a while
    AnyTarget,  ///< this client may do this to any target for a while
};

/// A person's answer.
struct ApprovalAnswer
{
    bool approved = false;
    Reach reach = Reach::ThisCall;
    QString note = {}; ///< of a refusal, for the model: "use staging instead"
};

/// A yes that reaches beyond one call, as a person sees it.
struct Grant
{
    qint64 id = 0;
    QString client;
    QString workspace;
    QString verb;
    QString target;
    bool isAnyTarget = false;
    QDateTime until; ///< UTC
    int uses = 0;    ///< calls that ran under it

    bool operator==(const Grant &) const = default;
};

} // namespace Calls

Q_DECLARE_METATYPE(Calls::ApprovalRequest)
Q_DECLARE_METATYPE(Calls::ApprovalAnswer)
Q_DECLARE_METATYPE(Calls::Grant)
