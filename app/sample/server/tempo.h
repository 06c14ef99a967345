#pragma once

#include <chrono>

namespace Sample {

/// How fast the sample's clusters, runs and updates change state.
struct Tempo
{
    std::chrono::milliseconds start = std::chrono::seconds(6);     ///< PENDING to RUNNING
    std::chrono::milliseconds terminate = std::chrono::seconds(3); ///< TERMINATING to TERMINATED
    std::chrono::milliseconds restart = std::chrono::seconds(5);
    std::chrono::milliseconds step = std::chrono::seconds(3); ///< each state of a run or of a pipeline's update
};

} // namespace Sample
