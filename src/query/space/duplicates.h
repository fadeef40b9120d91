#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/search/row_filter.h"

namespace wordkin::query {

struct AlikePair {
  WordId first;  // the lower one
  WordId second;
  float score;  // cosine
};

struct DuplicateOptions {
  float least_score = 0.95f;
  std::size_t pair_count = 100;       // the most pairs, one at least
  std::size_t limit_vocabulary = 0;   // among the first words only; 0: all
  const RowFilter* filter = nullptr;  // which words count
  int thread_count = 1;
};

// The pairs of words whose vectors are nearest to each other, best first, equal scores by words.
// Every pair is compared by the 8-bit scan, and those that come near the least score again at full
// precision, with memory for pair_count pairs. 'progress' hears the part done, 0 to 1, on the
// calling thread; once 'stop' is true the pairs are not all.
std::vector<AlikePair> FindDuplicates(const EmbeddingStore& store, const DuplicateOptions& options,
                                      const std::function<void(double)>& progress,
                                      const std::atomic<bool>& stop);

}  // namespace wordkin::query
