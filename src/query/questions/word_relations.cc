#include "query/questions/word_relations.h"

#include <algorithm>

#include "common/math/vector_kernels.h"

namespace wordkin::query {

float Similarity(const EmbeddingStore& store, const QueryWord& a, const QueryWord& b) {
  std::vector<float> row_a(store.dimension());
  std::vector<float> row_b(store.dimension());
  CopyUnitRow(store, a, row_a);
  CopyUnitRow(store, b, row_b);
  return std::clamp(Dot(row_a, row_b), -1.0f, 1.0f);
}

std::vector<RankedWord> RankOddOneOut(const EmbeddingStore& store,
                                      std::span<const QueryWord> words) {
  std::vector<float> row(store.dimension());
  std::vector<float> mean(store.dimension());
  for (const QueryWord& word : words) {
    CopyUnitRow(store, word, row);
    AddScaled(mean, 1.0f, row);
  }
  Normalize(mean);
  std::vector<RankedWord> ranked;
  for (std::size_t i = 0; i < words.size(); ++i) {
    CopyUnitRow(store, words[i], row);
    ranked.push_back({i, std::clamp(Dot(row, mean), -1.0f, 1.0f)});
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const RankedWord& a, const RankedWord& b) { return a.score < b.score; });
  return ranked;
}

}  // namespace wordkin::query
