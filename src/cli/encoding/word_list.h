#pragma once

#include <cstddef>
#include <string>

#include "common/store/embedding_store.h"
#include "common/store/vocabulary.h"

namespace wordkin::cli {

// The first 'limit' words (0: all) of a store, with their counts.
Vocabulary WordsOf(const EmbeddingStore& store, std::size_t limit);
// The same of a .kin file, or of a list with a word a line. Throws kInputOutput, kDamaged when a
// list is empty, or holds a word twice or one that no store could have, naming the line.
Vocabulary ReadWordList(const std::string& path, std::size_t limit);

}  // namespace wordkin::cli
