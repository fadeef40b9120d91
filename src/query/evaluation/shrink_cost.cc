#include "query/evaluation/shrink_cost.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "common/math/vector_kernels.h"
#include "common/support/random.h"
#include "query/search/exact_index.h"
#include "query/search/recall.h"

namespace wordkin::query {
namespace {

constexpr std::size_t kNeighbors = 10;

// Distinct ids of [begin, end), rising; all where there are no more (Floyd's sampling would need a
// set; one pass is as quick as the searches it is for).
std::vector<WordId> Sample(std::size_t begin, std::size_t end, std::size_t count,
                           std::uint64_t seed) {
  Random random(seed);
  std::vector<WordId> sampled;
  std::size_t wanted = std::min(count, end - begin);
  for (std::size_t id = begin; id < end && wanted > 0; ++id) {
    if (random.Below(static_cast<std::uint32_t>(end - id)) >= wanted) continue;
    sampled.push_back(static_cast<WordId>(id));
    --wanted;
  }
  return sampled;
}

std::vector<std::vector<Neighbor>> Neighbors(const EmbeddingStore& store,
                                             std::span<const WordId> words,
                                             std::size_t word_count) {
  std::vector<std::vector<float>> vectors;
  std::vector<SearchRequest> requests;
  vectors.reserve(words.size());
  for (const WordId& word : words) {
    vectors.emplace_back(store.dimension());
    store.CopyUnitRow(word, vectors.back());
    requests.push_back({vectors.back(), kNeighbors, std::span(&word, 1)});
  }
  return ExactIndex(store, word_count).SearchBatch(requests);
}

// 0 when the store has no vector for the word, and 'row' is then untouched.
double CosineUnseen(const EmbeddingStore& store, std::string_view word,
                    std::span<const float> unit_row, bool& has_vector) {
  std::vector<float> made(store.dimension());
  has_vector = store.CopyUnseenRow(word, made);
  if (!has_vector) return 0;
  Normalize(made);
  return static_cast<double>(Dot(made, unit_row));
}

}  // namespace

NeighborRecall MeasureRecall(const EmbeddingStore& original, const EmbeddingStore& shrunk,
                             std::size_t sample_count, std::uint64_t seed) {
  const std::vector<WordId> words = Sample(0, shrunk.size(), sample_count, seed);
  const auto expected = Neighbors(original, words, shrunk.size());
  const auto found = Neighbors(shrunk, words, shrunk.size());
  std::size_t expected_count = 0;
  std::size_t found_count = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    expected_count += expected[i].size();
    found_count += CountFound(expected[i], found[i]);
  }
  if (expected_count == 0) return {words.size(), std::numeric_limits<double>::quiet_NaN()};
  return {words.size(), static_cast<double>(found_count) / static_cast<double>(expected_count)};
}

std::optional<UnseenCost> MeasureUnseen(const EmbeddingStore& original,
                                        const EmbeddingStore& shrunk, std::size_t sample_count,
                                        std::uint64_t seed) {
  if (original.subwords() == nullptr || shrunk.subwords() == nullptr) return std::nullopt;
  UnseenCost cost;
  cost.were_dropped = shrunk.size() < original.size();
  const std::size_t first = cost.were_dropped ? shrunk.size() : 0;
  const std::vector<WordId> words = Sample(first, original.size(), sample_count, seed);
  cost.sampled = words.size();
  std::vector<float> row(original.dimension());
  for (const WordId id : words) {
    original.CopyUnitRow(id, row);
    bool has_vector = false;
    cost.mean_cosine_before += CosineUnseen(original, original.Word(id), row, has_vector);
    cost.mean_cosine += CosineUnseen(shrunk, original.Word(id), row, has_vector);
    if (!has_vector) ++cost.without_vector;
  }
  cost.mean_cosine_before /= static_cast<double>(words.size());
  cost.mean_cosine /= static_cast<double>(words.size());
  return cost;
}

}  // namespace wordkin::query
