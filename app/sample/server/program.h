#pragma once

#include "sample/server/controls.h"

#include <memory>

namespace Sample {

/// The program sample_workspace: reads the command line, serves until it is ended, and gives the exit code.
int runProgram(int argc, char **argv, std::unique_ptr<Controls> controls = nullptr);

} // namespace Sample
