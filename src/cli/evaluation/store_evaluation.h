#pragma once

#include <cstddef>
#include <span>

#include "cli/arguments.h"
#include "cli/evaluation/static_sets.h"
#include "cli/json.h"
#include "common/store/embedding_store.h"

namespace wordkin::cli {

class Console;

// The parts of 'wordkin evaluate FILE [FILE]' that ask static vectors: with --top, --method,
// --seed, --threads and, for one file, --by-frequency. They answer in 'json', where it is not
// nullptr, else with tables on the console.

struct AskedSets {
  std::size_t questions = 0;  // that could be asked
  std::size_t scored = 0;     // sets with a score, or two to compare
};

// Adds "analogies", "similarity" and "sets".
AskedSets EvaluateStore(const EmbeddingStore& store, std::span<const StaticSet> sets,
                        const Arguments& arguments, Json* json, Console& console);

// Adds "files" and "comparison". A file that is named twice counts once, and the console hears of
// it: p would be raised for a test that is none.
AskedSets CompareStores(const EmbeddingStore& first, const EmbeddingStore& second,
                        std::span<const StaticSet> sets, const Arguments& arguments, Json* json,
                        Console& console);

}  // namespace wordkin::cli
