#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "cli/arguments.h"
#include "cli/console.h"
#include "common/store/embedding_store.h"
#include "query/search/vector_index.h"

namespace wordkin::cli {

// What of a command bears on its searches.
struct SearchNeeds {
  bool is_batch = false;
  bool may_limit_words = true;  // it has --limit-vocabulary and the options of answer_filter.h
};

// The index that --search, --effort, --recall and --limit-vocabulary ask for, on --threads. "auto"
// is exact but with an effort, and for a batch of which the graph answers as well as asked at less
// cost; it tells of the second, unless --quiet. The exact search finds all that --recall asks for.
// Throws kUsage for combinations that cannot be.
std::unique_ptr<query::VectorIndex> ChooseIndex(const EmbeddingStore& store,
                                                const Arguments& arguments,
                                                const SearchNeeds& needs, Console& console);

// The option by which the graph's search is asked for, whatever it costs; empty for none.
std::string AskedForGraph(const Arguments& arguments);

bool HasGraph(const EmbeddingStore& store);

// --count and --limit-vocabulary.
std::size_t AnswerCount(const Arguments& arguments);
std::size_t VocabularyLimit(const Arguments& arguments);

}  // namespace wordkin::cli
