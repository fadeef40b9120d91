#include "query/word_relations.h"

#include <algorithm>

#include "common/math/vector_kernels.h"

namespace wordkin::query {

float Similarity(const EmbeddingStore& store, WordId a, WordId b) {
  std::vector<float> row_a(store.dimension());
  std::vector<float> row_b(store.dimension());
  store.CopyUnitRow(a, row_a);
  store.CopyUnitRow(b, row_b);
  return std::clamp(Dot(row_a, row_b), -1.0f, 1.0f);
}

std::vector<Neighbor> RankOddOneOut(const EmbeddingStore& store, std::span<const WordId> words) {
  std::vector<float> row(store.dimension());
  std::vector<float> mean(store.dimension());
  for (const WordId word : words) {
    store.CopyUnitRow(word, row);
    AddScaled(mean, 1.0f, row);
  }
  Normalize(mean);
  std::vector<Neighbor> ranked;
  for (const WordId word : words) {
    store.CopyUnitRow(word, row);
    ranked.push_back({word, std::clamp(Dot(row, mean), -1.0f, 1.0f)});
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Neighbor& a, const Neighbor& b) { return a.score < b.score; });
  return ranked;
}

}  // namespace wordkin::query
