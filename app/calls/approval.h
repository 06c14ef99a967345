#pragma once

namespace Calls {

/// A person's answer to a call that was asked about.
enum class Approval {
    Once,      ///< this call; where its client has stopped waiting, its repetition
    ForAWhile, ///< and the calls of the same tool by the same client in the same workspace, for a quarter of an hour
    Denied
};

} // namespace Calls
