#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/console.h"
#include "common/math/aligned_matrix.h"
#include "common/store/embedding_store.h"

namespace wordkin::cli {

// More would be no map to look at, nor wait for.
inline constexpr std::size_t kMostMapWords = 50'000;

struct MapWords {
  std::vector<std::string> words;     // one at least, by their place in the store
  AlignedMatrix unit_rows;            // of length one
  std::optional<std::size_t> centre;  // the word that --around names
};

// Throws kUsage where --words, --around, --top and filters do not go together.
void CheckMapWords(const Arguments& arguments);

// The words that --words, --around or --top ask for and filters leave. Notes, unless --quiet,
// words of a list that are not in the store, and those left out since their vector is zero. Throws
// kNotFound when none is left, with suggestions for an unknown word of --around; kUsage for more
// than kMostMapWords.
MapWords ChooseMapWords(const Arguments& arguments, const EmbeddingStore& store, Console& console);

}  // namespace wordkin::cli
