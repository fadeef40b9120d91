#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/documents/document_settings.h"
#include "common/store/embedding_store.h"
#include "contextual/encoding/sequence_encoder.h"
#include "contextual/encoding/text_encoder.h"
#include "query/documents/text_embedder.h"

namespace wordkin::cli {

class Arguments;
class Console;

// Where the vectors or the encoder of a store of documents are now.
inline constexpr Option kMovedVectorsOption = {
    .name = "vectors",
    .kind = ValueKind::kFile,
    .value_name = "FILE",
    .description = "where the word vectors are now that the texts were embedded with"};

// An encoder as an embedder: the adaptor between the rooms query and contextual.
class EncoderEmbedder : public query::TextEmbedder {
 public:
  EncoderEmbedder(contextual::TextEncoder encoder, const contextual::EncodingOptions& options);
  std::size_t dimension() const override { return encoder_->encoder().dimension(); }
  AlignedMatrix Embed(std::span<const std::string> texts) override;
  std::size_t cut_count() const override { return cut_count_; }

 private:
  std::unique_ptr<contextual::TextEncoder> encoder_;  // which stays where it is
  contextual::SequenceEncoder sequences_;
  int thread_count_;
  std::size_t cut_count_ = 0;
};

// An embedder and what it embeds with.
struct OpenedEmbedder {
  std::unique_ptr<EmbeddingStore> vectors = {};  // nullptr: an encoder
  std::unique_ptr<query::TextEmbedder> embedder = {};
};

// By word vectors or by an encoder, as the settings say, which get the fingerprint of what is
// there.
OpenedEmbedder EmbedderByWords(EmbeddingStore vectors, DocumentSettings& settings,
                               int thread_count);
OpenedEmbedder EmbedderByEncoder(DocumentSettings& settings, int thread_count);

// That of the documents of 'store', where --vectors and --encoder do not say otherwise. Throws
// kInputOutput when it is not there, kUsage when it is not what they were embedded with.
OpenedEmbedder OpenEmbedderOf(const EmbeddingStore& store, DocumentSettings settings,
                              const Arguments& arguments, int thread_count, Console* notes);

// The path from the root, whether or not there is such a file.
std::string AbsolutePath(const std::string& path);

}  // namespace wordkin::cli
