#pragma once

/// Forbids that this process is ever written to disk, or read by another one of the same user: its memory has tokens
/// and keys. Does nothing but on Linux.
void forbidCoreDumps();
