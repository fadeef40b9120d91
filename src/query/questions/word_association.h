#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/questions/query_word.h"

namespace wordkin::query {

// WEAT (Caliskan, Bryson, Narayanan, Science 2017): whether two sets of target words X and Y differ
// in how near they are to two sets of attribute words A and B. The association of a word w is
// s(w) = mean cos(w, a) - mean cos(w, b).

struct AssociationSets {
  std::vector<QueryWord> x, y;  // targets, two words each at least
  std::vector<QueryWord> a, b;  // attributes, one word each at least
};

struct AssociationOptions {
  std::size_t most_partitions = 100'000;  // 1 at least
  std::uint64_t seed = 1;
};

struct AssociationTest {
  std::vector<double> of_x, of_y;  // the words' associations, in their order
  double statistic = 0;            // sum of s over X less that over Y
  // Mean of s over X less that over Y, by the standard deviation of s over both (that of a sample:
  // divided by n - 1, as the authors' code has it); NaN when all are alike.
  double effect_size = 0;
  // The part of the partitions of X and Y into sets of their sizes with a statistic no smaller, the
  // one observed among them: of all partitions when they are no more than most_partitions, else of
  // as many drawn at random, (found + 1) / (drawn + 1).
  double p_value = 1;
  bool is_exact = true;
  std::size_t partition_count = 0;  // looked at
};

AssociationTest TestAssociation(const EmbeddingStore& store, const AssociationSets& sets,
                                const AssociationOptions& options);

}  // namespace wordkin::query
