#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/store/embedding_store.h"
#include "query/search/vector_index.h"

namespace wordkin::query {

// What every index does with a request before and after its own search.

// The request's vector at length one; empty when it is zero. Throws kUsage when its dimension is
// not the store's or a value is not finite.
std::vector<float> UnitQuery(const SearchRequest& request, const EmbeddingStore& store);

// How many rows to look for so that enough are left once the excluded ones are dropped.
std::size_t WantedCount(const SearchRequest& request);

// How many of the rows that 8-bit scores put first are scored again exactly to find 'wanted'.
std::size_t CandidateCount(std::size_t wanted, std::size_t row_count);

// The same of scores by 4 bits.
std::size_t NibbleCandidateCount(std::size_t wanted, std::size_t row_count);

// Gives every candidate its cosine with the unit vector.
void ScoreExactly(const EmbeddingStore& store, std::span<const float> unit_vector,
                  std::span<Neighbor> candidates);

// The candidates that are neither excluded nor filtered out, best first, equal scores by id, cut to
// neighbor_count.
std::vector<Neighbor> SelectNeighbors(std::vector<Neighbor> candidates,
                                      const SearchRequest& request);

// Puts the best first, equal scores by id, and keeps 'limit'.
void KeepBest(std::vector<Neighbor>& neighbors, std::size_t limit);

}  // namespace wordkin::query
