#pragma once

#include <chrono>

namespace Calls {

/// A person's answer to a call that was asked about.
enum class Approval {
    Once,      ///< this call; where its client has stopped waiting, its repetition
    ForAWhile, ///< and the calls of the same tool by the same client in the same workspace, for as long as a grant
               ///< holds
    Denied
};

/// How long a grant holds: an approval for a while, or a late one.
inline constexpr std::chrono::minutes GrantValidity{15};

/// How long a person may take.
struct ApprovalTimes
{
    std::chrono::milliseconds answer = std::chrono::seconds(40); ///< then the model is told to come back
    std::chrono::milliseconds late = GrantValidity;              ///< and after that, before an answer counts no more
};

} // namespace Calls
