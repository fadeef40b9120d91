#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/documents/document_embedder.h"
#include "cli/documents/document_settings.h"
#include "cli/json.h"
#include "common/store/embedding_store.h"

namespace wordkin::cli {

class Arguments;
class Console;

// What a run of 'wordkin embed-text' is to do, settled before any text is read.
struct EmbeddingPlan {
  std::string output;
  std::vector<std::string> inputs;               // files, folders and globs expanded
  std::unique_ptr<EmbeddingStore> earlier = {};  // whose documents come first; nullptr: a new file
  DocumentKind kind = {};  // of the inputs; 'settings' has what the file keeps
  DocumentSettings settings = {};
  OpenedEmbedder opened = {};
  Precision precision = Precision::kTwoPlane;
  bool with_graph = true;
  Json provenance = {};

  // The component of all texts is looked for and taken away.
  bool finds_component() const {
    return earlier == nullptr && settings.encoder.empty() &&
           settings.words.weighting == query::WordWeighting::kSmoothInverseFrequency;
  }
};

// Throws kUsage for options that do not go together, and as what is opened does. 'notes' as for
// OpenVectors.
EmbeddingPlan PlanEmbedding(const Arguments& arguments, int thread_count, Console* notes);

}  // namespace wordkin::cli
