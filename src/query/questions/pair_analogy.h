#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/math/logistic_regression.h"
#include "common/store/embedding_store.h"
#include "query/questions/query_word.h"
#include "query/search/vector_index.h"

namespace wordkin::query {

// How "as all these b are to their a, so is ? to c" is solved (Drozd, Gladkova, Matsuoka, COLING
// 2016); all over unit vectors.
enum class PairMethod {
  kAverage,     // 3CosAvg: cos(x, c + mean of all b - mean of all a)
  kRegression,  // LRCos: P(x is one of the b) cos(x, c), the first by logistic regression that
                // tells the b from the a and from words drawn at random
};

struct PairAnalogyOptions {
  PairMethod method = PairMethod::kAverage;
  std::size_t answer_count = 10;
  std::size_t limit_vocabulary = 0;   // of kRegression, which asks no index; 0: all words
  const RowFilter* filter = nullptr;  // which words may be answers
  bool pairs_may_answer = false;      // the pairs' words too; never c
  std::uint64_t seed = 1;             // of the words drawn
};

// What some pairs, one at least, have in common. 'store' must outlive it.
class PairAnalogy {
 public:
  PairAnalogy(const EmbeddingStore& store, std::span<const WordPair> pairs,
              const PairAnalogyOptions& options);

  // At most 'answer_count' answers to each word c, best first. kAverage asks 'index', kRegression
  // scores every word.
  std::vector<std::vector<Neighbor>> Solve(const VectorIndex& index,
                                           std::span<const QueryWord> words) const;

 private:
  std::vector<std::vector<Neighbor>> SolveByAverage(const VectorIndex& index,
                                                    std::span<const QueryWord> words) const;
  std::vector<std::vector<Neighbor>> SolveByRegression(std::span<const QueryWord> words) const;

  const EmbeddingStore& store_;
  PairAnalogyOptions options_;
  RowFilter filter_;                     // the options', without the pairs' words
  std::size_t removed_from_filter_ = 0;  // how many those are
  std::vector<float> offset_;            // of kAverage, (dimension)
  LogisticModel of_class_;               // of kRegression
};

}  // namespace wordkin::query
