#include "query/documents/document_search.h"

#include <algorithm>
#include <utility>

namespace wordkin::query {

std::vector<DocumentAnswer> FindDocuments(const EmbeddingStore& documents, const VectorIndex& index,
                                          TextEmbedder& embedder,
                                          std::span<const std::string> texts,
                                          const DocumentQuestion& question) {
  const AlignedMatrix vectors = embedder.Embed(texts);
  std::vector<SearchRequest> requests;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    requests.push_back(
        {.vector = vectors.Row(i), .neighbor_count = question.count, .excluded = {}});
  }
  const std::vector<std::vector<Neighbor>> neighbors = index.SearchBatch(requests);
  std::vector<DocumentAnswer> answers(texts.size());
  // The texts of all answers at once, as frames are unpacked once a call.
  std::vector<WordId> rows;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    answers[i].is_understood =
        std::ranges::any_of(vectors.Row(i), [](float value) { return value != 0; });
    for (const Neighbor& neighbor : neighbors[i]) {
      if (static_cast<double>(neighbor.score) < question.least_score) continue;
      answers[i].found.push_back({neighbor.id, neighbor.score, {}});
      rows.push_back(neighbor.id);
    }
  }
  std::vector<std::string> found_texts = documents.texts()->Read(rows);
  auto next = found_texts.begin();
  for (DocumentAnswer& answer : answers) {
    for (FoundDocument& each : answer.found) each.text = std::move(*next++);
  }
  return answers;
}

}  // namespace wordkin::query
