#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "common/store/vocabulary.h"
#include "query/documents/text_embedder.h"
#include "query/search/vector_index.h"

namespace wordkin::query {

struct FoundDocument {
  WordId row;  // of the store, whose word is the document's id, and whose text its text
  float score;
};

struct DocumentAnswer {
  bool is_understood = false;  // the question gave something to go by
  std::vector<FoundDocument> found;
};

struct DocumentQuestion {
  std::size_t count = 10;
  double least_score = -1;
};

// The documents nearest to each text, best first. 'index' is over their store, and 'embedder' is of
// its dimension and turns texts into vectors as it did with theirs.
std::vector<DocumentAnswer> FindDocuments(const VectorIndex& index, TextEmbedder& embedder,
                                          std::span<const std::string> texts,
                                          const DocumentQuestion& question);

}  // namespace wordkin::query
