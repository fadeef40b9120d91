#pragma once

#include <cstddef>
#include <memory>

#include "cli/arguments.h"
#include "common/store/embedding_store.h"
#include "query/search/vector_index.h"

namespace wordkin::cli {

// The index that --search, --effort and --limit-vocabulary ask for. "auto" is exact for the
// queries of a command line, and for a batch when reading the graph would not pay. Throws kUsage
// for combinations that cannot be.
std::unique_ptr<query::VectorIndex> ChooseIndex(const EmbeddingStore& store,
                                                const Arguments& arguments, bool is_batch);

bool HasGraph(const EmbeddingStore& store);

// --count and --limit-vocabulary.
std::size_t AnswerCount(const Arguments& arguments);
std::size_t VocabularyLimit(const Arguments& arguments);

}  // namespace wordkin::cli
