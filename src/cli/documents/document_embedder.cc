#include "cli/documents/document_embedder.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>
#include <vector>

#include "cli/answers/open_vectors.h"
#include "cli/arguments.h"
#include "cli/encoding/encoder_options.h"
#include "common/store/store_error.h"
#include "common/store/store_fingerprint.h"
#include "common/support/error.h"
#include "common/support/parallel_for.h"

namespace wordkin::cli {
namespace {

using contextual::EncoderPrecision;
using contextual::LayerRange;
using contextual::Pooling;
using contextual::TextEncoder;

Error CannotRun(const DocumentSettings& settings, const std::string& what) {
  return Error(ErrorKind::kUsage, "'" + settings.encoder + "' has no " + what);
}

Pooling PoolingNamed(const DocumentSettings& settings) {
  for (const Pooling pooling : {Pooling::kMean, Pooling::kCls, Pooling::kMax}) {
    if (settings.pooling == PoolingName(pooling)) return pooling;
  }
  throw CannotRun(settings, "pooling '" + settings.pooling + "'");
}

// Where the options name another place than the settings do.
void TakeMoved(const EmbeddingStore& store, const Arguments& arguments,
               DocumentSettings& settings) {
  const bool is_encoder = settings.vectors.empty();
  const std::string_view right = is_encoder ? "encoder" : "vectors";
  const std::string wrong = is_encoder ? "vectors" : "encoder";
  if (arguments.Has(wrong)) {
    throw Error(ErrorKind::kUsage, "the texts of '" + store.path() + "' were embedded with " +
                                       (is_encoder ? "an encoder" : "word vectors") + ": --" +
                                       wrong + " has no use, --" + std::string(right) + " has");
  }
  if (!arguments.Has(right)) return;
  (is_encoder ? settings.encoder : settings.vectors) = AbsolutePath(arguments.Text(right));
}

}  // namespace

EncoderEmbedder::EncoderEmbedder(TextEncoder encoder, const contextual::EncodingOptions& options)
    : encoder_(std::make_unique<TextEncoder>(std::move(encoder))),
      sequences_(encoder_->encoder(), options),
      thread_count_(options.thread_count) {}

AlignedMatrix EncoderEmbedder::Embed(std::span<const std::string> texts) {
  std::vector<TextEncoder::Pieces> pieces(texts.size());
  ParallelFor(texts.size(), texts.size() < 16 ? 1 : thread_count_,
              [&](std::size_t i) { pieces[i] = encoder_->Tokenize(texts[i]); });
  std::vector<std::span<const std::int32_t>> ids;
  std::vector<std::size_t> rows_of_ids;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!pieces[i].has_text()) continue;
    cut_count_ += pieces[i].is_cut() ? 1 : 0;
    ids.emplace_back(pieces[i].text.ids);
    rows_of_ids.push_back(i);
  }
  const std::vector<std::vector<float>> vectors = sequences_.Encode(ids);
  AlignedMatrix rows(texts.size(), dimension());
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    std::ranges::copy(vectors[i], rows.Row(rows_of_ids[i]).begin());
  }
  return rows;
}

OpenedEmbedder EmbedderByWords(EmbeddingStore vectors, DocumentSettings& settings,
                               int thread_count) {
  OpenedEmbedder opened;
  opened.vectors = std::make_unique<EmbeddingStore>(std::move(vectors));
  settings.fingerprint = StoreFingerprint(*opened.vectors);
  query::WordMeanOptions options = settings.words;
  options.thread_count = thread_count;
  opened.embedder = std::make_unique<query::WordMeanEmbedder>(*opened.vectors, options);
  return opened;
}

OpenedEmbedder EmbedderByEncoder(DocumentSettings& settings, int thread_count) {
  const auto precision =
      settings.arithmetic == "int8" ? EncoderPrecision::kInt8 : EncoderPrecision::kFloat32;
  TextEncoder encoder(settings.encoder, precision, thread_count);
  settings.fingerprint = encoder.encoder().checkpoint().Fingerprint();
  if (settings.pooling == "model") settings.pooling = PoolingName(encoder.pooling());
  const std::optional<LayerRange> layers = LayersNamed(settings.layer, encoder.encoder());
  if (!layers) throw CannotRun(settings, "layer '" + settings.layer + "'");
  const contextual::EncodingOptions options = {
      .layers = *layers, .pooling = PoolingNamed(settings), .thread_count = thread_count};
  return {.embedder = std::make_unique<EncoderEmbedder>(std::move(encoder), options)};
}

OpenedEmbedder OpenEmbedderOf(const EmbeddingStore& store, DocumentSettings settings,
                              const Arguments& arguments, int thread_count, Console* notes) {
  TakeMoved(store, arguments, settings);
  const bool is_encoder = settings.vectors.empty();
  const std::string& path = is_encoder ? settings.encoder : settings.vectors;
  const std::string option = is_encoder ? "--encoder DIR" : "--vectors FILE";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    throw Error(ErrorKind::kInputOutput,
                "there is no '" + path + "', which the texts of '" + store.path() +
                    "' were embedded with; name where it is now with " + option);
  }
  const std::string fingerprint = settings.fingerprint;
  OpenedEmbedder opened = is_encoder ? EmbedderByEncoder(settings, thread_count)
                                     : EmbedderByWords(OpenVectors(settings.vectors, notes).store,
                                                       settings, thread_count);
  if (settings.fingerprint != fingerprint) {
    throw Error(ErrorKind::kUsage,
                "'" + path + "' is not what the texts of '" + store.path() +
                    "' were embedded with, or was changed since; name that with " + option +
                    ", or embed the texts again");
  }
  if (opened.embedder->dimension() != store.dimension()) {
    throw DamagedSection(store.path(), SectionKind::kDocumentSettings,
                         "names vectors of another dimension");
  }
  return opened;
}

std::string AbsolutePath(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal().string();
}

}  // namespace wordkin::cli
