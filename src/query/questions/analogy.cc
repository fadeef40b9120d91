#include "query/questions/analogy.h"

#include <algorithm>
#include <array>

#include "common/math/vector_kernels.h"
#include "query/questions/analogy_scoring.h"

namespace wordkin::query {
namespace {

// b - a + c of unit rows.
std::vector<float> AnalogyTarget(const EmbeddingStore& store, const AnalogyQuery& query) {
  std::vector<float> target(store.dimension());
  std::vector<float> row(store.dimension());
  CopyUnitRow(store, query.b, target);
  CopyUnitRow(store, query.a, row);
  AddScaled(target, -1.0f, row);
  CopyUnitRow(store, query.c, row);
  AddScaled(target, 1.0f, row);
  return target;
}

std::vector<std::vector<Neighbor>> AddAnalogies(const EmbeddingStore& store,
                                                const VectorIndex& index,
                                                std::span<const AnalogyQuery> queries,
                                                const AnalogyOptions& options) {
  // Bounds the memory for targets; any multiple of the scan's batch is as fast.
  constexpr std::size_t kTogether = 256;
  std::vector<std::vector<Neighbor>> answers;
  answers.reserve(queries.size());
  for (std::size_t first = 0; first < queries.size(); first += kTogether) {
    const auto chunk = queries.subspan(first, std::min(kTogether, queries.size() - first));
    std::vector<std::vector<float>> targets;
    std::vector<std::array<WordId, 3>> own_words;
    for (const AnalogyQuery& query : chunk) {
      targets.push_back(AnalogyTarget(store, query));
      own_words.push_back({query.a.id, query.b.id, query.c.id});
    }
    std::vector<SearchRequest> requests;
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      requests.push_back({targets[i], options.answer_count, own_words[i], options.filter});
    }
    for (std::vector<Neighbor>& found : index.SearchBatch(requests)) {
      answers.push_back(std::move(found));
    }
  }
  return answers;
}

}  // namespace

std::vector<std::vector<Neighbor>> SolveAnalogies(const EmbeddingStore& store,
                                                  const VectorIndex& index,
                                                  std::span<const AnalogyQuery> queries,
                                                  const AnalogyOptions& options) {
  if (options.method == AnalogyMethod::kAdd) return AddAnalogies(store, index, queries, options);
  return ScoreAnalogies(store, queries, options);
}

}  // namespace wordkin::query
