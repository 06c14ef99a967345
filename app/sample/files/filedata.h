#pragma once

#include "sample/files/filetree.h"

namespace Sample {

/// A small table as CSV, a long log, a picture, and names that must be encoded.
FileTree sampleVolumeFiles();
FileTree sampleDbfsFiles();

} // namespace Sample
