#pragma once

#include <string>
#include <vector>

namespace wordkin {

// The files that 'arguments' stand for, in order: a file stands for itself, a folder for the
// regular files below it in byte order of their paths (hidden ones left out, links followed), a
// glob for its matches in byte order, "-" for standard input. Throws kInputOutput for what does not
// exist, matches nothing or cannot be read; kUsage for an empty list or a second "-".
std::vector<std::string> ExpandCorpusPaths(const std::vector<std::string>& arguments);

}  // namespace wordkin
