#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "cli/console.h"
#include "common/store/embedding_store.h"
#include "common/support/atomic_file.h"
#include "query/documents/document_collection.h"

namespace wordkin::cli {

struct DocumentOutput {
  Precision precision = Precision::kTwoPlane;
  std::string metadata = {}, settings = {};  // JSON
  const EmbeddingStore* earlier = nullptr;   // whose documents come first
  bool with_graph = true;
  int thread_count = 1;
  bool quiet = false;
};

// Writes the documents, and their graph where it is asked for, into 'file' and commits it. When
// 'stop' becomes true while the graph is built the file goes without it. Returns whether it has
// one. Throws kInputOutput when the file of the earlier ones was changed meanwhile. With a graph
// the disk of the file has room for it twice meanwhile.
bool WriteDocuments(AtomicFile& file, query::CollectedDocuments documents,
                    const DocumentOutput& output, const std::atomic<bool>& stop, Console& console);

}  // namespace wordkin::cli
