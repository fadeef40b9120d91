#pragma once

#include <cstdint>
#include <string>

#include "cli/documents/document_kind.h"
#include "common/store/embedding_store.h"
#include "query/documents/word_mean_embedder.h"

namespace wordkin::cli {

// What the documents of a store are and how their texts became vectors: what its section
// document-settings says, so that questions and further documents are treated likewise
// (docs/documents.md).
struct DocumentSettings {
  std::string vectors = {};  // the file of the words' vectors, an absolute path; empty: an encoder
  query::WordMeanOptions words = {};  // of vectors; without a number of threads
  std::string encoder = {};           // a folder, an absolute path; empty: vectors
  std::string layer = {}, pooling = {}, arithmetic = {};  // of an encoder, as options spell them
  std::string fingerprint = {};                           // of the content of either
  DocumentKind kind = {};
  std::uint64_t lines_read = 0;  // where documents are lines: how many there were
};

std::string WriteDocumentSettings(const DocumentSettings& settings);
// Throws kUsage when 'store' was not made by 'wordkin embed-text', kDamaged when what it says of
// its texts can not be.
DocumentSettings ReadDocumentSettings(const EmbeddingStore& store);

}  // namespace wordkin::cli
