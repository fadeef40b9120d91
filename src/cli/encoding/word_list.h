#pragma once

#include <cstddef>
#include <string>

#include "common/store/vocabulary.h"

namespace wordkin::cli {

// The first 'limit' words (0: all) of a .kin file, with their counts, or of a list with a word a
// line. Throws kInputOutput, kDamaged when a list is empty or holds a word twice.
Vocabulary ReadWordList(const std::string& path, std::size_t limit);

}  // namespace wordkin::cli
