#include "query/documents/document_search.h"

#include <algorithm>

#include "common/math/smooth_inverse_frequency.h"

namespace wordkin::query {

std::vector<DocumentAnswer> FindDocuments(const VectorIndex& index, TextEmbedder& embedder,
                                          std::span<const std::string> texts,
                                          const DocumentQuestion& question) {
  AlignedMatrix vectors = embedder.Embed(texts);
  std::vector<DocumentAnswer> answers(texts.size());
  std::vector<SearchRequest> requests;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    answers[i].is_understood =
        std::ranges::any_of(vectors.Row(i), [](float value) { return value != 0; });
    if (!embedder.component().empty()) TakeAwayDirection(embedder.component(), vectors.Row(i));
    requests.push_back(
        {.vector = vectors.Row(i), .neighbor_count = question.count, .excluded = {}});
  }
  const std::vector<std::vector<Neighbor>> neighbors = index.SearchBatch(requests);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const Neighbor& neighbor : neighbors[i]) {
      if (static_cast<double>(neighbor.score) < question.least_score) continue;
      answers[i].found.push_back({neighbor.id, neighbor.score});
    }
  }
  return answers;
}

}  // namespace wordkin::query
