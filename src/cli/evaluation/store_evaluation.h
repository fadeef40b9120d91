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
// nullptr, else with tables on the console. Both return how many questions could be asked.

// Adds "analogies", "similarity" and "sets".
std::size_t EvaluateStore(const EmbeddingStore& store, std::span<const StaticSet> sets,
                          const Arguments& arguments, Json* json, Console& console);

// Adds "files" and "comparison".
std::size_t CompareStores(const EmbeddingStore& first, const EmbeddingStore& second,
                          std::span<const StaticSet> sets, const Arguments& arguments, Json* json,
                          Console& console);

}  // namespace wordkin::cli
