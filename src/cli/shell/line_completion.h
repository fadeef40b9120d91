#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/embedding_store.h"

namespace wordkin::cli {

// What Tab does to a line.
struct LineCompletion {
  std::size_t begin = 0;                // the text from here to the cursor is replaced
  std::string replacement;              // with a blank behind it when nothing else can be meant
  std::vector<std::string> shown = {};  // what can be meant, as it is typed, when it is several
};

// Completes 'line', the text before the cursor: commands and options of the table, choices, files,
// and the store's words, most frequent first. Where nothing fits, the text stays as it is. Throws
// kDamaged.
LineCompletion CompleteLine(std::string_view line, const EmbeddingStore& store);

}  // namespace wordkin::cli
