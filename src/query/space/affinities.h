#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "query/search/vector_index.h"

namespace wordkin::query {

// How much each row belongs with which others, as t-SNE has it: a symmetric matrix that is zero
// almost everywhere and adds up to one. Row i's entries are those from begins[i] to begins[i + 1],
// by column.
struct Affinities {
  std::vector<std::size_t> begins;  // row_count + 1
  std::vector<std::uint32_t> columns;
  std::vector<double> values;

  std::size_t row_count() const { return begins.size() - 1; }
};

// exp(-precision x distance), adding up to one, with the precision at which they have the given
// perplexity: 2 to the power of their entropy, as if so many counted alike. Where several smallest
// distances are equal it cannot be less than their number, and more than all is the same as all.
std::vector<double> WeightsOfPerplexity(std::span<const double> squared_distances,
                                        double perplexity);

// p_ij = (p_j|i + p_i|j) / 2n over the neighbours given, ids of rows, by the squared distance of
// rows of length one, 2 - 2 cosine (van der Maaten and Hinton, JMLR 2008). perplexity >= 1. The
// same for any number of threads.
Affinities JointAffinities(std::span<const std::vector<Neighbor>> neighbors, double perplexity,
                           int thread_count);

}  // namespace wordkin::query
