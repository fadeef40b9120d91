#pragma once

#include <map>
#include <string>

namespace wordkin {

// What a file says of its training beside words and rows, by name: numbers of at most 2^53. Names
// that training's provenance has too are the same: "window", "epochs", "min_count", "negative",
// "subsample".
using FormatSettings = std::map<std::string, double>;

}  // namespace wordkin
